package io.github.camelsendtalk.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelException;
import org.jspecify.annotations.Nullable;

/**
 * A call that did not succeed: says what failed, whether the message may have been taken, and whether to try again.
 *
 * <p>Its message names the status, the code and the API's message; never the key, the text or a whole phone number.
 * It has no cause, because Camel matches {@code onException} from the root cause upwards and somebody's clause for
 * {@code IOException} would win over one for this class; the original failure is among {@link #getSuppressed()}.
 */
public abstract sealed class SendTalkException extends CamelException
        permits SendTalkValidationException,
                SendTalkTransportException,
                SendTalkResponseException,
                SendTalkApiException {

    private static final long serialVersionUID = 1L;

    private final ErrorDetails details;
    private final boolean outcomeUnknown;
    private final boolean retryable;
    private final AtomicInteger attempts = new AtomicInteger(1);

    SendTalkException(String message, ErrorDetails details, boolean outcomeUnknown, boolean retryable) {
        super(Redactor.plain(message));
        this.details = details;
        this.outcomeUnknown = outcomeUnknown;
        this.retryable = retryable;
    }

    /** The operation that failed: {@code send}, {@code status} or {@code check}. */
    public String getOperation() {
        return details.operation().name();
    }

    /** Whether the message may have been taken for sending all the same; always false for {@code status} and {@code check}. */
    public boolean isOutcomeUnknown() {
        return outcomeUnknown;
    }

    /** Whether repeating the call is safe and may help; for {@code send} never where the outcome is unknown. */
    public boolean isRetryable() {
        return retryable;
    }

    /** The HTTP status, or null if there was no answer. */
    public @Nullable Integer getHttpStatus() {
        return details.httpStatus();
    }

    /** The {@code status} of the answer's envelope, or null. */
    public @Nullable Integer getStatus() {
        return details.status();
    }

    /** The {@code error.code} of the answer, such as {@code 40002}, or null. */
    public @Nullable String getCode() {
        return details.code();
    }

    /** The API's name of the field that is wrong, such as {@code phone}, or null. */
    public @Nullable String getField() {
        return details.field();
    }

    /** The {@code data.reason} of a refused message, such as {@code invalid_recipient}, or null. */
    public @Nullable String getReason() {
        return details.reason();
    }

    /** The message of the API's answer, without the key, the text and long numbers, or null. */
    public @Nullable String getApiMessage() {
        return details.apiMessage();
    }

    /** How long the API asks to wait before the next call (at most an hour), or null. */
    public @Nullable Duration getRetryAfter() {
        return details.retryAfter();
    }

    /**
     * How often this exchange has tried this call in a row, this time included: 1 unless the call was repeated. It is for
     * {@code retryWhile}, in place of Camel's header that counts, which a step of a repeated part of a route may remove.
     */
    public int getAttempts() {
        return attempts.get();
    }

    /** Called by the component, once, before the exception is handed out. */
    public void setAttempts(int attempts) {
        this.attempts.set(attempts);
    }
}
