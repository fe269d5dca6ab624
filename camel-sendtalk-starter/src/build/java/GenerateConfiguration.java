import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.json.DeserializationException;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

/**
 * Writes the class of the settings, and their defaults and values for IDEs, from the component's catalog: whatever the
 * component takes can be set in Spring Boot, and an IDE knows about it. Takes the folders for the source and for the resource.
 *
 * <p>The fields have no initial values. Camel copies each field that is not null to the component, also to one that the
 * application made itself, and defaults would replace what the application set on it.
 */
final class GenerateConfiguration {

    private static final String CATALOG = "META-INF/io/github/camelsendtalk/sendtalk.json";
    private static final String PREFIX = "camel.component.sendtalk";

    public static void main(String[] folders) throws IOException, DeserializationException {
        JsonObject options = read().getMap("componentProperties");
        List<String> properties = new ArrayList<>();
        List<String> defaults = new ArrayList<>();
        List<String> hints = new ArrayList<>();
        for (Map.Entry<String, Object> entry : options.entrySet()) {
            JsonObject option = (JsonObject) entry.getValue();
            properties.add(property(entry.getKey(), option));
            if (option.containsKey("defaultValue")) {
                defaults.add(defaultValue(entry.getKey(), option));
            }
            if (option.containsKey("enum")) {
                hints.add(hint(entry.getKey(), option.getCollection("enum")));
            }
        }
        write(Path.of(folders[0], "io/github/camelsendtalk/springboot/SendTalkComponentConfiguration.java"), """
                package io.github.camelsendtalk.springboot;

                import java.time.Duration;
                import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
                import org.springframework.boot.context.properties.ConfigurationProperties;

                /** The settings of the component, generated from its catalog. */
                @ConfigurationProperties(prefix = "%s")
                public class SendTalkComponentConfiguration extends ComponentConfigurationPropertiesCommon {
                %s}
                """.formatted(PREFIX, String.join("", properties)));
        write(Path.of(folders[1], "META-INF/additional-spring-configuration-metadata.json"), """
                {"properties": [%s], "hints": [%s]}
                """.formatted(String.join(", ", defaults), String.join(", ", hints)));
    }

    private static JsonObject read() throws IOException, DeserializationException {
        try (InputStream in = GenerateConfiguration.class.getClassLoader().getResourceAsStream(CATALOG)) {
            if (in == null) {
                throw new IOException("The component has no catalog yet: use mvn test-compile, or a later phase.");
            }
            return (JsonObject) Jsoner.deserialize(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
    }

    private static String property(String name, JsonObject option) {
        String type = type(option);
        // Camel's placeholders are not Spring's
        String description = option.getString("description").replaceAll("\\{\\{env:(\\w+)}}", "\\${$1}")
                + (option.get("type").equals("object") ? " Name a bean: #bean:name." : "");
        return """

                    /** %1$s */
                    private %2$s %3$s;

                    public %2$s get%4$s() {
                        return %3$s;
                    }

                    public void set%4$s(%2$s %3$s) {
                        this.%3$s = %3$s;
                    }
                """.formatted(description, type, name, StringHelper.capitalize(name));
    }

    private static String type(JsonObject option) {
        return switch (option.getString("type")) {
            case "boolean" -> "Boolean";
            case "integer" -> "Integer";
            case "duration" -> "Duration";
            case "string", "enum", "object" -> "String";
            default -> throw new IllegalArgumentException("A type of option that is not known here: " + option);
        };
    }

    private static String defaultValue(String name, JsonObject option) {
        Object value = option.get("defaultValue");
        String json = switch (option.getString("type")) {
            case "boolean", "integer" -> value.toString();
            case "duration" -> "\"%s\"".formatted(duration(Long.parseLong(value.toString())));
            default -> "\"%s\"".formatted(value);
        };
        return "{\"name\": \"%s\", \"defaultValue\": %s}".formatted(setting(name), json);
    }

    private static String duration(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private static String hint(String name, Iterable<?> values) {
        List<String> hints = new ArrayList<>();
        values.forEach(value -> hints.add("{\"value\": \"%s\"}".formatted(value)));
        return "{\"name\": \"%s\", \"values\": [%s]}".formatted(setting(name), String.join(", ", hints));
    }

    private static String setting(String name) {
        return PREFIX + "." + StringHelper.camelCaseToDash(name);
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
