package io.github.camelsendtalk.client;

/** The API key is missing, wrong or not allowed (status 401 or 403, code 40001). Nothing was sent. */
public final class SendTalkAuthenticationException extends SendTalkApiException {

    private static final long serialVersionUID = 1L;

    SendTalkAuthenticationException(String message, ErrorDetails details) {
        super(message, details);
    }
}
