package io.github.camelsendtalk.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
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
    private static final ObjectReader JSON = JsonMapper.builder().build().readerFor(JsonNode.class);

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
     * Whether a text is a message, or a list of them, in JSON that nobody has unmarshalled: an object with {@code phone} and
     * one of {@code body}, {@code message} and {@code text}, or with no other fields than the API's.
     */
    public static boolean isUnreadMessage(String text) {
        String json = text.strip();
        boolean mayBe = json.startsWith("{") && json.endsWith("}") || json.startsWith("[") && json.endsWith("]");
        return mayBe && isMessage(first(json));
    }

    private static boolean isMessage(@Nullable JsonNode json) {
        if (json == null || !json.isObject() || json.isEmpty()) {
            return false;
        }
        List<String> names = json.properties().stream()
                .map(field -> field.getKey().toLowerCase(Locale.ROOT))
                .toList();
        boolean says = names.contains("phone") && names.stream().anyMatch(NAMES_OF_A_TEXT::contains);
        return says || names.stream().allMatch(name -> NAMES.stream().anyMatch(name::equalsIgnoreCase));
    }

    /** The first of the JSON values in an array or one after the other, or null where there is none or anything else. */
    private static @Nullable JsonNode first(String json) {
        try (MappingIterator<JsonNode> values = JSON.readValues(json)) {
            List<JsonNode> all = values.readAll();
            return all.isEmpty() ? null : all.get(0);
        } catch (IOException e) {
            // braces alone make no JSON
            return null;
        }
    }
}
