package io.github.camelsendtalk.client;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages as JSON objects, with the API's field names. */
public final class JsonFields {

    /** The API's names of all fields of a message. */
    public static final List<String> NAMES = List.of("phone", "messageType", "body", "filename", "caption");

    private static final List<String> NAMES_OF_A_TEXT = List.of("body", "message", "text");

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(
                    JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES,
                    JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                    JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build()
            .readerFor(JsonNode.class);

    private JsonFields() {}

    /**
     * The fields of a JSON object as Jackson reads it into a tree: texts, numbers and booleans as Java's, all else as
     * Jackson's nodes.
     *
     * @return the fields by name, or null if the value is not such an object
     */
    public static @Nullable Map<String, Object> of(@Nullable Object value) {
        if (!(value instanceof ObjectNode object)) {
            return null;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        object.properties().forEach(field -> fields.put(field.getKey(), plain(field.getValue())));
        return fields;
    }

    private static @Nullable Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.textValue();
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            case NULL, MISSING -> null;
            case ARRAY, OBJECT, BINARY, POJO -> node;
        };
    }

    /**
     * Whether a text is a message, or holds one, in JSON that was not unmarshalled: an object with {@code phone} and one of
     * {@code body}, {@code message} and {@code text}, or JSON with no other fields than the API's. JSON that people write by
     * hand counts as well, with single quotes, comments or a comma too many.
     */
    public static boolean isUnreadMessage(String text) {
        String json = text.substring(beginOf(text));
        if (!json.startsWith("{") && !json.startsWith("[") && !json.startsWith("\"{") && !json.startsWith("\"[")) {
            return false;
        }
        List<JsonNode> values = values(json);
        if (values.stream().anyMatch(JsonNode::isTextual)) {
            // JSON as a string in JSON
            return isUnreadMessage(values.get(0).asText());
        }
        boolean whole = values.stream().noneMatch(JsonNode::isMissingNode);
        return values.stream().anyMatch(value -> holdsMessage(value) || whole && hasOnlyFieldsOfTheApi(value));
    }

    /** Where a text begins behind blanks and invisible characters. */
    private static int beginOf(String text) {
        int begin = 0;
        while (begin < text.length() && isInvisible(text.charAt(begin))) {
            begin++;
        }
        return begin;
    }

    private static boolean isInvisible(char c) {
        return Character.isWhitespace(c)
                || Character.isISOControl(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT;
    }

    private static boolean holdsMessage(JsonNode json) {
        List<String> names = names(json);
        boolean message = names.contains("phone") && names.stream().anyMatch(NAMES_OF_A_TEXT::contains);
        return message || json.valueStream().anyMatch(JsonFields::holdsMessage);
    }

    private static boolean hasOnlyFieldsOfTheApi(JsonNode json) {
        List<String> names = names(json);
        return !names.isEmpty()
                && names.stream().allMatch(name -> NAMES.stream().anyMatch(name::equalsIgnoreCase));
    }

    private static List<String> names(JsonNode json) {
        return json.properties().stream()
                .map(field -> field.getKey().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The JSON values in an array or one after the other, and a missing one for what is not JSON. */
    private static List<JsonNode> values(String json) {
        List<JsonNode> values = new ArrayList<>();
        try (MappingIterator<JsonNode> all = JSON.readValues(json)) {
            while (all.hasNextValue()) {
                values.add(all.nextValue());
            }
        } catch (IOException e) {
            // braces alone make no JSON, and a text may follow it
            values.add(MissingNode.getInstance());
        }
        return values;
    }
}
