package io.github.camelsendtalk;

import io.github.camelsendtalk.client.JsonFields;
import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Who says what of one message. The {@link Source}s are asked in their order, and the first that says something wins.
 *
 * <p>A blank value says nothing; but a blank phone is an error, because an empty cell of a table must not send to somebody
 * else.
 */
final class MessageFields {

    /**
     * Where a field may stand, the strongest first. What the author of a route wrote into the URI of a step stands above all
     * that a message says, which may come from outside or be left over from an earlier step.
     */
    enum Source {
        URI("the URI's option %s"),
        BODY("the body"),
        HEADER("the header %s"),
        SHORT_HEADER("the header %s"),
        COMPONENT("the component's option %s");

        private static final List<Source> ALL = List.of(values());

        private final String place;

        Source(String place) {
            this.place = place;
        }
    }

    /** A field may be there and empty, which is not the same as not there. */
    private static final Object ABSENT = new Object();

    /** Up to here each whole number has a double of its own: 2 to the power of 53. */
    private static final double MAX_EXACT_DOUBLE = 0x1p53;

    /** To write out 1E+1000000 takes a megabyte. */
    private static final int MAX_SCALE = 20;

    private final Exchange exchange;
    private final Message in;
    private final @Nullable Map<?, ?> fields;
    private final boolean dynamic;
    private final MessageOptions uri;
    private final MessageOptions component;
    private final boolean plainHeaders;

    MessageFields(Exchange exchange, SendTalkEndpoint endpoint) throws SendTalkValidationException {
        this.exchange = exchange;
        this.in = exchange.getMessage();
        this.fields = fields(in.getBody());
        MessageOptions dynamic = SendTalkSendDynamicAware.options(exchange);
        this.dynamic = dynamic != null;
        this.uri = dynamic != null ? dynamic : MessageOptions.of(endpoint.getConfiguration());
        this.component = MessageOptions.of(endpoint.getComponent().getConfiguration());
        this.plainHeaders = endpoint.getConfiguration().isPlainHeaders();
    }

    /** A value and where it stood. */
    record Found(MessageField field, Source source, String text) {

        /** Such as "the header CamelSendTalkPhone". */
        String place() {
            return MessageFields.place(field, source);
        }

        @Override
        public String toString() {
            return place();
        }
    }

    private static String place(MessageField field, Source source) {
        return source.place.formatted(source == Source.HEADER ? field.header() : field.apiName());
    }

    /** Whether a value of the URI may have come from outside, as one of {@code toD} may. */
    boolean isDynamic() {
        return dynamic;
    }

    /** The number from the strongest source, as it was written there. */
    @Nullable
    Found phone() throws SendTalkValidationException {
        for (Source source : Source.ALL) {
            Found found = phoneIn(source);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The number in the body, which must not contradict that of the URI. */
    @Nullable
    Found phoneOfBody() throws SendTalkValidationException {
        return phoneIn(Source.BODY);
    }

    private @Nullable Found phoneIn(Source source) throws SendTalkValidationException {
        Found found = find(MessageField.PHONE, source);
        if (found != null && found.text().isBlank()) {
            throw invalid(MessageField.PHONE, "The phone number in %s is blank.".formatted(found.place()));
        }
        return found;
    }

    /** What the strongest source says of a field, or null where none says anything. */
    @Nullable
    Found get(MessageField field) throws SendTalkValidationException {
        for (Source source : Source.ALL) {
            Found found = find(field, source);
            if (found != null && !found.text().isBlank()) {
                return found;
            }
        }
        return null;
    }

    @Nullable
    String text(MessageField field) throws SendTalkValidationException {
        Found found = get(field);
        return found == null ? null : found.text();
    }

    @Nullable
    String body() throws SendTalkValidationException {
        Object body = fields == null ? in.getBody() : fields.get("body");
        return new TextReader("send", "body", exchange).read(body);
    }

    private @Nullable Found find(MessageField field, Source source) throws SendTalkValidationException {
        Object value = value(field, source);
        if (value == ABSENT) {
            return null;
        }
        return new Found(field, source, text(value, field, source));
    }

    private @Nullable Object value(MessageField field, Source source) {
        return switch (source) {
            case URI -> option(uri.get(field));
            case BODY -> fields != null && fields.containsKey(field.apiName()) ? fields.get(field.apiName()) : ABSENT;
            case HEADER -> header(field.header());
            case SHORT_HEADER -> plainHeaders ? header(field.apiName()) : ABSENT;
            case COMPONENT -> option(component.get(field));
        };
    }

    private static Object option(@Nullable String value) {
        return value == null ? ABSENT : value;
    }

    private @Nullable Object header(String name) {
        return in.hasHeaders() && in.getHeaders().containsKey(name) ? in.getHeader(name) : ABSENT;
    }

    /** The value as text, empty for null; what is neither text nor a whole number is refused by its class. */
    private static String text(@Nullable Object value, MessageField field, Source source)
            throws SendTalkValidationException {
        if (value == null || value instanceof CharSequence) {
            return value == null ? "" : value.toString();
        }
        if (value instanceof MessageType type) {
            return type.value();
        }
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        String whole = value instanceof Number number ? whole(number) : null;
        if (whole == null) {
            throw invalid(
                    field,
                    "The %s in %s is a %s, which is not text%s."
                            .formatted(
                                    field.apiName(),
                                    place(field, source),
                                    value.getClass().getName(),
                                    value instanceof Number ? " and not a whole number" : ""));
        }
        return whole;
    }

    /** The digits of a whole number: JDBC drivers and JSON readers give phone numbers as all of these classes. */
    private static @Nullable String whole(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof BigInteger) {
            return positive(number.toString());
        }
        BigDecimal decimal = null;
        if (number instanceof BigDecimal given) {
            decimal = given;
        } else if (number instanceof Double given && Math.abs(given) < MAX_EXACT_DOUBLE) {
            decimal = BigDecimal.valueOf(given);
        }
        boolean isWhole = decimal != null
                && Math.abs(decimal.scale()) < MAX_SCALE
                && decimal.stripTrailingZeros().scale() <= 0;
        return isWhole ? positive(decimal.toBigInteger().toString()) : null;
    }

    private static @Nullable String positive(String number) {
        return number.startsWith("-") ? null : number;
    }

    private static @Nullable Map<?, ?> fields(@Nullable Object body) throws SendTalkValidationException {
        if (body instanceof SendTalkMessage message) {
            return fields(message);
        }
        Map<?, ?> map = body instanceof Map<?, ?> m ? m : JsonFields.of(body);
        if (map != null) {
            for (Object key : map.keySet()) {
                if (key == null || !JsonFields.NAMES.contains(key)) {
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
                        .formatted(name, String.join(", ", JsonFields.NAMES)));
    }

    static SendTalkValidationException invalid(MessageField field, String complaint) {
        return new SendTalkValidationException("send", field.apiName(), complaint);
    }
}
