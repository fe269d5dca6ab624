package io.github.camelsendtalk.sandbox;

import static io.github.camelsendtalk.sandbox.SandboxClient.compact;
import static io.github.camelsendtalk.sandbox.SandboxClient.idIn;
import static io.github.camelsendtalk.sandbox.SandboxClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.common.Json;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/** What the inbox page asks for, and what a test may ask for as well. */
class SandboxApiTest {

    private static final String SEND = "/api/v1/message/send_whatsapp";
    private static final String MESSAGES = "/_sandbox/messages";
    private static final String CONVERSATIONS = "/_sandbox/conversations";
    private static final String CLOCK = "/_sandbox/clock";

    @RegisterExtension
    static final SendTalkSandbox SANDBOX =
            new SendTalkSandboxExtension(SendTalkSandbox.builder().frozenAt(Instant.ofEpochMilli(1763937000000L)));

    private SandboxClient client;

    @BeforeEach
    void connect() {
        client = new SandboxClient(SANDBOX.baseUrl());
    }

    @Test
    void anAcceptedMessageIsListedWithItsStatus() {
        String image = idIn(client.send(image("62811001234", "https://example.com/A.png", "A.png", "Our shop")));
        SANDBOX.step(Duration.ofSeconds(1));

        assertThat(client.ask(MESSAGES)).hasToString(compact("""
                {
                  "messages": [{
                    "id": "%s",
                    "phone": "62811001234",
                    "messageType": "image",
                    "body": "https://example.com/A.png",
                    "filename": "A.png",
                    "caption": "Our shop",
                    "createdTime": 1763937000000,
                    "status": "sent",
                    "isPending": false,
                    "isSent": true,
                    "sentTime": 1763937001000,
                    "currency": "IDR",
                    "price": 100
                  }],
                  "total": 1,
                  "forgotten": 0,
                  "now": 1763937001000
                }
                """.formatted(image)));
    }

    @Test
    void aRefusedRequestIsListedWithTheReason() {
        client.send("{\"phone\": \"62811000005\", \"messageType\": \"text\", \"body\": [1]}");

        assertThat(withoutId(client.ask(MESSAGES).at("/messages/0"))).isEqualTo(compact("""
                {
                  "phone": "62811000005",
                  "messageType": "text",
                  "body": "[1]",
                  "createdTime": 1763937000000,
                  "refused": "Body is required (40002)"
                }
                """));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    62811000001 | The recipient is invalid (invalid_recipient), on purpose: the number ends in 0001
                    62811000004 | API-Key is not found (49103), on purpose: the number ends in 0004
                    62811000012 | HTTP 500, on purpose: the number ends in 0012
                    62811000042 | No answer: CONNECTION_RESET_BY_PEER, on purpose: the number ends in 0042
                    """)
    void everyKindOfRefusalHasAReason(String phone, String reason) {
        client.sendText(phone, "Hi").exceptionally(e -> null).join();

        assertThat(client.ask(MESSAGES).findValuesAsText("refused")).containsExactly(reason);
    }

    @Test
    void whereTheCallerIsToldAnythingButTheTruthANoteSaysSo() {
        client.sendText("62811000021", "Hi").join();

        assertThat(client.ask(MESSAGES).findValuesAsText("note")).containsExactly("The answer was cut off.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    phone=62811001234               | Halo Budi, 4711
                    phone=6281100123                |
                    refused=false                   | Halo Budi, 4711, https://example.com/a
                    refused=true                    | to nobody
                    refused=                        | Halo Budi, 4711, https://example.com/a, to nobody
                    search=halo%20BUDI              | Halo Budi
                    search=UNGU                     | https://example.com/a
                    search=photo.JPG                | https://example.com/a
                    search=Otp                      | 4711
                    search=100567                   | https://example.com/a
                    search=INVALID_recipient        | to nobody
                    search=Hi                       |
                    search=a&refused=false&limit=1  | https://example.com/a
                    search=%C3%89T%C3%89            | https://example.com/a
                    phone=62811001234&search=47     | 4711
                    """)
    void messagesAreFilteredByNumberWordsAndRefusal(String parameters, String bodies) {
        client.send(text("62811001234", "Halo Budi"));
        client.send(text("62811001234", "4711").replace("\"text\"", "\"otp\""));
        client.send(image("62811005678", "https://example.com/a", "PHOTO.jpg", "Rumah ungu \u00e9t\u00e9"));
        client.send(text("62811000001", "to nobody"));

        JsonNode answer = client.ask(MESSAGES + "?" + parameters);

        assertThat(String.join(", ", answer.findValuesAsText("body"))).isEqualTo(bodies == null ? "" : bodies);
    }

