package io.github.camelsendtalk.example.campaign;

import io.github.camelsendtalk.client.MessageStatus;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkInsufficientBalanceException;
import io.github.camelsendtalk.client.SendTalkMessageNotFoundException;
import io.github.camelsendtalk.client.SendTalkRejectedException;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How a row stands, as the journal keeps it.
 *
 * @param id SendTalk's id of the message
 * @param status the last known status, in SendTalk's words
 * @param exception the simple name of the exception, if there was one
 * @param field the field that the exception names
 * @param why what the exception says
 */
record Result(
        Outcome outcome,
        @Nullable String id,
        @Nullable String status,
        @Nullable BigDecimal price,
        @Nullable String currency,
        @Nullable String exception,
        @Nullable String field,
        @Nullable String why) {

    static Result of(Outcome outcome, @Nullable String why) {
        return new Result(outcome, null, null, null, null, null, null, why);
    }

    static Result accepted(String id) {
        return new Result(Outcome.ACCEPTED, id, null, null, null, null, null, null);
    }

    static Result failed(SendTalkException e) {
        return new Result(outcomeOf(e), null, null, null, null, nameOf(e), e.getField(), e.getMessage());
    }

    Result followed(MessageStatus answer) {
        return new Result(outcomeOf(answer), id, answer.status(), answer.price(), answer.currency(), null, null, null);
    }

    /** Sent, but its status could not be asked for: the last known one stays. */
    Result notFollowed(SendTalkException e) {
        return new Result(outcome, id, status, price, currency, nameOf(e), e.getField(), e.getMessage());
    }

    /** Sent, and found by a person to have arrived. */
    Result arrived() {
        return new Result(Outcome.SENT, id, status, price, currency, null, null, "A person found that it arrived.");
    }

    /** Whether only a person can find out if it was sent. */
    boolean isUndecided() {
        boolean forgotten =
                SendTalkMessageNotFoundException.class.getSimpleName().equals(exception);
        return outcome == Outcome.UNKNOWN || (outcome == Outcome.ACCEPTED && forgotten);
    }

    /** Whether a person may have it sent again, although it is settled. */
    boolean mayBeSentAgain() {
        return isUndecided() || outcome == Outcome.REFUSED || outcome == Outcome.NOT_DELIVERED;
    }

    private static String nameOf(SendTalkException e) {
        return e.getClass().getSimpleName();
    }

    private static Outcome outcomeOf(MessageStatus answer) {
        if (Boolean.TRUE.equals(answer.isSent())) {
            return Outcome.SENT;
        }
        boolean over = Boolean.FALSE.equals(answer.isSent()) && Boolean.FALSE.equals(answer.isPending());
        return over ? Outcome.NOT_DELIVERED : Outcome.ACCEPTED;
    }

    private static Outcome outcomeOf(SendTalkException e) {
        if (e.isOutcomeUnknown()) {
            return Outcome.UNKNOWN;
        }
        if (e instanceof SendTalkValidationException) {
            return e.getHttpStatus() == null ? Outcome.WRONG : Outcome.REFUSED;
        }
        boolean rowIsRefused =
                e instanceof SendTalkRejectedException && !(e instanceof SendTalkInsufficientBalanceException);
        return rowIsRefused ? Outcome.REFUSED : Outcome.NOT_SENT;
    }
}
