package io.github.camelsendtalk.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.Test;

/** What an IDE knows of the settings is what the component's catalog says. */
class MetadataTest {

    private static final String PREFIX = "camel.component.sendtalk.";
    private static final String KEY = "${SENDTALK_API_KEY}";

    private final JsonNode catalog =
            read("/META-INF/io/github/camelsendtalk/sendtalk.json").get("componentProperties");
    private final JsonNode metadata = read("/META-INF/spring-configuration-metadata.json");

    private static JsonNode read(String resource) {
        try {
            return new ObjectMapper().readTree(MetadataTest.class.getResource(resource));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void eachOptionIsASettingWithItsDescription() {
        assertThat(settings("description"))
                .containsExactlyInAnyOrderEntriesOf(
                        options(option -> option.get("description").asText().replace("{{env:SENDTALK_API_KEY}}", KEY)
                                + (option.get("type").asText().equals("object") ? " Name a bean: #bean:name." : "")));
    }

    @Test
    void theKeyIsSetInSpringsWay() {
        assertThat(settings("description").get(PREFIX + "api-key"))
                .contains(KEY)
                .doesNotContain("{{");
    }

    @Test
    void eachDefaultIsShown() {
        Map<String, String> defaults =
                options(option -> option.path("defaultValue").asText());
        defaults.replace(PREFIX + "await-timeout", "0s");
        defaults.replace(PREFIX + "poll-interval", "1s");
        defaults.replace(PREFIX + "connection-request-timeout", "10s");
        defaults.replace(PREFIX + "request-timeout", "30s");
        defaults.replace(PREFIX + "connect-timeout", "10s");
        defaults.replace(PREFIX + "connection-time-to-live", "300s");

        assertThat(settings("defaultValue")).containsExactlyInAnyOrderEntriesOf(defaults);
    }

    @Test
    void eachValueOfAnEnumIsOffered() {
        Map<String, List<String>> hints = new TreeMap<>();
        for (JsonNode hint : metadata.get("hints")) {
            hints.put(hint.get("name").asText(), hint.get("values").findValuesAsText("value"));
        }

        assertThat(hints).containsOnly(entry(PREFIX + "message-type", List.of("otp", "text", "image")));
    }

    /** Beside those that each starter has, to switch it off. */
    private Map<String, String> settings(String field) {
        Map<String, String> settings = new TreeMap<>();
        for (JsonNode setting : metadata.get("properties")) {
            if (!setting.get("name").asText().endsWith(".enabled")) {
                settings.put(setting.get("name").asText(), setting.path(field).asText());
            }
        }
        return settings;
    }

    private Map<String, String> options(Function<JsonNode, String> field) {
        Map<String, String> options = new TreeMap<>();
        catalog.properties()
                .forEach(option -> options.put(
                        PREFIX + StringHelper.camelCaseToDash(option.getKey()), field.apply(option.getValue())));
        return options;
    }
}
