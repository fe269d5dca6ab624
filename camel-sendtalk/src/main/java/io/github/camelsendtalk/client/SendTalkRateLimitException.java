package io.github.camelsendtalk.client;

/** Too many calls (status 429): nothing was sent, and repeating after a while is safe. */
public final class SendTalkRateLimitException extends SendTalkApiException {

    private static final long serialVersionUID = 1L;

    SendTalkRateLimitException(String message, ErrorDetails details) {
        super(message, details, false, true);
    }
}
