package io.github.camelsendtalk.client;

/** A success (HTTP 2xx) came that can't be read: what became of the message is unknown. */
public final class SendTalkResponseException extends SendTalkException {

    private static final long serialVersionUID = 1L;

    SendTalkResponseException(String message, ErrorDetails details) {
        super(message, details, details.isSend(), !details.isSend());
    }
}
