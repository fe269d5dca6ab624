package io.github.camelsendtalk.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The OpenAPI description of the messages API: its operations, their examples and their schemas. */
final class OpenApi {

    static final Path FILE = Document.ROOT.resolve("docs/openapi.yaml");

    private static final String LOCATION = "https://example.com/openapi";

    private final JsonNode description;
    private final JsonSchemaFactory schemas;

    private OpenApi(JsonNode description) {
        this.description = description;
        schemas = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                factory -> factory.schemaLoaders(loaders -> loaders.schemas(Map.of(LOCATION, description.toString()))));
    }

    static OpenApi read() throws IOException {
        return new OpenApi(new YAMLMapper().readTree(FILE.toFile()));
    }

    /** What goes to an operation, or what comes back from it. */
    enum Part {
        REQUEST("/requestBody"),
        ANSWER("/responses/200");

        private final String pointer;

        Part(String pointer) {
            this.pointer = pointer + "/content/application~1json";
        }
    }

    /** @param id the id of the operation, such as {@code send} */
    record Operation(String id, String path) {

        private String pointer(Part part) {
            return "/paths/" + path.replace("/", "~1") + "/post" + part.pointer;
        }
    }

    record Example(Operation operation, Part part, String name, JsonNode value) {

        /** The operation's id and the example's own name, such as {@code send/accepted}. */
        String place() {
            return operation.id() + "/" + name;
        }

        @Override
        public String toString() {
            return place();
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        description
                .path("paths")
                .properties()
                .forEach(path -> operations.add(
                        new Operation(path.getValue().at("/post/operationId").asText(), path.getKey())));
        return operations;
    }

    Operation operationAt(String path) {
        return operations().stream()
                .filter(operation -> operation.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("docs/openapi.yaml has no path " + path));
    }

    List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        for (Operation operation : operations()) {
            for (Part part : Part.values()) {
                description
                        .at(operation.pointer(part) + "/examples")
                        .properties()
                        .forEach(example -> examples.add(new Example(
                                operation,
                                part,
                                example.getKey(),
                                example.getValue().path("value"))));
            }
        }
        return examples;
    }

    /** In what a value differs from the schema of what goes to, or comes from, an operation. */
    List<String> problems(JsonNode value, Operation operation, Part part) {
        JsonSchema schema = schemas.getSchema(SchemaLocation.of(LOCATION + "#" + operation.pointer(part) + "/schema"));
        return schema.validate(value).stream().map(Object::toString).toList();
    }
}
