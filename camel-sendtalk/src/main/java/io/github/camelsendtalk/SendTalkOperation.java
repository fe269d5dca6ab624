package io.github.camelsendtalk;

import java.util.Locale;
import org.apache.camel.util.StringHelper;

/** What an endpoint does. */
public enum SendTalkOperation {
    /** Sends a message. */
    send,
    /** Asks for the status of a message. */
    status;

    /**
     * Reads an operation, without regard to case and surrounding blanks.
     *
     * @throws IllegalArgumentException if there is no such operation, or none at all
     */
    static SendTalkOperation of(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("The operation is missing: use sendtalk:send or sendtalk:status.");
        }
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "send" -> send;
            case "status" -> status;
            default ->
                throw new IllegalArgumentException("The operation %s is unknown: use sendtalk:send or sendtalk:status."
                        .formatted(SendTalkConfiguration.shown(value)));
        };
    }

    /** Reads the operation in an endpoint's URI, such as {@code sendtalk://send?phone=…}. */
    static SendTalkOperation ofUri(String uri) {
        String path = StringHelper.after(StringHelper.before(uri, "?", uri), ":", "");
        return of(path.startsWith("//") ? path.substring(2) : path);
    }
}
