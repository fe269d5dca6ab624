package io.github.camelsendtalk.client;

/** What the API is asked to do. The names are those of Camel's URIs, such as {@code sendtalk:send}. */
public enum Operation {
    /** Sends a message. */
    send(
            "/api/v1/message/send_whatsapp",
            "Nothing was sent: repeating is safe.",
            "The message may have been taken all the same: do not repeat it blindly."),

    /** Asks for the status of a message. */
    status("/api/v1/message/get_status", "Asking again is safe.", "Asking again is safe."),

    /** Asks whether a number is on WhatsApp; a preview. */
    check(
            "/api/v1/message/check_whatsapp_phone",
            "Nothing was asked: asking again is safe.",
            "A check sends no message: asking again is safe.");

    private final String path;
    private final String adviceIfNotTaken;
    private final String adviceIfUnknown;

    Operation(String path, String adviceIfNotTaken, String adviceIfUnknown) {
        this.path = path;
        this.adviceIfNotTaken = adviceIfNotTaken;
        this.adviceIfUnknown = adviceIfUnknown;
    }

    /** Where it is, below the base URL. Source: the vendor's pages, as cited at {@link SendTalkClient}. */
    String path() {
        return path;
    }

    /**
     * What to do about a call that got no answer of the API's.
     *
     * @param mayHaveLeft whether its request may have reached the API
     */
    String advice(boolean mayHaveLeft) {
        return mayHaveLeft ? adviceIfUnknown : adviceIfNotTaken;
    }
}
