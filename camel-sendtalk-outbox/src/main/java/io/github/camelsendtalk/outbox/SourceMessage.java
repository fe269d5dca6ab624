package io.github.camelsendtalk.outbox;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.PhoneNumbers;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;
import org.jspecify.annotations.Nullable;

/** Reads what a source brings, for {@code enqueue.sql}. What can be found wrong before it is sent is looked for here. */
public final class SourceMessage {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectReader FIELDS = JSON.readerForMapOf(String.class);

    /** Its sentences stand in it: the library's own quote values. */
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(
                    SourceMessage.class.getResourceAsStream("/outbox/message.schema.json"),
                    SchemaValidatorsConfig.builder()
                            .errorMessageKeyword("message")
                            .build());

    private SourceMessage() {}

    /**
     * Reads a message to the only element of a list, as those of a file are.
     *
     * @param message a map, or a JSON object as text or bytes
     * @param key its key, if it names none
     * @param region the ISO 3166 country of national numbers
     * @throws SendTalkValidationException if it can never be sent; it holds neither text nor number
     */
    public static List<Map<String, @Nullable String>> read(
            @Body @Nullable Object message,
            @Variable("key") @Nullable String key,
            @Simple("${properties:camel.component.sendtalk.phone-region}") String region)
            throws SendTalkValidationException {
        Map<String, @Nullable String> fields = fields(message);
        fields.replaceAll((field, value) -> value == null || value.isBlank() ? null : value);
        fields.putIfAbsent("key", key);
        for (ValidationMessage wrong : SCHEMA.validate(JSON.valueToTree(fields))) {
            String field = wrong.getInstanceLocation().getName(-1);
            throw new SendTalkValidationException(Operation.send, field, wrong.getMessage());
        }
        fields.put("phone", PhoneNumbers.read(fields.get("phone"), region));
        MessageType type = MessageType.of(Objects.requireNonNullElse(fields.get("messageType"), "text"));
        new SendTalkMessage(
                        fields.get("phone"), type, fields.get("body"), fields.get("filename"), fields.get("caption"))
                .validate();
        return List.of(fields);
    }

    private static Map<String, @Nullable String> fields(@Nullable Object message) throws SendTalkValidationException {
        try {
            Map<String, @Nullable String> fields = message instanceof byte[] bytes
                    ? FIELDS.readValue(bytes)
                    : FIELDS.readValue(message instanceof String text ? text : JSON.writeValueAsString(message));
            if (fields != null) {
                return fields;
            }
        } catch (IOException e) {
            // what the parser says quotes the text
        }
        throw new SendTalkValidationException(
                Operation.send, null, "It is not a JSON object that has each of its fields once, with a text.");
    }
}
