package io.github.camelsendtalk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import io.github.camelsendtalk.support.OpenApi;
import io.github.camelsendtalk.support.OpenApi.Example;
import io.github.camelsendtalk.support.OpenApi.Part;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The sandbox, held against the OpenAPI description: against each example, and every answer against the schema. */
class SandboxContractTest {

    private static final String SEND = "/api/v1/message/send_whatsapp";
    private static final String STATUS = "/api/v1/message/get_status";
    private static final String CHECK = "/api/v1/message/check_whatsapp_phone";
    private static final String PHONE = "6281212345678";
    private static final String KEY = "test-key-" + UUID.randomUUID();

    /** The times of the example on the vendor's page. */
    private static final Instant CREATED = Instant.ofEpochMilli(1635774547004L);

    private static final Duration PENDING = Duration.ofMillis(1635774548482L - 1635774547004L);
    private static final Duration UNREAD = Duration.ofSeconds(5);

    /** A recipient that takes longer to answer than this does not answer at all. */
    private static final int PATIENCE_MILLIS = 20_000;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @RegisterExtension
    static final SendTalkSandbox SANDBOX = new SendTalkSandboxExtension(SendTalkSandbox.builder()
            .apiKey(KEY)
            .frozenAt(CREATED)
            .sentAfter(PENDING)
            .readAfter(UNREAD));

    private static OpenApi openApi;

    @BeforeAll
    static void read() throws IOException {
        openApi = OpenApiExamples.read();
    }

    static Stream<Example> requests() throws IOException {
        return examples(Part.REQUEST);
    }

    static Stream<Example> answers() throws IOException {
        return examples(Part.ANSWER);
    }

