package io.github.camelsendtalk.client;

/** The API answered, and not with a success; of a kind that has no exception of its own. Nothing was sent. */
public sealed class SendTalkApiException extends SendTalkException
        permits SendTalkAuthenticationException,
                SendTalkMessageNotFoundException,
                SendTalkRateLimitException,
                SendTalkServerException,
                SendTalkRejectedException {

    private static final long serialVersionUID = 1L;

    SendTalkApiException(String message, ErrorDetails details) {
        this(message, details, false, false);
    }

    SendTalkApiException(String message, ErrorDetails details, boolean outcomeUnknown, boolean retryable) {
        super(message, details, outcomeUnknown, retryable);
    }
}