    @Test
    void olderMessagesAreAskedForByTheIdOfTheOldestThatIsKnown() {
        List<String> ids = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> idIn(client.send(text("62811001234", String.valueOf(i)))))
                .toList();

        assertThat(page("?limit=2")).containsExactly("4", "5");
        assertThat(page("?limit=2&before=" + ids.get(3))).containsExactly("2", "3");
        assertThat(page("?limit=2&before=" + ids.get(1))).containsExactly("1");
        assertThat(page("?before=" + ids.get(0))).isEmpty();
        assertThat(page("?before=unknown")).isEmpty();
        assertThat(page("?limit=0")).isEmpty();
        assertThat(client.ask(MESSAGES + "?limit=2&before=" + ids.get(3))
                        .get("total")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void beforeMayNameAMessageThatTheFilterLeavesOut() {
        client.send(text("62811001234", "one"));
        String other = idIn(client.send(text("62811005678", "two")));
        client.send(text("62811001234", "three"));

        assertThat(page("?phone=62811001234&before=" + other)).containsExactly("one");
    }

    @Test
    void aHundredMessagesAreListedUnlessMoreAreAskedFor() {
        IntStream.rangeClosed(1, 101).forEach(i -> client.send(text("62811001234", String.valueOf(i))));

        assertThat(page("")).hasSize(100).startsWith("2").endsWith("101");
        assertThat(page("?limit=1000")).hasSize(101);
    }

    @Test
    void conversationsAreListedWithTheNewestFirst() {
        client.send(text("62811001234", "first"));
        client.send(text("62811005678", "second"));
        client.send(text("62811000001", "third"));
        client.send(text("62811001234", "fourth"));

        assertThat(withoutId(client.ask(CONVERSATIONS).at("/conversations/0/last")))
                .isEqualTo(withoutId(client.ask(MESSAGES).at("/messages/3")));
        assertConversations("", 3, "62811001234 2 fourth", "62811000001 1 third", "62811005678 1 second");
        assertConversations("?limit=1", 3, "62811001234 2 fourth");
        assertConversations("?search=D", 2, "62811000001 1 third", "62811005678 1 second");
        assertConversations("?search=FIRST", 1, "62811001234 1 first");
    }

    @Test
    void conversationsComeWithTheCountsOfAll() {
        client.send(text("62811001234", "Hi"));
        client.send(text("62811005678", "Hi"));
        client.send(text("62811000001", "Hi"));

        JsonNode answer = client.ask(CONVERSATIONS + "?search=1234");

        assertThat(answer.get("total").asInt()).isEqualTo(1);
        assertThat(answer.get("messages").asInt()).isEqualTo(2);
        assertThat(answer.get("refused").asInt()).isEqualTo(1);
        assertThat(answer.get("forgotten").asInt()).isZero();
        assertThat(answer.get("capacity").asInt()).isEqualTo(100_000);
        assertThat(answer.get("now").asLong()).isEqualTo(1763937000000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"phone\": null}", "["})
    void aRequestWithoutANumberIsInNoConversation(String request) {
        client.send(request);

        JsonNode answer = client.ask(CONVERSATIONS);
        assertThat(answer.get("conversations")).isEmpty();
        assertThat(answer.get("refused").asInt()).isEqualTo(1);
    }

    @Test
    void aBlankNumberIsANumberAsWell() {
        client.send(text("", "Hi"));
        client.send(text("62811001234", "Hello"));

        assertConversations("", 2, "62811001234 1 Hello", " 1 Hi");
        assertThat(page("?phone=")).containsExactly("Hi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"API-Key", "api-key", "API-KEY"})
    void aMessageIsShownWithItsRequestAndAnswerButWithoutTheKey(String header) {
        HttpResponse<String> answer = client.postWithoutKey(SEND, header, "sandbox-test-1", header, "sandbox-test-2");
        String id = client.ask(MESSAGES).at("/messages/0/id").asText();

        JsonNode message = client.ask(MESSAGES + "/" + id);

        assertThat(message.get("refused").asText()).isEqualTo("Phone is required (40002)");
        assertThat(message.at("/request/method").asText()).isEqualTo("POST");
        assertThat(message.at("/request/url").asText()).isEqualTo(SEND);
        assertThat(message.at("/request/body").asText()).isEqualTo("{}");
        assertThat(message.at("/request/headers")).contains(header(header, "****"));
        assertThat(message.toString()).doesNotContain("sandbox-test");
        assertThat(message.at("/answer/status").asInt()).isEqualTo(200);
        assertThat(message.at("/answer/headers")).contains(header("Content-Type", "application/json"));
        assertThat(message.at("/answer/body").asText()).isEqualTo(answer.body());
        assertThat(message.at("/answer").has("fault")).isFalse();
    }

    @Test
    void aFaultIsShownInPlaceOfAnAnswer() {
        client.sendText("62811000043", "Hi").exceptionally(e -> null).join();

        assertThat(theOnlyMessage().at("/answer/fault").asText()).isEqualTo("CONNECTION_RESET_BY_PEER");
    }

    @Test
    void anAnswerThatIsNotGivenYetIsNotShown() {
        client.sendText("62811000041", "Hi");
        SANDBOX.await(1, Duration.ofSeconds(20));

        assertThat(theOnlyMessage().has("request")).isTrue();
        assertThat(theOnlyMessage().has("answer")).isFalse();
    }

    @Test
    void aMessageIsShownWithoutARequestThatIsNoLongerKept() {
        client.send(text("62811001234", "Hi"));
        SANDBOX.wireMock().resetRequests();

        assertThat(theOnlyMessage().get("body").asText()).isEqualTo("Hi");
        assertThat(theOnlyMessage().has("request")).isFalse();
        assertThat(theOnlyMessage().has("answer")).isFalse();
    }

    @Test
    void anUnknownMessageIsNotFound() {
        assertFailed(client.get(MESSAGES + "/unknown"), 404, "There is no message \"unknown\".");
        assertFailed(client.get(MESSAGES + "/%22"), 404, "There is no message \"%22\".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1001", "99999999999", "-1", "many", ""})
    void aWrongLimitIsRefused(String limit) {
        String sentence = "The parameter limit must be a number up to 1000, not \"" + limit + "\".";

        assertFailed(client.get(MESSAGES + "?limit=" + limit), 400, sentence);
        assertFailed(client.get(CONVERSATIONS + "?limit=" + limit), 400, sentence);
    }

    @Test
    void clearForgetsMessagesAndTheirRequests() {
        client.send(text("62811001234", "Hi"));
        client.send("{}");

        HttpResponse<String> answer = client.call("DELETE", MESSAGES, "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(compact(answer.body())).isEqualTo("{}");
        assertThat(client.ask(MESSAGES).get("total").asInt()).isZero();
        assertThat(SANDBOX.messages()).isEmpty();
        assertThat(SANDBOX.wireMock().getAllServeEvents()).isEmpty();
    }

    @Test
    void theClockIsSteppedAndSaysThatItStandsStill() {
        assertThat(client.ask(CLOCK)).hasToString("{\"now\":1763937000000,\"frozen\":true}");

        assertThat(compact(step("PT5S").body())).isEqualTo("{\"now\":1763937005000,\"frozen\":true}");

        assertThat(client.ask(CLOCK).get("now").asLong()).isEqualTo(1763937005000L);
        assertThat(client.ask(MESSAGES).get("now").asLong()).isEqualTo(1763937005000L);
    }

    @Test
    void aClockThatRunsSaysSo() {
        try (SendTalkSandbox running = SendTalkSandbox.start()) {
            JsonNode answer = new SandboxClient(running.baseUrl()).ask(CLOCK);

            assertThat(answer.get("frozen")).hasToString("false");
            assertThat(Instant.ofEpochMilli(answer.get("now").asLong())).isBeforeOrEqualTo(Instant.now());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"step": "5"}     | The field step must be a duration such as "PT5S", not "5".
                    {}                | The field step must be a duration such as "PT5S", not "".
                    PT5S              | The field step must be a duration such as "PT5S", not "".
                    {"step": "-PT5S"} | The clock steps forward, at most 3650 days at a time, not by PT-5S
                    """)
    void aWrongStepIsRefused(String request, String sentence) {
        assertFailed(client.call("PATCH", CLOCK, request), 400, sentence);
        assertThat(client.ask(CLOCK).get("now").asLong()).isEqualTo(1763937000000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT922337203685477580S", "PT9223372036854775807S", "P99999999999D"})
    void aStepBeyondAllTimeIsRefusedAndDoesNoHarm(String step) {
        step("PT1S");

        assertThat(step(step).statusCode()).isEqualTo(400);

        assertThat(client.ask(CLOCK).get("now").asLong()).isEqualTo(1763937001000L);
        assertThat(client.send(text("62811001234", "Hi"))).contains("\"success\":true");
    }

    @Test
    void itIsHealthy() {
        assertThat(client.get("/_sandbox/health").statusCode()).isEqualTo(200);
        assertThat(client.ask("/_sandbox/health")).hasToString("{\"status\":\"UP\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {MESSAGES, MESSAGES + "/unknown", CONVERSATIONS, CLOCK, "/_sandbox/recipients", "/_sandbox/health"
            })
    void noAnswerIsStoredByABrowserOrTakenForAPage(String path) {
        var headers = client.get(path).headers();

        assertThat(headers.firstValue("Content-Type")).contains("application/json");
        assertThat(headers.firstValue("Cache-Control")).contains("no-store");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void thePageMayLoadNothingFromElsewhere() {
        var answer = client.get("/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .contains("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                        + "img-src data: http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/?phone=62811001234", MESSAGES + "?limit=1", CONVERSATIONS, CLOCK, "/_sandbox/inbox.js"})
    void whatThePageAsksForIsNotCountedAsRequests(String path) {
        client.get(path);

        assertThat(SANDBOX.wireMock().getAllServeEvents()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", MESSAGES, CONVERSATIONS, CLOCK, "/_sandbox/inbox.js"})
    void thePageIsRefusedUnderAForeignName(String path) throws IOException {
        assertThat(statusOf("GET " + path, "rebound.example.com", SANDBOX)).isEqualTo(403);
        assertThat(statusOf("GET " + path, "127.0.0.1.example.com:8062", SANDBOX))
                .isEqualTo(403);
        assertThat(statusOf("DELETE " + path, "rebound.example.com", SANDBOX)).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost:8062", "127.0.0.1", "127.0.0.2:8062", "[::1]:8062"})
    void thePageIsAnsweredUnderANameOfThisMachine(String name) throws IOException {
        assertThat(statusOf("GET /_sandbox/health", name, SANDBOX)).isEqualTo(200);
    }

    @Test
    void messagesAreTakenUnderAnyName() throws IOException {
        assertThat(statusOf("POST " + SEND, "sendtalk-api.example.com", SANDBOX))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 200", "localhost, 403", "2130706433, 403"}) // The last is 127.0.0.1 as one number.
    void aForeignNameIsRefusedOnTheLoopbackAddressAlone(String host, int status) throws IOException {
        try (SendTalkSandbox other = SendTalkSandbox.builder().host(host).start()) {
            assertThat(statusOf("GET /_sandbox/health", "sandbox.example.com", other))
                    .isEqualTo(status);
        }
    }

    private void assertConversations(String parameters, int total, String... expected) {
        JsonNode answer = client.ask(CONVERSATIONS + parameters);
        assertThat(answer.get("conversations"))
                .extracting(each -> each.get("phone").asText() + " " + each.get("count") + " "
                        + each.at("/last/body").asText())
                .containsExactly(expected);
        assertThat(answer.get("total").asInt()).isEqualTo(total);
    }

    private static void assertFailed(HttpResponse<String> answer, int status, String sentence) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Json.node(answer.body()).get("error").asText()).isEqualTo(sentence);
    }

    private HttpResponse<String> step(String duration) {
        return client.call("PATCH", CLOCK, "{\"step\": \"" + duration + "\"}");
    }

    private List<String> page(String parameters) {
        return client.ask(MESSAGES + parameters).findValuesAsText("body");
    }

    private JsonNode theOnlyMessage() {
        assertThat(client.ask(MESSAGES).get("messages")).hasSize(1);
        return client.ask(
                MESSAGES + "/" + client.ask(MESSAGES).at("/messages/0/id").asText());
    }

    private static String withoutId(JsonNode entry) {
        return entry.toString().replaceFirst("\"id\":\"[^\"]+\",", "");
    }

    private static JsonNode header(String name, String value) {
        return Json.node("{\"name\": \"%s\", \"value\": \"%s\"}".formatted(name, value));
    }

    private static String image(String phone, String url, String filename, String caption) {
        return """
                {"phone": "%s", "messageType": "image", "body": "%s", "filename": "%s", "caption": "%s"}
                """.formatted(phone, url, filename, caption);
    }

    /** The JDK's client lets nobody choose the name. */
    private static int statusOf(String methodAndPath, String name, SendTalkSandbox sandbox) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", sandbox.wireMock().port())) {
            String request = "%s HTTP/1.1\r\nHost: %s\r\nAPI-Key: sandbox-test-1\r\nConnection: close\r\n\r\n";
            socket.getOutputStream()
                    .write(request.formatted(methodAndPath, name).getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }
}
