package io.github.camelsendtalk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.support.OpenApi;
import io.github.camelsendtalk.support.OpenApi.Operation;
import io.github.camelsendtalk.support.OpenApi.Part;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The OpenAPI description is one, its examples fit it, and so do the component and the sandbox. */
class OpenApiTest {

    private static OpenApi openApi;

    @BeforeAll
    static void read() throws IOException {
        openApi = OpenApiExamples.read();
    }

    static List<OpenApi.Example> examples() throws IOException {
        return OpenApiExamples.read().examples();
    }

    @Test
    void aParserFindsNothingWrong() {
        assertThat(openApi.complaints()).isEmpty();
        assertThat(openApi.operations())
                .extracting(Operation::path)
                .containsExactlyInAnyOrder(
                        "/api/v1/message/send_whatsapp",
                        "/api/v1/message/get_status",
                        "/api/v1/message/check_whatsapp_phone");
    }

    @Test
    void theOperationsAreThoseOfTheComponent() {
        assertThat(openApi.operations())
                .extracting(Operation::id)
                .containsExactlyInAnyOrder(Stream.of(io.github.camelsendtalk.client.Operation.values())
                        .map(Enum::name)
                        .toArray(String[]::new));
    }

    @Test
    void thereAreExamples() {
        assertThat(openApi.examples()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleFitsItsSchema(OpenApi.Example example) {
        assertFits(example.value(), example.operation(), example.part());
    }

    @Test
    void aWrongMessageDoesNotFit() throws IOException {
        JsonNode imageWithoutName = new ObjectMapper()
                .readTree("{\"phone\": \"6281212345678\", \"messageType\": \"image\", \"body\": \"http://a/b.jpg\"}");

        assertThat(openApi.problems(
                        imageWithoutName, openApi.operationAt("/api/v1/message/send_whatsapp"), Part.REQUEST))
                .isNotEmpty();
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
            sender.request("sendtalk:check", "6281212345678", Map.of());
            sender.request("sendtalk:check", "6281212340001", Map.of());

            List<ServeEvent> calls = sandbox.wireMock().getAllServeEvents();
            assertThat(calls).hasSize(11).allSatisfy(OpenApiTest::assertFits);
        }
    }

    private static void assertFits(ServeEvent call) throws IOException {
        Operation operation = openApi.operationAt(call.getRequest().getUrl());
        assertFits(new ObjectMapper().readTree(call.getRequest().getBody()), operation, Part.REQUEST);
        assertFits(new ObjectMapper().readTree(call.getResponse().getBody()), operation, Part.ANSWER);
    }

    private static void assertFits(JsonNode value, Operation operation, Part part) {
        assertThat(openApi.problems(value, operation, part)).as("%s", value).isEmpty();
    }
}
