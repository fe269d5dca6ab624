package io.github.camelsendtalk.outbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkRateLimitException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an exception says that the database is to know. It holds neither a text nor a number.
 *
 * @param exception its simple name
 * @param unknown whether the message may have left
 * @param field the field of the message that it is about
 * @param reason its message
 * @param status the HTTP status of the answer that it is about
 * @param pause for how many seconds SendTalk asks to wait
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Failure(
        String exception,
        boolean unknown,
        @Nullable String field,
        @Nullable String reason,
        @Nullable Integer status,
        @Nullable Long pause) {

    /** One that is not SendTalk's may have come after the send, and its message may quote a text. */
    static Failure of(Throwable cause) {
        String name = cause.getClass().getSimpleName();
        if (cause instanceof ClaimExpiredException) {
            return new Failure(name, false, null, cause.getMessage(), null, null);
        }
        if (!(cause instanceof SendTalkException e)) {
            return new Failure(name, true, null, null, null, null);
        }
        Duration wait = e instanceof SendTalkRateLimitException limit ? limit.getRetryAfter() : null;
        Long pause = wait == null ? null : wait.toSeconds();
        return new Failure(
                name,
                e.isOutcomeUnknown(),
                StorableText.of(e.getField()),
                StorableText.of(e.getMessage()),
                e.getHttpStatus(),
                pause);
    }
}
