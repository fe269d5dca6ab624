package io.github.camelsendtalk.client;

/** The API refused the message because of its recipient (reason {@code invalid_recipient}). Nothing was sent. */
public final class SendTalkInvalidRecipientException extends SendTalkRejectedException {

    private static final long serialVersionUID = 1L;

    SendTalkInvalidRecipientException(String message, ErrorDetails details) {
        super(message, details);
    }
}
