package io.github.camelsendtalk.example.campaign;

import static io.github.camelsendtalk.example.campaign.SourceRun.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The source {@code rest}, over HTTP. */
@Timeout(300)
class RestSourceTest {

    private static final String CODE =
            "{\"key\": \"otp-1\", \"phone\": \"0812-3456-7890\", \"body\": \"Kode 482913\", \"messageType\": \"otp\"}";
    private static final String ROW = "rest|otp-1|code|6281234567890|Kode 482913";

    private final HttpClient client = HttpClient.newHttpClient();
    private SourceRun run;
    private String url;

    @BeforeEach
    void start() throws Exception {
        int port = freePort();
        url = "http://127.0.0.1:" + port;
        run = new SourceRun()
                .start(
                        Map.of("camel.server.enabled", "true", "camel.server.port", String.valueOf(port)),
                        "enqueue",
                        "sources/rest");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        run.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(url + path));
    }

    private HttpResponse<String> post(String json, String... headers) throws Exception {
        HttpRequest.Builder request =
                to("/messages").header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(to(path).GET());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private static void assertProblem(HttpResponse<String> response, int status, String detail) throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(response).get("detail").textValue()).contains(detail);
        assertThat(response.body()).doesNotContain("482913", "3456");
    }

    @Test
    void aMessageIsARowAndTheAnswerLinksToItsState() throws Exception {
        HttpResponse<String> accepted = post(CODE);

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(run.rows()).containsExactly(ROW);
        assertThat(accepted.headers().firstValue("Location")).hasValue("/messages/otp-1");
        assertThat(accepted.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(json(accepted).get("state").textValue()).isEqualTo("QUEUED");

        run.update(
                "UPDATE message SET state = 'SENT', message_id = 'm-1', status = 'sent', price = 100.00, currency = 'IDR'");
        HttpResponse<String> state = get("/messages/otp-1");

        assertThat(state.statusCode()).isEqualTo(200);
        assertThat(json(state).get("key").textValue()).isEqualTo("otp-1");
        assertThat(json(state).get("state").textValue()).isEqualTo("SENT");
        assertThat(json(state).get("messageId").textValue()).isEqualTo("m-1");
        assertThat(json(state).get("price").decimalValue()).isEqualByComparingTo("100");
        assertThat(state.body()).doesNotContain("482913", "3456");
    }

    @Test
    void theSameMessageAgainGetsTheSameAnswer() throws Exception {
        HttpResponse<String> first = post(CODE);
        HttpResponse<String> second = post(CODE);

        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.headers().firstValue("Location")).hasValue("/messages/otp-1");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(run.rows()).containsExactly(ROW);
    }

    @Test
    void anotherMessageUnderAKeyThatIsTakenIsAConflict() throws Exception {
        post(CODE);

        assertProblem(post(CODE.replace("482913", "993311")), 409, "Its key is that of another message");
        assertThat(run.rows()).containsExactly(ROW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order/2026 11+7", "a?b=c&d", "pesanan é", "%41"})
    void anyKeyHasALink(String key) throws Exception {
        HttpResponse<String> accepted = post(CODE.replace("otp-1", key));

        assertThat(accepted.statusCode()).isEqualTo(202);
        HttpResponse<String> state =
                get(accepted.headers().firstValue("Location").orElseThrow());
        assertThat(state.statusCode()).isEqualTo(200);
        assertThat(json(state).get("key").textValue()).isEqualTo(key);
    }

    @Test
    void whatCanNeverBeSentIsRefusedWithASentenceAndTheNextOneIsTaken() throws Exception {
        assertProblem(post(CODE.replace("0812-3456-7890", "0812-34")), 400, "The phone number is too short.");
        assertProblem(post("{\"key\": \"482913"), 400, "It is not a JSON object");
        assertProblem(post(""), 400, "It is not a JSON object");
        assertProblem(post(CODE.replace("{", "{\"campaign\": \"orders\", ")), 400, "It has a field campaign");
        assertProblem(
                post(CODE.replace("body", "message")),
                400,
                "It has a field 'message' that is unknown: use key, phone, ");

        assertThat(post(CODE).statusCode()).isEqualTo(202);
        assertThat(run.rows()).containsExactly(ROW);
    }

    @Test
    void onlyTheJsonSaysWhatIsSent() throws Exception {
        String stranger = "0812-9999-1234";
        HttpResponse<String> accepted =
                send(to("/messages?phone=" + stranger + "&campaign=orders&key=other&lane=campaign")
                        .header("Content-Type", "application/json")
                        .headers("phone", stranger, "campaign", "orders", "key", "other", "body", "Halo")
                        .headers("CamelSendTalkPhone", stranger, "CamelSqlQuery", "DROP TABLE message")
                        .headers("CamelHttpResponseCode", "500", "X-Shop", "Rinjani")
                        .POST(BodyPublishers.ofString(CODE)));

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Location")).hasValue("/messages/otp-1");
        assertThat(accepted.headers().map()).doesNotContainKeys("x-shop", "phone", "key");
        assertThat(run.rows()).containsExactly(ROW);

        HttpResponse<String> state = send(to("/messages/otp-1?CamelKey=other&key=other")
                .headers("CamelKey", "other", "camelkey", "other", "key", "other", "X-Shop", "Rinjani")
                .GET());
        assertThat(json(state).get("key").textValue()).isEqualTo("otp-1");
        assertThat(state.headers().map()).doesNotContainKeys("x-shop", "key");
    }

    @Test
    void anUnknownKeyIsNotFound() throws Exception {
        assertProblem(get("/messages/otp-1"), 404, "There is no message with this key.");
    }

    @Test
    void aRowOfAnotherSourceIsNotFound() throws Exception {
        run.update(
                "INSERT INTO message (account, campaign, key, lane, state) VALUES ('test', 'jms', 'a', 'code', 'SENT'),"
                        + " ('other', 'rest', 'a', 'code', 'SENT')");

        assertThat(get("/messages/a").statusCode()).isEqualTo(404);
    }

    @Test
    void aBodyThatIsTooLongIsNotRead() throws Exception {
        assertThat(post(CODE.replace("482913", "4".repeat(70_000))).statusCode())
                .isEqualTo(413);
        assertThat(run.rows()).isEmpty();
    }

    @Test
    void aFormOfAWebPageIsNotTaken() throws Exception {
        HttpResponse<String> response =
                send(to("/messages").header("Content-Type", "text/plain").POST(BodyPublishers.ofString(CODE)));

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(run.rows()).isEmpty();
    }

    @Test
    void withoutADatabaseTheCallerIsAskedToSendItAgain() throws Exception {
        run.takeTheDatabaseAway();
        HttpResponse<String> response = post(CODE);
        run.bringTheDatabaseBack();

        assertProblem(response, 503, "ask again, with the same key");
        await().atMost(PATIENCE).until(() -> post(CODE).statusCode() == 202);
        assertThat(run.rows()).containsExactly(ROW);
    }

    @Test
    void aMessageThatIsSentAgainBecauseItsAnswerWasLostIsOneRow() throws Exception {
        run.failOnceAtTheEndOf("enqueue");

        assertThat(post(CODE).statusCode()).isEqualTo(503);
        assertThat(post(CODE).statusCode()).isEqualTo(202);
        assertThat(run.rows()).containsExactly(ROW);
    }
}
