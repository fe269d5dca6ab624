package io.github.camelsendtalk.docs;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The examples of the OpenAPI description, which a test holds against its schemas. */
final class OpenApiExamples {

    private static final ObjectWriter JSON = new ObjectMapper()
            .writer(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEmptySeparator("")
                            .withArrayEmptySeparator(""))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private OpenApiExamples() {}

    /** @param place the operation's id and the example's name, such as {@code send/accepted} */
    static List<String> listing(String place, Markup markup) throws IOException {
        JsonNode openApi = new YAMLMapper()
                .readTree(Document.ROOT.resolve("docs/openapi.yaml").toFile());
        for (JsonNode path : openApi.path("paths")) {
            JsonNode post = path.path("post");
            String name = place.substring(place.indexOf('/') + 1);
            if (place.equals(post.path("operationId").asText() + "/" + name)) {
                return markup.listing("json", example(post, name, place));
            }
        }
        throw new IllegalArgumentException("docs/openapi.yaml has no operation for '%s'".formatted(place));
    }

    private static List<String> example(JsonNode post, String name, String place) throws IOException {
        JsonNode example = Stream.of(
                        post.path("requestBody"), post.path("responses").path("200"))
                .map(part -> part.path("content")
                        .path("application/json")
                        .path("examples")
                        .get(name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("docs/openapi.yaml has no example '%s'".formatted(place)));
        return JSON.writeValueAsString(example.path("value")).lines().toList();
    }
}
