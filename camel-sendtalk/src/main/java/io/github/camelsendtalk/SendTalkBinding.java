package io.github.camelsendtalk;

import io.github.camelsendtalk.client.JsonFields;
import io.github.camelsendtalk.client.MessageStatus;
import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendResult;
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
            List.of(SendTalkConstants.MESSAGE_ID, SendTalkConstants.RECIPIENT, SendTalkConstants.RESPONSE_MESSAGE);

    private static final List<String> STATUS_OUTPUT = List.of(
            SendTalkConstants.STATUS,
            SendTalkConstants.IS_PENDING,
            SendTalkConstants.IS_SENT,
            SendTalkConstants.SENT_TIME,
            SendTalkConstants.CURRENCY,
            SendTalkConstants.PRICE,
            SendTalkConstants.CREATED_TIME);

    private static final Pattern LIKE_AN_ID = Pattern.compile("(?=.*[-_])[A-Za-z0-9_-]{1,64}");

    /** What toString makes of a map with the fields of a message. */
    private static final Pattern MAP_FORM =
            Pattern.compile("\\{(?:phone|messageType|body|filename|caption)=.*}", Pattern.DOTALL);

    private final SendTalkEndpoint endpoint;
    private final KnownKeys knownKeys;
    private final PhoneReader phones;
    private final PhoneReader phonesOfComponent;

    SendTalkBinding(SendTalkEndpoint endpoint) {
        this.endpoint = endpoint;
        this.knownKeys = KnownKeys.of(endpoint.getCamelContext());
        this.phones = new PhoneReader(endpoint.getConfiguration().getPhoneRegion());
        this.phonesOfComponent = new PhoneReader(endpoint.getComponent().regionOfPhone(endpoint.getConfiguration()));
    }

    /**
     * The message to send, complete and checked.
     *
     * @throws SendTalkValidationException naming the field, and where a missing one can be set
     */
    SendTalkMessage message(Exchange exchange) throws SendTalkValidationException {
        SEND_OUTPUT.forEach(exchange.getMessage()::removeHeader);
        MessageFields fields = new MessageFields(exchange, endpoint);
        MessageType type = type(fields.get(MessageField.MESSAGE_TYPE));
        boolean image = type == MessageType.IMAGE;
        SendTalkMessage message = new SendTalkMessage(
                recipient(fields),
                type,
                fields.body(),
                image ? fields.text(MessageField.FILENAME) : null,
                image ? fields.text(MessageField.CAPTION) : null);
        try {
            message.validate();
        } catch (SendTalkValidationException e) {
            throw withAdvice(e, message);
        }
        checkText(message.body(), exchange);
        knownKeys.requireNoneIn(message);
        return message;
    }

    /** What is missing can be set somewhere; what is there and wrong must be corrected where it is. */
    private static SendTalkValidationException withAdvice(
            SendTalkValidationException missing, SendTalkMessage message) {
        if ("body".equals(missing.getField())) {
            boolean blank = message.body() == null || message.body().isBlank();
            return blank ? with(missing, "Put it into the message body, or into the field body of a map.") : missing;
        }
        for (MessageField field : MessageField.values()) {
            // a phone or file name that is there was complained of where it was read
            if (field.apiName().equals(missing.getField()) && field != MessageField.CAPTION) {
                return with(
                        missing,
                        "Set it in the header %s or the option %s.".formatted(field.header(), field.apiName()));
            }
        }
        return missing;
    }

    private static SendTalkValidationException with(SendTalkValidationException complaint, String advice) {
        return new SendTalkValidationException("send", complaint.getField(), complaint.getMessage() + " " + advice);
    }

    private @Nullable String recipient(MessageFields fields) throws SendTalkValidationException {
        MessageFields.Found found = fields.phone();
        if (found == null) {
            return null;
        }
        String recipient = read(found, fields);
        if (found.source() == MessageFields.Source.URI) {
            MessageFields.Found other = fields.phoneOfBody();
            if (other != null && !read(other, fields).equals(recipient)) {
                throw MessageFields.invalid(
                        MessageField.PHONE,
                        "The body names another recipient than the URI: what is for one must not go to the other. Take the"
                                + " number out of the body or out of the URI.");
            }
        }
        return recipient;
    }

    private String read(MessageFields.Found phone, MessageFields fields) throws SendTalkValidationException {
        try {
            return switch (phone.source()) {
                case URI -> fields.isDynamic() ? phones.readWebValue(phone.text()) : phones.read(phone.text());
                case COMPONENT -> phonesOfComponent.read(phone.text());
                case BODY, HEADER, SHORT_HEADER -> phones.readWebValue(phone.text());
            };
        } catch (IllegalArgumentException e) {
            throw MessageFields.invalid(
                    MessageField.PHONE, "The phone number in %s %s.".formatted(phone.place(), e.getMessage()));
        }
    }

    private static MessageType type(MessageFields.@Nullable Found found) throws SendTalkValidationException {
        if (found == null) {
            return MessageType.TEXT;
        }
        try {
            return MessageType.of(found.text());
        } catch (IllegalArgumentException e) {
            throw MessageFields.invalid(
                    MessageField.MESSAGE_TYPE,
                    "The messageType in %s is unknown: use otp, text or image.".formatted(found.place()));
        }
    }

    /** Refuses two texts that a step before forgot to make a text of, and that a customer would get and somebody pay for. */
    private static void checkText(String text, Exchange exchange) throws SendTalkValidationException {
        if (SentIds.contain(exchange, text)) {
            throw invalidText(
                    "is the id of a message that an earlier step has sent. To send to several, use a multicast, or"
                            + " keep the text, for instance in a variable, and set it again before this step");
        }
        if (isTextForm(text.strip())) {
            throw invalidText(
                    "is what toString makes of an object, such as the status of a message: set a text before this"
                            + " step");
        }
        if (JsonFields.isUnreadMessage(text)) {
            throw invalidText(
                    "is a message as JSON, which would be sent as it is: unmarshal it first, for instance with"
                            + " unmarshal().json()");
        }
    }

    private static boolean isTextForm(String text) {
        return text.startsWith("MessageStatus[")
                || text.startsWith("SendTalkMessage[")
                || text.startsWith("SendResult[")
                || text.startsWith("{") && MAP_FORM.matcher(text).matches();
    }

    private static SendTalkValidationException invalidText(String problem) {
        return new SendTalkValidationException("send", "body", "The text %s.".formatted(problem));
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
        if (header != null && !TextReader.isText(body)) {
            return header;
        }
        String text = strip(new TextReader("status", "id", exchange).read(body));
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

    void sent(Exchange exchange, SendResult result, String recipient) {
        SentIds.add(exchange, result.id());
        Message out = exchange.getMessage();
        out.setBody(result.id());
        out.setHeader(SendTalkConstants.MESSAGE_ID, result.id());
        out.setHeader(SendTalkConstants.RECIPIENT, recipient);
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
}
