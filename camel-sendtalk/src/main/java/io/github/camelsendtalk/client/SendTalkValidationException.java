package io.github.camelsendtalk.client;

import org.jspecify.annotations.Nullable;

/** The message is wrong: found before any call, or by the API (status 400). Nothing was sent; repeating can't help. */
public final class SendTalkValidationException extends SendTalkException {

    private static final long serialVersionUID = 1L;

    SendTalkValidationException(String message, ErrorDetails details) {
        super(message, details, false, false);
    }

    /**
     * A message found wrong before any call.
     *
     * @param field the API's name of the field, or null if the message is wrong as a whole
     */
    public SendTalkValidationException(Operation operation, @Nullable String field, String message) {
        this(message, ErrorDetails.of(operation, field));
    }
}
