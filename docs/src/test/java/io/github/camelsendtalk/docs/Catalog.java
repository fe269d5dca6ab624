package io.github.camelsendtalk.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.SendTalkConfiguration;
import io.github.camelsendtalk.SendTalkEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What the component's catalog says of options and headers. */
final class Catalog {

    private final JsonNode component;
    private final List<Entry> componentOptions;
    private final List<Entry> endpointOptions;
    private final List<Entry> headers;

    private Catalog(JsonNode json) {
        component = json.path("component");
        componentOptions = entries(json.path("componentProperties"));
        endpointOptions = entries(json.path("properties"));
        headers = entries(json.path("headers"));
    }

    /** Reads the catalog that the build generated. */
    static Catalog read() throws IOException {
        try (InputStream json =
                SendTalkComponent.class.getResourceAsStream("/META-INF/io/github/camelsendtalk/sendtalk.json")) {
            return new Catalog(new ObjectMapper().readTree(json));
        }
    }

    private static List<Entry> entries(JsonNode json) {
        List<Entry> entries = new ArrayList<>();
        json.properties().forEach(entry -> entries.add(new Entry(entry.getKey(), entry.getValue())));
        return entries;
    }

    /** An option or a header. */
    record Entry(String name, JsonNode json) {

        String text(String field) {
            return json.path(field).asText();
        }

        boolean is(String field) {
            return json.path(field).asBoolean();
        }

        List<String> enums() {
            List<String> values = new ArrayList<>();
            json.path("enum").forEach(value -> values.add(value.asText()));
            return values;
        }

        boolean isPath() {
            return text("kind").equals("path");
        }

        /** Whether it is declared here, and not inherited from Camel. */
        boolean isOurs() {
            String setter = "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
            return isPath()
                    || Stream.of(SendTalkComponent.class, SendTalkConfiguration.class, SendTalkEndpoint.class)
                            .map(Class::getDeclaredMethods)
                            .flatMap(Arrays::stream)
                            .map(Method::getName)
                            .anyMatch(setter::equals);
        }
    }

    /** A fact about the component, such as its {@code artifactId}. */
    String component(String field) {
        return component.path(field).asText();
    }

    List<Entry> componentOptions() {
        return componentOptions;
    }

    List<Entry> pathParameters() {
        return endpointOptions.stream().filter(Entry::isPath).toList();
    }

    List<Entry> queryParameters() {
        return endpointOptions.stream().filter(option -> !option.isPath()).toList();
    }

    List<Entry> headers() {
        return headers;
    }

    /** Our own options, those of the component and of the endpoint, each once. */
    List<Entry> ownOptions() {
        List<String> names = new ArrayList<>();
        return Stream.concat(queryParameters().stream(), componentOptions.stream())
                .filter(Entry::isOurs)
                .filter(option -> !option.name().equals("configuration"))
                .filter(option -> !names.contains(option.name()) && names.add(option.name()))
                .toList();
    }

    boolean hasComponentOption(String name) {
        return has(componentOptions, name);
    }

    boolean hasQueryParameter(String name) {
        return has(queryParameters(), name);
    }

    boolean hasHeader(String name) {
        return has(headers, name);
    }

    private static boolean has(List<Entry> entries, String name) {
        return entries.stream().anyMatch(entry -> Objects.equals(entry.name(), name));
    }
}
