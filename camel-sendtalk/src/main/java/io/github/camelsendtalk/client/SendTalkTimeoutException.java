package io.github.camelsendtalk.client;

/**
 * A timeout of the call passed: that until its request is written, so that nothing was sent, or that from then
 * on, without a whole answer.
 */
public final class SendTalkTimeoutException extends SendTalkTransportException {

    private static final long serialVersionUID = 1L;

    SendTalkTimeoutException(String message, ErrorDetails details, boolean mayHaveLeft) {
        super(message, details, mayHaveLeft);
    }
}
