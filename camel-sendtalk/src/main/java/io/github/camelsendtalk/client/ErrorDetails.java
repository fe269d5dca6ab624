package io.github.camelsendtalk.client;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is known of a failure, as data; null where unknown. */
record ErrorDetails(
        Operation operation,
        @Nullable Integer httpStatus,
        @Nullable Integer status,
        @Nullable String code,
        @Nullable String field,
        @Nullable String reason,
        @Nullable String apiMessage,
        @Nullable Duration retryAfter)
        implements Serializable {

    /** The details of a failure before any answer. */
    static ErrorDetails of(Operation operation, @Nullable String field) {
        return new ErrorDetails(operation, null, null, null, field, null, null, null);
    }

    boolean isSend() {
        return operation == Operation.send;
    }

    /** {@code HTTP 200, status 400, code 40002, field phone: 'Phone is required'}, without what is unknown. */
    String summary() {
        StringBuilder text = new StringBuilder("HTTP ").append(httpStatus);
        append(text, "status", status);
        append(text, "code", code);
        append(text, "field", field);
        append(text, "reason", reason);
        if (apiMessage != null) {
            text.append(": '").append(apiMessage).append('\'');
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, @Nullable Object value) {
        if (value != null) {
            text.append(", ").append(name).append(' ').append(value);
        }
    }
}
