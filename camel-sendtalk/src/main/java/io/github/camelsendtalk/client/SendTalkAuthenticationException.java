package io.github.camelsendtalk.client;

/** The API key is missing, wrong or not allowed (kinds 401 and 403, code 40001). Nothing was sent. */
public final class SendTalkAuthenticationException extends SendTalkApiException {

    private static final long serialVersionUID = 1L;

    SendTalkAuthenticationException(String message, ErrorDetails details) {
        super(message, details);
    }
}
