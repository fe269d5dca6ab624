package io.github.camelsendtalk.client;

/** The API does not know a message of the id that was asked for (status 404 to {@code status}). */
public final class SendTalkMessageNotFoundException extends SendTalkApiException {

    private static final long serialVersionUID = 1L;

    SendTalkMessageNotFoundException(String message, ErrorDetails details) {
        super(message, details);
    }
}
