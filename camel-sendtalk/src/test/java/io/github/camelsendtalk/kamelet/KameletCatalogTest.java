package io.github.camelsendtalk.kamelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.support.Property;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The kamelets say what the component's catalog says, and what tools that show kamelets need. */
class KameletCatalogTest {

    private static final List<String> KAMELETS =
            List.of("sendtalk-sink", "sendtalk-send-action", "sendtalk-status-action", "sendtalk-check-action");

    /** A property of a kamelet beside the component's option of the same name. */
    private record Property(String kamelet, String name, Map<String, Object> said, BaseOptionModel option) {
        @Override
        public String toString() {
            return kamelet + ", " + name;
        }
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = KameletCatalogTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, Object> kamelet(String name) throws IOException {
        return at(new Load(LoadSettings.builder().build()).loadFromString(text("/kamelets/" + name + ".kamelet.yaml")));
    }

    @SuppressWarnings("unchecked")
    private static <T> T at(Object node, Object... path) {
        Object found = node;
        for (Object step : path) {
            found = step instanceof Integer index ? ((List<?>) found).get(index) : ((Map<?, ?>) found).get(step);
        }
        return (T) found;
    }

    static List<String> kamelets() {
        return KAMELETS;
    }

    static Stream<Property> properties() throws IOException {
        ComponentModel model =
                JsonMapper.generateComponentModel(text("/META-INF/io/github/camelsendtalk/sendtalk.json"));
        Stream.Builder<Property> properties = Stream.builder();
        for (String name : KAMELETS) {
            Map<String, Map<String, Object>> said = at(kamelet(name), "spec", "definition", "properties");
            said.forEach((property, values) -> properties.add(new Property(
                    name,
                    property,
                    values,
                    model.getEndpointOptions().stream()
                            .filter(option -> option.getName().equals(property))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("There is no option " + property)))));
        }
        return properties.build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("properties")
    void aPropertySaysWhatTheOptionSays(Property property) {
        assertThat(property.said().get("title")).isNotNull();
        assertThat(property.said().get("enum")).isEqualTo(property.option().getEnums());
        assertThat("password".equals(property.said().get("format")))
                .isEqualTo(property.option().isSecret());
        assertThat((String) property.said().get("description")).endsWith(".").contains(defaultOf(property.option()));
        assertThat(property.said().get("default"))
                .as("with none, Camel would look in the environment; any other would stand above what a message says")
                .isEqualTo(property.name().equals("apiKey") ? null : "");
    }

    private static String defaultOf(BaseOptionModel option) {
        String value =
                option.getDefaultValue() == null ? "" : option.getDefaultValue().toString();
        boolean seconds = "duration".equals(option.getType()) && !value.equals("0");
        return seconds ? Duration.ofMillis(Long.parseLong(value)).toSeconds() + "s" : value;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kamelets")
    void eachPropertyReachesTheEndpoint(String name) throws Exception {
        Map<String, Object> kamelet = kamelet(name);
        Map<String, Object> properties = at(kamelet, "spec", "definition", "properties");
        Map<String, Object> to = at(kamelet, "spec", "template", "from", "steps", 0, "doTry", "steps", 0, "to");

        String operation = name.equals("sendtalk-sink") ? "send" : name.split("-")[1];
        assertThat(to.get("uri")).isEqualTo("sendtalk:" + operation);
        assertThat(KameletCatalogTest.<Map<String, Object>>at(to, "parameters")).containsOnlyKeys(properties.keySet());
    }

    @Test
    void eachOperationHasAnAction() {
        assertThat(Stream.of(Operation.values()).map("sendtalk-%s-action"::formatted))
                .isSubsetOf(KAMELETS);
    }

    @Test
    void theSinkAndTheSendActionTakeTheSame() throws Exception {
        Object sink = at(kamelet("sendtalk-sink"), "spec", "definition", "properties");
        Object action = at(kamelet("sendtalk-send-action"), "spec", "definition", "properties");

        assertThat(sink).isEqualTo(action);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kamelets")
    void toolsFindWhatTheyShow(String name) throws Exception {
        Map<String, Object> kamelet = kamelet(name);
        Map<String, String> annotations = at(kamelet, "metadata", "annotations");
        String icon = annotations.get("camel.apache.org/kamelet.icon");

        assertThat(KameletCatalogTest.<String>at(kamelet, "metadata", "name")).isEqualTo(name);
        assertThat(KameletCatalogTest.<String>at(kamelet, "metadata", "labels", "camel.apache.org/kamelet.type"))
                .isEqualTo(name.substring(name.lastIndexOf('-') + 1));
        assertThat(icon).startsWith("data:image/svg+xml;base64,");
        assertThat(new String(
                        Base64.getDecoder().decode(icon.substring(icon.indexOf(',') + 1)), StandardCharsets.UTF_8))
                .startsWith("<svg ");
        assertThat(annotations)
                .containsEntry("camel.apache.org/kamelet.support.level", "Preview")
                .containsKeys(
                        "camel.apache.org/provider",
                        "camel.apache.org/kamelet.group",
                        "camel.apache.org/kamelet.namespace");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kamelets")
    void theKeyIsARequiredCredential(String name) throws Exception {
        Map<String, Object> definition = at(kamelet(name), "spec", "definition");

        assertThat(definition.get("required")).isEqualTo(List.of("apiKey"));
        assertThat(KameletCatalogTest.<Object>at(definition, "properties", "apiKey", "x-descriptors"))
                .isEqualTo(List.of("urn:camel:group:credentials"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kamelets")
    void theVersionsAreFilledIn(String name) throws Exception {
        assertThat(text("/kamelets/" + name + ".kamelet.yaml"))
                .containsPattern("mvn:io.github.camel-sendtalk:camel-sendtalk:\\d+\\.\\d+\\.\\d+")
                .containsPattern("catalog.version: \"\\d+\\.\\d+\\.\\d+\"");
    }
}
