package io.github.camelsendtalk.client;

/**
 * No whole answer came: no connection, no TLS, no free slot in the pool, or the connection broke.
 *
 * <p>The outcome is unknown if the request's content was being written; otherwise nothing was sent and repeating is safe.
 */
public sealed class SendTalkTransportException extends SendTalkException permits SendTalkTimeoutException {

    private static final long serialVersionUID = 1L;

    SendTalkTransportException(String message, ErrorDetails details, boolean mayHaveLeft) {
        super(message, details, details.isSend() && mayHaveLeft, !details.isSend() || !mayHaveLeft);
    }

    /**
     * A call that was given up.
     *
     * @param mayHaveLeft whether the request may have reached the API
     */
    public SendTalkTransportException(Operation operation, String message, boolean mayHaveLeft) {
        this(message, ErrorDetails.of(operation, null), mayHaveLeft);
    }
}
