package io.github.camelsendtalk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The OpenAPI description is one, its examples fit it, and so do the component and the sandbox. */
class OpenApiTest {

    private static final Path FILE = Document.ROOT.resolve("docs/openapi.yaml");
    private static final String LOCATION = "https://example.com/openapi";
    private static final String JSON = "/content/application~1json";

    private static JsonNode openApi;
    private static JsonSchemaFactory schemas;

    @BeforeAll
    static void read() throws IOException {
        openApi = new YAMLMapper().readTree(FILE.toFile());
        schemas = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                factory -> factory.schemaLoaders(loaders -> loaders.schemas(Map.of(LOCATION, openApi.toString()))));
    }

    @Test
    void aParserFindsNothingWrong() {
        SwaggerParseResult result = new OpenAPIV3Parser().readLocation(FILE.toString(), null, null);

        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getPaths())
                .containsOnlyKeys("/api/v1/message/send_whatsapp", "/api/v1/message/get_status");
    }

    @TestFactory
    Stream<DynamicTest> anExampleFitsItsSchema() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String path : paths()) {
            for (String part : List.of("/requestBody" + JSON, "/responses/200" + JSON)) {
                String pointer = operation(path) + part;
                openApi.at(pointer + "/examples")
                        .properties()
                        .forEach(example -> tests.add(DynamicTest.dynamicTest(
                                path + " " + example.getKey(),
                                () -> assertFits(example.getValue().path("value"), pointer + "/schema"))));
            }
        }
        assertThat(tests).hasSizeGreaterThan(10);
        return tests.stream();
    }

    @Test
    void aWrongMessageDoesNotFit() throws IOException {
        String schema = operation("/api/v1/message/send_whatsapp") + "/requestBody" + JSON + "/schema";
        JsonNode imageWithoutName = new ObjectMapper()
                .readTree("{\"phone\": \"6281212345678\", \"messageType\": \"image\", \"body\": \"http://a/b.jpg\"}");

        assertThat(problems(imageWithoutName, schema)).isNotEmpty();
    }

    @Test
    void whatTheComponentAsksAndTheSandboxAnswersFits() throws Exception {
        try (SendTalkSandbox sandbox = SendTalkSandbox.start();
                RunningExample sender = new RunningExample(context -> {}, sandbox.baseUrl())) {
            for (MessageType type : MessageType.values()) {
                SendTalkMessage message = new SendTalkMessage(
                        "6281212345678", type, "https://www.example.com/a.jpg", "a.jpg", "A picture");
                String id = sender.template().requestBody("sendtalk:send", message, String.class);
                sender.template().requestBody("sendtalk:status", id);
            }
            sender.request("sendtalk:send?phone=6281212340001", "Hi", Map.of());
            sender.request("sendtalk:send?phone=6281212340002", "Hi", Map.of());
            sender.request("sendtalk:status", "no-such-id", Map.of());

            List<ServeEvent> calls = sandbox.wireMock().getAllServeEvents();
            assertThat(calls).hasSize(9).allSatisfy(OpenApiTest::assertFits);
        }
    }

    private static void assertFits(ServeEvent call) throws IOException {
        String operation = operation(call.getRequest().getUrl());
        JsonNode request = new ObjectMapper().readTree(call.getRequest().getBody());
        JsonNode answer = new ObjectMapper().readTree(call.getResponse().getBody());
        assertFits(request, operation + "/requestBody" + JSON + "/schema");
        assertFits(answer, operation + "/responses/200" + JSON + "/schema");
    }

    private static void assertFits(JsonNode value, String schema) {
        assertThat(problems(value, schema)).as("%s", value).isEmpty();
    }

    private static List<String> problems(JsonNode value, String pointer) {
        JsonSchema schema = schemas.getSchema(SchemaLocation.of(LOCATION + "#" + pointer));
        return schema.validate(value).stream().map(Object::toString).toList();
    }

    private static List<String> paths() {
        List<String> paths = new ArrayList<>();
        openApi.path("paths").fieldNames().forEachRemaining(paths::add);
        return paths;
    }

    private static String operation(String path) {
        return "/paths/" + path.replace("/", "~1") + "/post";
    }
}
