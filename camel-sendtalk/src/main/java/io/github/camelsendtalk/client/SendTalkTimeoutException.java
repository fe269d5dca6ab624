package io.github.camelsendtalk.client;

/** The request timeout passed without a whole answer. */
public final class SendTalkTimeoutException extends SendTalkTransportException {

    private static final long serialVersionUID = 1L;

    SendTalkTimeoutException(String message, ErrorDetails details, boolean mayHaveLeft) {
        super(message, details, mayHaveLeft);
    }
}
