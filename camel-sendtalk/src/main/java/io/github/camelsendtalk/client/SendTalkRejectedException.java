package io.github.camelsendtalk.client;

/** The API refused the message ({@code success: false}). Nothing was sent. */
public sealed class SendTalkRejectedException extends SendTalkApiException
        permits SendTalkInvalidRecipientException, SendTalkInsufficientBalanceException {

    private static final long serialVersionUID = 1L;

    SendTalkRejectedException(String message, ErrorDetails details) {
        super(message, details);
    }
}
