package io.github.camelsendtalk.client;

/**
 * An answer came that is not a success and has no exception of its own: from the API or from something in
 * between, such as a proxy. Nothing was sent, but where {@link #isOutcomeUnknown()} says otherwise.
 */
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
