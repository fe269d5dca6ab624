package io.github.camelsendtalk;

import io.github.camelsendtalk.client.MessageStatus;
import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendResult;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.TypeConversionException;
import org.jspecify.annotations.Nullable;

/** Reads requests from exchanges, and writes results into them. */
final class SendTalkBinding {

    private static final List<String> SEND_OUTPUT =
            List.of(SendTalkConstants.MESSAGE_ID, SendTalkConstants.RESPONSE_MESSAGE);

    private static final List<String> STATUS_OUTPUT = List.of(
            SendTalkConstants.STATUS,
            SendTalkConstants.IS_PENDING,
            SendTalkConstants.IS_SENT,
            SendTalkConstants.SENT_TIME,
            SendTalkConstants.CURRENCY,
            SendTalkConstants.PRICE,
            SendTalkConstants.CREATED_TIME);

    private static final Pattern LIKE_AN_ID = Pattern.compile("(?=.*[-_])[A-Za-z0-9_-]{1,64}");

    private final SendTalkEndpoint endpoint;
    private final PhoneReader phones;

    SendTalkBinding(SendTalkEndpoint endpoint) {
        this.endpoint = endpoint;
        this.phones = new PhoneReader(endpoint.getConfiguration().getPhoneRegion());
    }

    /**
     * The message to send, complete and checked.
     *
     * @throws SendTalkValidationException naming the field, and the header and the option that would mend it
     */
    SendTalkMessage message(Exchange exchange) throws SendTalkValidationException {
        SEND_OUTPUT.forEach(exchange.getMessage()::removeHeader);
        MessageSources sources = new MessageSources(exchange, endpoint);
        MessageType type = type(sources.messageType());
        boolean image = type == MessageType.IMAGE;
        SendTalkMessage message = new SendTalkMessage(
                phone(sources.phone()),
                type,
                sources.body(),
                image ? sources.filename() : null,
                image ? sources.caption() : null);
        try {
            message.validate();
        } catch (SendTalkValidationException e) {
            throw MessageSources.invalid(e.getField(), e.getMessage());
        }
        return message;
    }

    private @Nullable String phone(MessageSources.@Nullable Found found) throws SendTalkValidationException {
        if (found == null) {
            return null;
        }
        try {
            return phones.read(found.text());
        } catch (IllegalArgumentException e) {
            throw MessageSources.invalid(
                    "phone", "The phone number in %s %s.".formatted(found.place(), e.getMessage()));
        }
    }

    private static MessageType type(MessageSources.@Nullable Found found) throws SendTalkValidationException {
        if (found == null) {
            return MessageType.TEXT;
        }
        try {
            return MessageType.of(found.text());
        } catch (IllegalArgumentException e) {
            throw MessageSources.invalid(
                    "messageType",
                    "The messageType in %s is unknown: use otp, text or image.".formatted(found.place()));
        }
    }

    /**
     * The id to ask for: the header, or the body.
     *
     * @throws SendTalkValidationException if there is none, or the two differ
     */
    String messageId(Exchange exchange) throws SendTalkValidationException {
        Message in = exchange.getMessage();
        STATUS_OUTPUT.forEach(in::removeHeader);
        String header = strip(header(in));
        Object body = in.getBody();
        if (header != null && !MessageText.isText(body)) {
            return header;
        }
        String text = strip(new MessageText("status", "id", exchange).read(body));
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

    /** Camel's complaint of a header that can't be converted quotes the value, which may be a text that nobody else may read. */
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

    /** An id in quotes; but what may be the text of a message, which nobody else may read, by its length. */
    private static String quote(String id) {
        return LIKE_AN_ID.matcher(id).matches() ? "'" + id + "'" : "a text of %d characters".formatted(id.length());
    }

    private static SendTalkValidationException invalidId(String message) {
        return new SendTalkValidationException("status", "id", message);
    }

    void sent(Exchange exchange, SendResult result) {
        Message out = exchange.getMessage();
        out.setBody(result.id());
        out.setHeader(SendTalkConstants.MESSAGE_ID, result.id());
        set(out, SendTalkConstants.RESPONSE_MESSAGE, result.message());
    }

    void status(Exchange exchange, MessageStatus status, String id) {
        Message out = exchange.getMessage();
        out.setBody(status);
        out.setHeader(SendTalkConstants.MESSAGE_ID, id);
        set(out, SendTalkConstants.STATUS, status.status());
        set(out, SendTalkConstants.IS_PENDING, status.isPending());
        set(out, SendTalkConstants.IS_SENT, status.isSent());
        set(out, SendTalkConstants.SENT_TIME, status.sentTime());
        set(out, SendTalkConstants.CURRENCY, status.currency());
        set(out, SendTalkConstants.PRICE, status.price());
        set(out, SendTalkConstants.CREATED_TIME, status.createdTime());
    }

    private static void set(Message message, String header, @Nullable Object value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }

    /** Leaves the message as it was, but for the time that Camel's redelivery is asked to wait. */
    static void failed(Exchange exchange, Throwable failure) {
        exchange.setException(failure);
        if (failure instanceof SendTalkException e && e.getRetryAfter() != null) {
            exchange.getMessage()
                    .setHeader(Exchange.REDELIVERY_DELAY, e.getRetryAfter().toMillis());
        }
    }
}
