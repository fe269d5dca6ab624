package io.github.camelsendtalk.example.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.PhoneNumbers;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;
import org.jspecify.annotations.Nullable;

/** Reads what a source brings, for {@code enqueue.sql}. What can be found wrong before it is sent is looked for here. */
public final class SourceMessage {

    private static final String SEEN = "must have at most 200 characters that can be seen";
    private static final String NO_ZERO = "holds a zero character, which the database does not take";

    /** No comma in a key: {@code -Dcampaign.again} names keys with commas between them. */
    private static final List<Rule> RULES = List.of(
            new Rule("key", "[\\P{C}&&[^,]]{1,200}", SEEN + ", and no comma"),
            new Rule("phone", "[^\\x00]*", NO_ZERO),
            new Rule("messageType", "(?i)\\s*(otp|text|image)\\s*", "is unknown: use otp, text or image"),
            new Rule("body", "[^\\x00]*", NO_ZERO),
            new Rule("filename", "[^\\x00]*", NO_ZERO),
            new Rule("caption", "[^\\x00]*", NO_ZERO),
            new Rule("campaign", "\\P{C}{1,200}", SEEN),
            new Rule("lane", "code|campaign", "is unknown: use code or campaign"),
            new Rule(
                    "expires",
                    "\\d{1,8}|P\\d{1,3}D|PT(?=\\d)(\\d{1,5}H)?(\\d{1,5}M)?(\\d{1,5}S)?",
                    "is neither seconds, such as 600, nor a duration, such as PT10M"),
            new Rule("since", "\\d{1,13}", "is not a time in epoch milliseconds"),
            new Rule("who", "\\P{C}{1,200}", SEEN));

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectReader FIELDS = JSON.readerForMapOf(String.class);

    private SourceMessage() {}

    /** What a field has to be like. */
    private record Rule(String field, String pattern, String sentence) {

        void check(Map<String, String> fields) throws SendTalkValidationException {
            String value = fields.get(field);
            if (value != null && !value.matches(pattern)) {
                throw wrong(field, "Its %s %s".formatted(field, sentence));
            }
        }
    }

    /**
     * Reads a message to the only element of a list, as those of a file are.
     *
     * @param message a map, or a JSON object as text or bytes
     * @param key its key, if it names none
     * @param since when it was handed to the source, in epoch milliseconds, or 0 if the source does not say
     * @param region the ISO 3166 country of national numbers
     * @throws SendTalkValidationException if it can never be sent; it holds neither text nor number
     */
    public static List<Map<String, String>> read(
            @Body @Nullable Object message,
            @Variable("key") @Nullable String key,
            @Simple("${messageTimestamp}") long since,
            @Simple("${properties:camel.component.sendtalk.phone-region}") String region)
            throws SendTalkValidationException {
        Map<String, String> fields = fields(message);
        refuseUnknown(fields);
        fields.values().removeIf(value -> value == null || value.isBlank());
        if (key != null) {
            fields.putIfAbsent("key", key);
        }
        if (since > 0) {
            fields.putIfAbsent("since", String.valueOf(since));
        }
        for (Rule rule : RULES) {
            rule.check(fields);
        }
        if (!fields.containsKey("key")) {
            throw wrong("key", "It has no key: give it what you know it by, such as the number of the order");
        }
        fields.put("phone", PhoneNumbers.read(fields.get("phone"), region));
        MessageType type = MessageType.of(fields.getOrDefault("messageType", "text"));
        new SendTalkMessage(
                        fields.get("phone"), type, fields.get("body"), fields.get("filename"), fields.get("caption"))
                .validate();
        return List.of(fields);
    }

    private static Map<String, String> fields(@Nullable Object message) throws SendTalkValidationException {
        try {
            Map<String, String> fields =
                    message instanceof byte[] bytes ? FIELDS.readValue(bytes) : FIELDS.readValue(json(message));
            if (fields != null) {
                return fields;
            }
        } catch (IOException e) {
            // what the parser says quotes the text
        }
        throw wrong(null, "It is not a JSON object that has each of its fields once, with a text");
    }

    private static String json(@Nullable Object message) throws JsonProcessingException {
        return message instanceof String text ? text : JSON.writeValueAsString(message);
    }

    private static void refuseUnknown(Map<String, String> fields) throws SendTalkValidationException {
        List<String> names = RULES.stream().map(Rule::field).toList();
        for (String field : fields.keySet()) {
            if (!names.contains(field)) {
                // a long one may be somebody's text
                String shown = field.matches("[A-Za-z_-]{1,40}") ? " '" + field + "'" : "";
                throw wrong(
                        null, "It has a field%s that is unknown: use %s".formatted(shown, String.join(", ", names)));
            }
        }
    }

    private static SendTalkValidationException wrong(@Nullable String field, String problem) {
        return new SendTalkValidationException(Operation.send, field, problem + ".");
    }
}
