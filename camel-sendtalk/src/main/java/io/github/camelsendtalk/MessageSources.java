package io.github.camelsendtalk;

import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Where one exchange says what: the message record or map, a {@code CamelSendTalk} header, the endpoint's option, a short
 * header, the component's option. The first that says something wins.
 *
 * <p>A blank value says nothing; but a blank phone is an error, because an empty cell of a table must not send to somebody
 * else.
 */
final class MessageSources {

    private static final List<String> FIELDS = List.of("phone", "messageType", "body", "filename", "caption");

    private final Exchange exchange;
    private final Message in;
    private final @Nullable Map<?, ?> fields;
    private final MessageOptions options;
    private final SendTalkConfiguration component;
    private final boolean plainHeaders;

    MessageSources(Exchange exchange, SendTalkEndpoint endpoint) throws SendTalkValidationException {
        this.exchange = exchange;
        this.in = exchange.getMessage();
        this.fields = fields(in.getBody());
        MessageOptions dynamic = exchange.getProperty(MessageOptions.PROPERTY, MessageOptions.class);
        this.options = dynamic != null ? dynamic : endpoint.messageOptions();
        this.component = endpoint.getComponent().getConfiguration();
        this.plainHeaders = endpoint.getConfiguration().isPlainHeaders();
    }

    /**
     * A value and where it stood.
     *
     * @param place such as "the header CamelSendTalkPhone"
     */
    record Found(String place, String text) {
        @Override
        public String toString() {
            return place;
        }
    }

    @Nullable
    Found phone() throws SendTalkValidationException {
        List<Candidate> candidates =
                candidates("phone", SendTalkConstants.PHONE, options.phone(), component.getPhone());
        if (candidates.isEmpty()) {
            return null;
        }
        Candidate first = candidates.get(0);
        String text = first.text("phone");
        if (text == null || text.isBlank()) {
            throw invalid("phone", "The phone number in %s is blank.".formatted(first.place()));
        }
        return new Found(first.place(), text);
    }

    @Nullable
    Found messageType() throws SendTalkValidationException {
        return first(
                "messageType",
                candidates(
                        "messageType",
                        SendTalkConstants.MESSAGE_TYPE,
                        options.messageType(),
                        component.getMessageType()));
    }

    @Nullable
    String filename() throws SendTalkValidationException {
        return text(first("filename", candidates("filename", SendTalkConstants.FILENAME, options.filename(), null)));
    }

    @Nullable
    String caption() throws SendTalkValidationException {
        return text(first("caption", candidates("caption", SendTalkConstants.CAPTION, options.caption(), null)));
    }

    @Nullable
    String body() throws SendTalkValidationException {
        Object body = fields == null ? in.getBody() : fields.get("body");
        return new MessageText("send", "body", exchange).read(body);
    }

    private static @Nullable String text(@Nullable Found found) {
        return found == null ? null : found.text();
    }

    private static @Nullable Found first(String field, List<Candidate> candidates) throws SendTalkValidationException {
        for (Candidate candidate : candidates) {
            String text = candidate.text(field);
            if (text != null && !text.isBlank()) {
                return new Found(candidate.place(), text);
            }
        }
        return null;
    }

    /** What is there for a field, the strongest first; a value that is there and null is an empty one. */
    private List<Candidate> candidates(
            String field, String header, @Nullable String option, @Nullable String componentOption) {
        List<Candidate> candidates = new ArrayList<>(2);
        if (fields != null && fields.containsKey(field)) {
            candidates.add(new Candidate("the body", fields.get(field)));
        }
        addHeader(candidates, header);
        if (option != null) {
            candidates.add(new Candidate("the endpoint's option " + field, option));
        }
        if (plainHeaders) {
            addHeader(candidates, field);
        }
        if (componentOption != null) {
            candidates.add(new Candidate("the component's option " + field, componentOption));
        }
        return candidates;
    }

    private void addHeader(List<Candidate> candidates, String header) {
        if (in.hasHeaders() && in.getHeaders().containsKey(header)) {
            candidates.add(new Candidate("the header " + header, in.getHeader(header)));
        }
    }

    private record Candidate(String place, @Nullable Object value) {

        @Override
        public String toString() {
            return place;
        }

        /** The value as text, or null; what is neither text nor a whole number is refused by its class. */
        @Nullable
        String text(String field) throws SendTalkValidationException {
            if (value == null || value instanceof CharSequence) {
                return value == null ? null : value.toString();
            }
            if (value instanceof MessageType type) {
                return type.value();
            }
            if (value instanceof Long || value instanceof Integer || value instanceof BigInteger) {
                return value.toString();
            }
            if (value instanceof BigDecimal number
                    && number.stripTrailingZeros().scale() <= 0
                    && number.precision() < 20) {
                return number.toBigInteger().toString();
            }
            if (value instanceof byte[] bytes) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
            throw invalid(
                    field,
                    "The %s in %s is a %s, which is no text."
                            .formatted(field, place, value.getClass().getName()));
        }
    }

    private static @Nullable Map<?, ?> fields(@Nullable Object body) throws SendTalkValidationException {
        if (body instanceof SendTalkMessage message) {
            return fields(message);
        }
        Map<?, ?> map = body instanceof Map<?, ?> m ? m : SendTalkMessage.fieldsOf(body);
        if (map != null) {
            for (Object key : map.keySet()) {
                if (key == null || !FIELDS.contains(key)) {
                    throw unknown(String.valueOf(key));
                }
            }
        }
        return map;
    }

    private static Map<String, Object> fields(SendTalkMessage message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        putIfSet(fields, "phone", message.phone());
        putIfSet(fields, "messageType", message.messageType());
        putIfSet(fields, "body", message.body());
        putIfSet(fields, "filename", message.filename());
        putIfSet(fields, "caption", message.caption());
        return fields;
    }

    private static void putIfSet(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static SendTalkValidationException unknown(String key) {
        boolean harmless = key.matches("[A-Za-z_][A-Za-z_.-]{0,39}");
        String name = harmless ? "'" + key + "'" : "of %d characters".formatted(key.length());
        return new SendTalkValidationException(
                "send",
                harmless ? key : null,
                "The body has a field %s, which the API does not have: use %s."
                        .formatted(name, String.join(", ", FIELDS)));
    }

    /** A complaint that ends with where the field can be set. */
    static SendTalkValidationException invalid(@Nullable String field, String complaint) {
        String where =
                switch (field == null ? "" : field) {
                    case "phone" -> setIt(SendTalkConstants.PHONE, field);
                    case "messageType" -> setIt(SendTalkConstants.MESSAGE_TYPE, field);
                    case "filename" -> setIt(SendTalkConstants.FILENAME, field);
                    case "caption" -> setIt(SendTalkConstants.CAPTION, field);
                    default -> "Put it into the message body, or into the field body of a map.";
                };
        return new SendTalkValidationException("send", field, complaint + " " + where);
    }

    private static String setIt(String header, String option) {
        return "Set it in the header %s or the option %s.".formatted(header, option);
    }
}
