package io.github.camelsendtalk;

import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Who says what of one message. The {@link Source}s are asked in their order, and the first that says something wins.
 *
 * <p>A blank value counts as none; but a blank phone is an error, because an empty cell of a table must not send to somebody
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
        EVENT_HEADER("the header %s"),
        /** The body as a text, which of a check may be the number; it stands low because it may be a text that is yet to be sent. */
        TEXT("the body"),
        COMPONENT("the component's option %s");

        private static final List<Source> ALL = List.of(values());

        private final String place;

        Source(String place) {
            this.place = place;
        }
    }

    /** A field may be there and empty, which is not the same as not there. */
    private static final Object ABSENT = new Object();

    private final Exchange exchange;
    private final Message in;
    private final @Nullable Map<?, ?> fields;
    private final boolean dynamic;
    private final MessageOptions uri;
    private final MessageOptions component;
    private final boolean plainHeaders;
    private final Operation operation;

    /** @throws SendTalkValidationException if the body has a field that no message has */
    MessageFields(
            Exchange exchange, SendTalkConfiguration endpoint, SendTalkConfiguration component, Operation operation)
            throws SendTalkValidationException {
        this.exchange = exchange;
        this.in = exchange.getMessage();
        this.fields = BodyFields.of(in.getBody());
        MessageOptions ofDynamicUri = DynamicOptions.of(exchange);
        this.dynamic = ofDynamicUri != null;
        this.uri = dynamic ? ofDynamicUri : MessageOptions.of(endpoint);
        this.component = MessageOptions.of(component);
        this.plainHeaders = endpoint.isPlainHeaders();
        this.operation = operation;
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
        return source.place.formatted(
                switch (source) {
                    case HEADER -> field.header();
                    case EVENT_HEADER -> field.eventHeader();
                    case URI, BODY, SHORT_HEADER, TEXT, COMPONENT -> field.apiName();
                });
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
            throw MessageField.PHONE.invalid("The phone number in %s is blank.".formatted(found.place()));
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
        return new TextReader(Operation.send, "body", exchange).read(body);
    }

    private @Nullable Found find(MessageField field, Source source) throws SendTalkValidationException {
        Object value = value(field, source);
        if (value == ABSENT) {
            return null;
        }
        return new Found(field, source, FieldText.of(value, field, () -> place(field, source)));
    }

    private @Nullable Object value(MessageField field, Source source) throws SendTalkValidationException {
        return switch (source) {
            case URI -> option(uri.get(field));
            case BODY -> fields != null && fields.containsKey(field.apiName()) ? fields.get(field.apiName()) : ABSENT;
            case HEADER -> header(field.header());
            case SHORT_HEADER -> plainHeaders ? header(field.apiName()) : ABSENT;
            case EVENT_HEADER -> plainHeaders ? header(field.eventHeader()) : ABSENT;
            case TEXT -> operation == Operation.check && field == MessageField.PHONE ? bodyAsNumber() : ABSENT;
            case COMPONENT -> option(component.get(field));
        };
    }

    private Object bodyAsNumber() throws SendTalkValidationException {
        Object body = in.getBody();
        if (body == null || fields != null) {
            return ABSENT;
        }
        return TextReader.isText(body) ? new TextReader(operation, "phone", exchange).read(body) : body;
    }

    private static Object option(@Nullable String value) {
        return value == null ? ABSENT : value;
    }

    private @Nullable Object header(String name) {
        return in.hasHeaders() && in.getHeaders().containsKey(name) ? in.getHeader(name) : ABSENT;
    }
}
