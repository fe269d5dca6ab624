package io.github.camelsendtalk.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.Test;

/** What an IDE knows of the settings is what the component's catalog says. */
class MetadataTest {

    private static final String PREFIX = "camel.component.sendtalk.";

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
        Map<String, String> settings = new TreeMap<>();
        for (JsonNode setting : metadata.get("properties")) {
            // beside Camel's own, which each starter has
            if (!setting.get("name").asText().endsWith(".enabled")) {
                settings.put(
                        setting.get("name").asText(), setting.get("description").asText());
            }
        }

        Map<String, String> options = new TreeMap<>();
        catalog.properties()
                .forEach(option -> options.put(
                        PREFIX + StringHelper.camelCaseToDash(option.getKey()),
                        option.getValue().get("description").asText()));
        assertThat(settings.keySet()).isEqualTo(options.keySet());
        assertThat(settings)
                .allSatisfy((name, description) -> assertThat(description).startsWith(options.get(name)));
    }

    @Test
    void defaultsAreShown() {
        assertThat(setting("request-timeout").get("defaultValue").asText()).isEqualTo("30s");
        assertThat(setting("max-connections").get("defaultValue").asInt()).isEqualTo(100);
        assertThat(setting("plain-headers").get("defaultValue").asBoolean()).isTrue();
        assertThat(setting("base-url").get("defaultValue").asText()).isEqualTo("https://sendtalk-api.taptalk.io");
    }

    @Test
    void theValuesOfAnEnumAreOffered() {
        assertThat(metadata.get("hints").toString())
                .contains(PREFIX + "message-type")
                .contains("\"otp\"", "\"text\"", "\"image\"");
    }

    private JsonNode setting(String name) {
        for (JsonNode setting : metadata.get("properties")) {
            if (setting.get("name").asText().equals(PREFIX + name)) {
                return setting;
            }
        }
        throw new AssertionError("No setting " + name);
    }
}
