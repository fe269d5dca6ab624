package io.github.camelsendtalk.client;

/** The API failed (status 5xx): a message to send may have been taken all the same. */
public final class SendTalkServerException extends SendTalkApiException {

    private static final long serialVersionUID = 1L;

    SendTalkServerException(String message, ErrorDetails details) {
        super(message, details, details.isSend(), !details.isSend());
    }
}
