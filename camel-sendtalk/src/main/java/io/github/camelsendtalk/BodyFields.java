package io.github.camelsendtalk;

import io.github.camelsendtalk.client.JsonFields;
import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a body that is a whole message: a map, a JSON object or a record. */
final class BodyFields {

    private BodyFields() {}

    /** The fields by their API names, or null if the body is the text itself. */
    static @Nullable Map<?, ?> of(@Nullable Object body) throws SendTalkValidationException {
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
                Operation.send,
                harmless ? key : null,
                "The body has a field %s, which the API does not have: use %s."
                        .formatted(name, String.join(", ", JsonFields.NAMES)));
    }
}
