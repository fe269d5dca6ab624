package io.github.camelsendtalk;

import java.util.Locale;

/** What an endpoint does. */
public enum SendTalkOperation {
    /** Sends a message. */
    send,
    /** Asks for the status of a message. */
    status;

    /**
     * Reads an operation, without regard to case and surrounding blanks.
     *
     * @throws IllegalArgumentException if there is no such operation
     */
    static SendTalkOperation of(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "send" -> send;
            case "status" -> status;
            default ->
                throw new IllegalArgumentException(
                        "The operation '%s' is unknown: use sendtalk:send or sendtalk:status.".formatted(value));
        };
    }
}
