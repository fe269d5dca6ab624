package io.github.camelsendtalk.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An OpenAPI description: its operations, their examples and their schemas. */
public final class OpenApi {

    private static final String LOCATION = "https://example.com/openapi";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final Path file;
    private final JsonNode description;
    private final JsonSchemaFactory schemas;

    private OpenApi(Path file, JsonNode description) {
        this.file = file;
        this.description = description;
        schemas = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                factory -> factory.schemaLoaders(loaders -> loaders.schemas(Map.of(LOCATION, description.toString()))));
    }

    public static OpenApi read(Path file) throws IOException {
        return new OpenApi(file, new YAMLMapper().readTree(file.toFile()));
    }

    /** What goes to an operation, or what comes back from it. */
    public record Part(String pointer) {

        public static final Part REQUEST = new Part("/requestBody");
        public static final Part ANSWER = answer(200);

        public static Part answer(int status) {
            return new Part("/responses/" + status);
        }
    }

    /** @param id the id of the operation, such as {@code send} */
    public record Operation(String id, String method, String path) {

        private String pointer() {
            return "/paths/" + path.replace("/", "~1") + "/" + method;
        }
    }

    public record Example(Operation operation, Part part, String name, JsonNode value) {

        /** The operation's id and the example's own name, such as {@code send/accepted}. */
        public String place() {
            return operation.id() + "/" + name;
        }

        @Override
        public String toString() {
            return place();
        }
    }

    /** What a parser of OpenAPI complains of. */
    public List<String> complaints() {
        return new OpenAPIV3Parser().readLocation(file.toString(), null, null).getMessages();
    }

    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (METHODS.contains(method.getKey())) {
                        String id = method.getValue().path("operationId").asText();
                        operations.add(new Operation(id, method.getKey(), path.getKey()));
                    }
                }));
        return operations;
    }

    public Operation operationAt(String path) {
        return operations().stream()
                .filter(operation -> operation.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(file + " has no path " + path));
    }

    /** @param id the id of the operation */
    public Operation operation(String id) {
        return operations().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(file + " has no operation " + id));
    }

    /** The request, if the operation has one, and its answers. */
    public List<Part> parts(Operation operation) {
        List<Part> parts = new ArrayList<>();
        if (at(operation, Part.REQUEST).isObject()) {
            parts.add(Part.REQUEST);
        }
        description
                .at(operation.pointer() + "/responses")
                .properties()
                .forEach(answer -> parts.add(new Part("/responses/" + answer.getKey())));
        return parts;
    }

    public List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        for (Operation operation : operations()) {
            for (Part part : parts(operation)) {
                at(operation, part)
                        .path("content")
                        .forEach(content -> content.path("examples")
                                .properties()
                                .forEach(example -> examples.add(new Example(
                                        operation,
                                        part,
                                        example.getKey(),
                                        example.getValue().path("value")))));
            }
        }
        return examples;
    }

    /** A part of an operation as it is described, references resolved. */
    public JsonNode at(Operation operation, Part part) {
        return resolved(description.at(operation.pointer() + part.pointer()));
    }

    /** What a node of the description refers to, if it does, or the node. */
    public JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? description.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** In what a value differs from the schema of what goes to, or comes from, an operation. */
    public List<String> problems(JsonNode value, Operation operation, Part part) {
        JsonNode described = description.at(operation.pointer() + part.pointer());
        String place =
                described.has("$ref") ? described.path("$ref").asText() : "#" + operation.pointer() + part.pointer();
        List<String> types = new ArrayList<>();
        resolved(described).path("content").fieldNames().forEachRemaining(types::add);
        if (types.size() != 1) {
            return List.of("%s %s has the types %s".formatted(operation.id(), part.pointer(), types));
        }
        String pointer = place + "/content/" + types.get(0).replace("/", "~1") + "/schema";
        return schemas.getSchema(SchemaLocation.of(LOCATION + pointer)).validate(value).stream()
                .map(Object::toString)
                .toList();
    }
}