    private static Stream<Example> examples(Part part) throws IOException {
        return OpenApiExamples.read().examples().stream()
                .filter(example -> example.part().equals(part));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void theSandboxAnswersAsTheExampleShows(Example example) throws Exception {
        HttpResponse<String> answer = provoke(example.place());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
        assertThat(PrettyJson.of(withIdOf(example.value(), answer.body())))
                .as("field by field, in the order of the example")
                .isEqualTo(PrettyJson.of(example.value()));
    }

    private static HttpResponse<String> provoke(String place) throws Exception {
        return switch (place) {
            case "send/accepted" -> send(PHONE);
            case "send/invalidRecipient" -> send("6281212340001");
            case "send/insufficientBalance" -> send("6281212340002");
            case "send/paramValidationFailed" -> post(SEND, KEY, "{\"messageType\": \"text\", \"body\": \"Hi\"}");
            case "send/headerValidationFailed" -> post(SEND, null, text(PHONE));
            case "send/wrongKey" -> post(SEND, "another-" + KEY, text(PHONE));
            case "status/sent" -> {
                String id = idIn(send(PHONE));
                SANDBOX.step(PENDING);
                yield status(id);
            }
            case "status/paramValidationFailed" -> post(STATUS, KEY, "{}");
            case "status/itemNotFound" -> status("3f581b4e-8e7c-4ebf-a533-39115737b81c");
            case "status/headerValidationFailed" -> post(STATUS, null, "{\"id\": \"3f581b4e\"}");
            case "status/itemNotFoundWithAnotherStatus" -> status(idIn(send("6281212340032")));
            case "check/registered" -> check(PHONE);
            case "check/notRegistered" -> check("6281212340001");
            case "check/paramValidationFailed" -> post(CHECK, KEY, "{}");
            case "check/headerValidationFailed" -> post(CHECK, null, "{\"phone\": \"62812\"}");
            default -> throw new AssertionError("Say here how to get the answer that the example " + place + " shows");
        };
    }

    /** The only value that differs from run to run: ids are random. */
    private static JsonNode withIdOf(JsonNode example, String answer) throws JsonProcessingException {
        JsonNode envelope = new ObjectMapper().readTree(answer);
        String id = envelope.at("/data/id").asText();
        if (!id.isEmpty()) {
            assertThat(UUID.fromString(id)).hasToString(id);
            ((ObjectNode) envelope.path("data")).set("id", example.at("/data/id"));
        }
        return envelope;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theSandboxUnderstandsTheRequestThatTheExampleShows(Example example) throws Exception {
        HttpResponse<String> answer =
                post(example.operation().path(), KEY, example.value().toString());

        if (example.operation().path().equals(STATUS)) {
            assertThat(codeIn(answer)).as("the id is understood, and unknown").isEqualTo("40401");
        } else if (example.operation().path().equals(CHECK)) {
            assertThat(codeIn(answer)).isEmpty();
            assertThat(SANDBOX.messages()).isEmpty();
        } else {
            assertThat(codeIn(answer)).isEmpty();
            JsonNode value = example.value();
            assertThat(SANDBOX.messages())
                    .containsExactly(new SandboxMessage(
                            idIn(answer),
                            value.path("phone").textValue(),
                            value.path("messageType").textValue(),
                            value.path("body").textValue(),
                            value.path("filename").textValue(),
                            value.path("caption").textValue(),
                            CREATED.toEpochMilli()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "6281212345678, PT0S,     pending,      true,  false",
        "6281212345678, PT1.478S, sent,         false, true",
        "6281212345678, PT6.478S, read,         false, true",
        "6281212340030, PT1H,     pending,      true,  false",
        "6281212340031, PT1H,     acknowledged, false, true",
        "6281212340033, PT1H,     failed,       false, false",
    })
    void everyStatusIsAnsweredLikeTheOneThatIsDocumented(
            String phone, Duration age, String status, boolean isPending, boolean isSent) throws Exception {
        String id = idIn(send(phone));
        SANDBOX.step(age);

        JsonNode answer = new ObjectMapper().readTree(status(id).body());
        assertThat(PrettyJson.of(answer)).isEqualTo(PrettyJson.of(expected(status, isPending, isSent)));
    }

    private static JsonNode expected(String status, boolean isPending, boolean isSent) throws IOException {
        JsonNode envelope = answers()
                .filter(example -> example.place().equals("status/sent"))
                .findFirst()
                .orElseThrow()
                .value();
        ObjectNode data = (ObjectNode) envelope.path("data");
        data.put("status", status).put("isPending", isPending).put("isSent", isSent);
        if (!isSent) {
            data.putNull("sentTime").put("price", 0);
        }
        return envelope;
    }

    /** One test for each of the sandbox's mappings, so that a new one is tested too. */
    @TestFactory
    Stream<DynamicTest> everyAnswerWithStatus200FitsTheSchemaUnlessItIsMeantNotTo() throws Exception {
        List<StubMapping> mappings = SANDBOX.wireMock().getStubMappings().stream()
                .filter(SandboxContractTest::isOfTheApi)
                .filter(SandboxContractTest::isAnswered)
                .toList();
        List<StubMapping> toRecipients = mappings.stream()
                .filter(mapping -> !recipient(mapping, "ending").isEmpty())
                .toList();
        assertThat(toRecipients).hasSizeGreaterThan(15);
        askForEveryAnswer(toRecipients);
        List<ServeEvent> events = SANDBOX.wireMock().getAllServeEvents();
        return mappings.stream()
                .map(mapping -> DynamicTest.dynamicTest(mapping.getName(), () -> assertFits(mapping, events)));
    }

    private static boolean isOfTheApi(StubMapping mapping) {
        return mapping.getRequest().getUrlMatcher().getExpected().startsWith("/api/v1/message/");
    }

    private static boolean isAnswered(StubMapping mapping) {
        Integer delay = mapping.getResponse().getFixedDelayMilliseconds();
        return mapping.getResponse().getFault() == null && (delay == null || delay < PATIENCE_MILLIS);
    }

    private static String recipient(StubMapping mapping, String field) {
        return mapping.getMetadata() != null && mapping.getMetadata().containsKey("recipient")
                ? mapping.getMetadata().getMetadata("recipient").getString(field, "")
                : "";
    }

    private static void askForEveryAnswer(List<StubMapping> toRecipients) throws Exception {
        for (StubMapping mapping : toRecipients) {
            send("628121234" + recipient(mapping, "ending"));
        }
        for (Example example : answers().toList()) {
            provoke(example.place());
        }
        post(SEND, KEY, "{\"phone\": \"62\"}");
        post(SEND, KEY, "{\"phone\": \"62\", \"messageType\": \"video\"}");
        post(SEND, KEY, "{\"phone\": \"62\", \"messageType\": \"text\"}");
        post(SEND, KEY, "{\"phone\": \"62\", \"messageType\": \"image\", \"body\": \"http://a/b.jpg\"}");
        post(STATUS, "another-" + KEY, "{\"id\": \"1\"}");
        check("+62 812");
        for (SandboxMessage message : SANDBOX.messages()) {
            status(message.id());
        }
    }

    private static void assertFits(StubMapping mapping, List<ServeEvent> events) {
        List<ServeEvent> answers = events.stream()
                .filter(event -> event.getStubMapping().getId().equals(mapping.getId()))
                .toList();
        assertThat(answers).as("requests that this mapping answers").isNotEmpty();
        boolean isUnreadable = recipient(mapping, "exception").startsWith("SendTalkResponseException");
        for (ServeEvent event : answers) {
            if (event.getResponse().getStatus() == 200) {
                assertThat(problems(event))
                        .as(event.getResponse().getBodyAsString())
                        .matches(problems -> problems.isEmpty() != isUnreadable);
            } else {
                assertThat(recipient(mapping, "ending"))
                        .as("a recipient that is answered with a status that is not documented")
                        .isNotEmpty();
            }
        }
    }

    private static List<String> problems(ServeEvent event) {
        try {
            return openApi.problems(
                    new ObjectMapper().readTree(event.getResponse().getBody()),
                    openApi.operationAt(event.getRequest().getUrl()),
                    Part.ANSWER);
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }

    private static HttpResponse<String> send(String phone) throws Exception {
        return post(SEND, KEY, text(phone));
    }

    private static HttpResponse<String> check(String phone) throws Exception {
        return post(CHECK, KEY, "{\"phone\": \"%s\"}".formatted(phone));
    }

    private static HttpResponse<String> status(String id) throws Exception {
        return post(STATUS, KEY, "{\"id\": \"%s\"}".formatted(id));
    }

    private static String text(String phone) {
        return "{\"phone\": \"%s\", \"messageType\": \"text\", \"body\": \"Hi\"}".formatted(phone);
    }

    private static HttpResponse<String> post(String path, @Nullable String key, String json) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(SANDBOX.baseUrl() + path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMillis(PATIENCE_MILLIS))
                .POST(BodyPublishers.ofString(json));
        if (key != null) {
            request.header("API-Key", key);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static String idIn(HttpResponse<String> answer) throws JsonProcessingException {
        return new ObjectMapper().readTree(answer.body()).at("/data/id").asText();
    }

    private static String codeIn(HttpResponse<String> answer) throws JsonProcessingException {
        return new ObjectMapper().readTree(answer.body()).at("/error/code").asText();
    }
}
