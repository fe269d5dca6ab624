package io.github.camelsendtalk.docs;

import io.github.camelsendtalk.support.OpenApi;
import java.io.IOException;
import java.util.List;

/** The listings that are examples of the OpenAPI description, which a test holds against its schemas. */
final class OpenApiExamples {

    private OpenApiExamples() {}

    /** The description of the messages API. */
    static OpenApi read() throws IOException {
        return OpenApi.read(Document.ROOT.resolve("docs/openapi.yaml"));
    }

    /** @param place the operation's id and the example's name, such as {@code send/accepted} */
    static List<String> listing(String place, Markup markup) throws IOException {
        OpenApi.Example example = read().examples().stream()
                .filter(each -> each.place().equals(place))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("docs/openapi.yaml has no example '%s'".formatted(place)));
        return markup.listing("json", PrettyJson.of(example.value()).lines().toList());
    }
}
