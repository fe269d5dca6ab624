package io.github.camelsendtalk.client.http;

import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Why a call ended without an answer.
 *
 * @param why in words, for {@link Kind#BROKEN}; holds nothing of an answer
 * @param mayHaveLeft whether the server may have got the request
 * @param cause what the HTTP client threw, or null
 */
public record TransportFailure(
        Kind kind,
        String why,
        boolean mayHaveLeft,
        @Nullable Throwable cause) {

    /** What went wrong. */
    public enum Kind {
        /** The request was not written within its timeout. */
        NOT_WRITTEN_IN_TIME,
        /** The answer was not whole within its timeout. */
        NO_ANSWER_IN_TIME,
        /** There was no connection, it broke, or it was closed. */
        BROKEN
    }

    /** A failure without an exception behind it. */
    static TransportFailure broken(String why, boolean mayHaveLeft) {
        return new TransportFailure(Kind.BROKEN, why, mayHaveLeft, null);
    }

    /** A call whose connections were closed. */
    public static TransportFailure closed(boolean mayHaveLeft) {
        return broken("the connections were closed", mayHaveLeft);
    }

    /** Whatever was thrown, an error such as a lack of memory too. */
    public static TransportFailure broken(Throwable cause, boolean mayHaveLeft) {
        String name = cause.getClass().getSimpleName();
        if (quotesTheAnswer(cause)) {
            return broken(name, mayHaveLeft);
        }
        String why = cause.getMessage() == null ? name : name + ": " + cause.getMessage();
        return new TransportFailure(Kind.BROKEN, why, mayHaveLeft, cause);
    }

    static TransportFailure notWrittenInTime() {
        return new TransportFailure(Kind.NOT_WRITTEN_IN_TIME, "", false, null);
    }

    static TransportFailure noAnswerInTime(boolean mayHaveLeft) {
        return new TransportFailure(Kind.NO_ANSWER_IN_TIME, "", mayHaveLeft, null);
    }

    /** Whether a failure's text may hold a piece of a malformed answer, which we never show. */
    private static boolean quotesTheAnswer(Throwable cause) {
        return cause instanceof HttpException || cause instanceof MalformedChunkCodingException;
    }
}
