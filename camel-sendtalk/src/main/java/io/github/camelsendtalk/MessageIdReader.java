package io.github.camelsendtalk;

import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.TypeConversionException;
import org.jspecify.annotations.Nullable;

/** Reads which message a status is asked of. */
final class MessageIdReader {

    private static final Pattern LIKE_AN_ID = Pattern.compile("(?=.*[-_])[A-Za-z0-9_-]{1,64}");

    private MessageIdReader() {}

    /**
     * The id to ask for: the header, or the body.
     *
     * @throws SendTalkValidationException if there is none, or the two differ
     */
    static String read(Exchange exchange) throws SendTalkValidationException {
        Message in = exchange.getMessage();
        String header = strip(header(in));
        Object body = in.getBody();
        if (header != null && !TextReader.isText(body)) {
            return header;
        }
        String text = strip(new TextReader(Operation.status, "id", exchange).read(body));
        if (header == null && text == null) {
            throw invalidId(
                    "There is no message id: put it into the body or the header " + SendTalkConstants.MESSAGE_ID + ".");
        }
        if (header != null && text != null && !header.equals(text)) {
            throw invalidId(
                    "The header %s says %s and the body %s: remove the one that is left over from an earlier step."
                            .formatted(SendTalkConstants.MESSAGE_ID, quote(header), quote(text)));
        }
        return header != null ? header : text;
    }

    /** Camel's exception for a header that can't be converted quotes the value, which may be a confidential text. */
    private static @Nullable String header(Message in) throws SendTalkValidationException {
        try {
            return in.getHeader(SendTalkConstants.MESSAGE_ID, String.class);
        } catch (TypeConversionException e) {
            throw invalidId("The header %s is a %s, which can't be read as text."
                    .formatted(
                            SendTalkConstants.MESSAGE_ID,
                            in.getHeader(SendTalkConstants.MESSAGE_ID)
                                    .getClass()
                                    .getName()));
        }
    }

    private static @Nullable String strip(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** An id in quotes; but what may be the text of a message is described by its length alone. */
    private static String quote(String id) {
        return LIKE_AN_ID.matcher(id).matches() ? "'" + id + "'" : "a text of %d characters".formatted(id.length());
    }

    private static SendTalkValidationException invalidId(String message) {
        return new SendTalkValidationException(Operation.status, "id", message);
    }
}
