package io.github.camelsendtalk.example.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.github.camelsendtalk.client.SendTalkAuthenticationException;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkInsufficientBalanceException;
import io.github.camelsendtalk.client.SendTalkRateLimitException;
import io.github.camelsendtalk.client.SendTalkRejectedException;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of a claimed row, as {@code record.sql} writes it down. It holds neither the text nor the number.
 *
 * @param id the row
 * @param claim by which claim it was sent
 * @param lane the lane that it was in
 * @param state the state that it goes to
 * @param messageId SendTalk's id of the message
 * @param exception the simple name of the exception, if there was one
 * @param field the field that the exception names
 * @param reason what the exception says
 * @param retry whether it was a try of this row, which may be made so often
 * @param gate which lane has to pause with it: its own, or {@code *} for all of the account
 * @param pause for how many seconds
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(
        long id,
        long claim,
        String lane,
        String state,
        @Nullable String messageId,
        @Nullable String exception,
        @Nullable String field,
        @Nullable String reason,
        boolean retry,
        @Nullable String gate,
        int pause) {

    private static final String ALL_LANES = "*";
    private static final int SECONDS_WITHOUT_MONEY = 60;

    static Outcome sent(Claimed row, String messageId) {
        Claimed.Claim claim = row.claim();
        return new Outcome(row.id(), claim.number(), claim.lane(), "SENT", messageId, null, null, null, false, null, 0);
    }

    /** A failure that is not SendTalk's is the route's, and may have come after the send. */
    static Outcome failed(Claimed row, Throwable failure) {
        if (failure instanceof ClaimExpiredException) {
            return of(row, "QUEUED", failure, null, false, null, 0);
        }
        if (!(failure instanceof SendTalkException e) || e.isOutcomeUnknown()) {
            return of(row, "UNKNOWN", failure, null, false, null, 0);
        }
        String lane = row.claim().lane();
        if (e instanceof SendTalkInsufficientBalanceException || e instanceof SendTalkAuthenticationException) {
            return of(row, "QUEUED", e, null, false, ALL_LANES, SECONDS_WITHOUT_MONEY);
        }
        if (e instanceof SendTalkRateLimitException) {
            return of(row, "QUEUED", e, null, false, lane, seconds(e.getRetryAfter()));
        }
        if (e instanceof SendTalkValidationException) {
            return of(row, e.getHttpStatus() == null ? "WRONG" : "REFUSED", e, e.getField(), false, null, 0);
        }
        if (e instanceof SendTalkRejectedException) {
            return of(row, "REFUSED", e, null, false, null, 0);
        }
        // no connection, a proxy, a portal: if nothing else comes through, not only this row has to wait
        return of(row, "QUEUED", e, null, true, ALL_LANES, 1);
    }

    private static int seconds(@Nullable Duration retryAfter) {
        return retryAfter == null ? 1 : (int) Math.max(1, retryAfter.toSeconds());
    }

    private static Outcome of(
            Claimed row,
            String state,
            Throwable failure,
            @Nullable String field,
            boolean retry,
            @Nullable String gate,
            int pause) {
        return new Outcome(
                row.id(),
                row.claim().number(),
                row.claim().lane(),
                state,
                null,
                failure.getClass().getSimpleName(),
                field,
                failure instanceof SendTalkException || failure instanceof ClaimExpiredException
                        ? failure.getMessage()
                        : null,
                retry,
                gate,
                pause);
    }
}
