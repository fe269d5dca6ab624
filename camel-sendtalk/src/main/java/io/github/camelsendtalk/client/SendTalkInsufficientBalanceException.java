package io.github.camelsendtalk.client;

/** The account's balance does not cover the message (reason {@code insufficient_balance}). Nothing was sent. */
public final class SendTalkInsufficientBalanceException extends SendTalkRejectedException {

    private static final long serialVersionUID = 1L;

    SendTalkInsufficientBalanceException(String message, ErrorDetails details) {
        super(message, details);
    }
}
