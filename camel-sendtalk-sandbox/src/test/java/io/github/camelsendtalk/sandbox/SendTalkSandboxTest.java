package io.github.camelsendtalk.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.common.Metadata.metadata;
import static io.github.camelsendtalk.sandbox.SandboxClient.idIn;
import static io.github.camelsendtalk.sandbox.SandboxClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendTalkSandboxTest {

    private static final String SEND = "/api/v1/message/send_whatsapp";

    private SendTalkSandbox sandbox;
    private SandboxClient client;

    @BeforeEach
    void start() {
        sandbox = SendTalkSandbox.start();
        client = new SandboxClient(sandbox.baseUrl());
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void messagesAreListedInOrderOfArrival() {
        client.send(text("62811001234", "first"));
        client.send(text("62811005678", "second"));
        client.send(text("62811001234", "third"));

        assertThat(sandbox.messages()).extracting(SandboxMessage::body).containsExactly("first", "second", "third");
        assertThat(sandbox.messagesTo("62811001234"))
                .extracting(SandboxMessage::body)
                .containsExactly("first", "third");
        assertThat(sandbox.messagesTo("62811009999")).isEmpty();
    }

    @Test
    void aMessageIsPendingForASecondByDefault() {
        String id = idIn(client.send(text("62811001234", "Hi")));

        long createdTime = sandbox.messages().get(0).createdTime();
        String status = client.statusOf(id);
        while (status.contains("\"isPending\":true")) {
            status = client.statusOf(id);
        }

        assertThat(status).contains("\"sentTime\":" + (createdTime + 1000));
        assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(createdTime + 1000);
    }

    @Test
    void clearForgetsMessagesAndRequestsAndKeepsStubs() {
        sandbox.wireMock().stubFor(post("/other").willReturn(okJson("{}")));
        String id = idIn(client.send(text("62811001234", "Hi")));

        sandbox.clear();

        assertThat(sandbox.messages()).isEmpty();
        assertThat(sandbox.wireMock().getAllServeEvents()).isEmpty();
        assertThat(client.statusOf(id)).contains("\"code\":\"40401\"");
        assertThat(client.post("/other", "{}").join().statusCode()).isEqualTo(200);
    }

    @Test
    void aStubOfATestGoesBeforeTheSandboxsOwn() {
        sandbox.wireMock().stubFor(post(SEND).willReturn(okJson("{\"mine\":true}")));

        assertThat(client.send(text("62811001234", "Hi"))).isEqualTo("{\"mine\":true}");
        assertThat(client.send("{}")).isEqualTo("{\"mine\":true}");
        assertThat(sandbox.messages()).isEmpty();
    }

    @Test
    void aStubOfATestCanTakeTheMessageAndLoseTheAnswer() {
        sandbox.wireMock()
                .stubFor(post(SEND)
                        .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))
                        .withMetadata(metadata().attr("accepts", true)));

        assertThat(client.sendText("62811001234", "Hi")).failsWithin(Duration.ofSeconds(20));
        assertThat(sandbox.messages()).extracting(SandboxMessage::body).containsExactly("Hi");
    }

    @Test
    void resettingWireMockBringsTheSandboxsStubsBack() {
        sandbox.wireMock().stubFor(post(SEND).willReturn(okJson("{\"mine\":true}")));

        sandbox.wireMock().resetAll();

        assertThat(client.send(text("62811001234", "Hi"))).contains("\"success\":true");
    }

    @Test
    void requestsCanBeVerified() {
        String id = idIn(client.send(text("62811001234", "first")));
        client.send(text("62811001234", "second"));

        sandbox.wireMock().verify(2, postRequestedFor(urlPathEqualTo(SEND)));
        LoggedRequest request =
                sandbox.wireMock().getServedStub(UUID.fromString(id)).getItem().getRequest();
        assertThat(request.getBodyAsString()).isEqualTo(text("62811001234", "first"));
        assertThat(sandbox.wireMock().getAllServeEvents())
                .extracting(event -> event.getRequest().getBodyAsString())
                .containsExactly(text("62811001234", "second"), text("62811001234", "first"));
    }

    @Test
    void theRequestJournalIsTheBoundedOne() {
        assertThat(sandbox.wireMock().getOptions().getStores().getRequestJournalStore())
                .isInstanceOf(RequestJournal.class);
    }

    @Test
    void fiveHundredConcurrentSendsGetDistinctIds() {
        List<HttpResponse<String>> answers = concurrently(500, n -> client.sendText("62811001234", "message " + n));

        List<String> ids =
                answers.stream().map(answer -> idIn(answer.body())).distinct().toList();
        assertThat(ids).hasSize(500);
        assertThat(sandbox.messages()).extracting(SandboxMessage::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(sandbox.messages())
                .extracting(SandboxMessage::body)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 500).mapToObj(n -> "message " + n).toList());
    }

    @Test
    void slowAnswersHoldNoThread() {
        sandbox.wireMock().stubFor(post("/slow").willReturn(okJson("{}").withFixedDelay(2_000)));

        // Were a thread held for each, they would take more than 40 s, and the client would give up after 20.
        List<HttpResponse<String>> answers = concurrently(500, n -> client.post("/slow", "{}"));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
    }

    @Test
    void whatIsNotPartOfTheApiIsNotFound() {
        assertThat(client.get(SEND).statusCode()).isEqualTo(404);
        assertThat(client.get("/index.html").statusCode()).isEqualTo(404);
        assertThat(client.post("/api/v1/message", "{}").join().statusCode()).isEqualTo(404);
    }

    @Test
    void theRequestJournalCannotBeReadOverHttp() {
        client.send(text("62811001234", "Hi"));

        assertThat(client.get("/__admin/requests").statusCode()).isEqualTo(401);
        assertThat(client.get("/__admin/requests").body()).isEmpty();
    }

    @Test
    void noAnswerShowsTheKey() {
        List<HttpResponse<String>> answers = List.of(
                client.sendText("62811001234", "Hi").join(),
                client.sendText("62811000001", "Hi").join(),
                client.post(SEND, "{").join(),
                client.post("/api/v1/message/get_status", "{\"id\": \"unknown\"}")
                        .join(),
                client.post("/elsewhere", "{}").join(),
                client.get(SEND),
                client.get("/__files/sent.json"),
                client.get("/__admin/requests"));

        assertThat(answers)
                .noneMatch(answer -> (answer.body() + answer.headers().map()).contains(client.apiKey()));
    }

    @Test
    void nothingIsPrinted() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream recorder = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(recorder);
        System.setErr(recorder);
        try (SendTalkSandbox other = SendTalkSandbox.start()) {
            SandboxClient otherClient = new SandboxClient(other.baseUrl());
            otherClient.send(text("62811001234", "Hi"));
            otherClient.send("{");
            otherClient.get("/elsewhere");
        } finally {
            System.setOut(out);
            System.setErr(err);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void itListensOnTheLoopbackAddressAtThePortThatIsAskedFor() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        try (SendTalkSandbox fixed = SendTalkSandbox.builder().port(port).start()) {
            assertThat(fixed.baseUrl()).isEqualTo("http://127.0.0.1:" + port);
            assertThat(new SandboxClient(fixed.baseUrl()).send(text("62811001234", "Hi")))
                    .contains("\"success\":true");
        }
    }

    @Test
    void sandboxesKnowNothingOfEachOther() {
        try (SendTalkSandbox other = SendTalkSandbox.start()) {
            String id = idIn(client.send(text("62811001234", "Hi")));

            assertThat(other.messages()).isEmpty();
            assertThat(new SandboxClient(other.baseUrl()).statusOf(id)).contains("\"code\":\"40401\"");
        }
    }

    @Test
    void aNegativeTimeOfPendingIsRefused() {
        assertThatThrownBy(() -> SendTalkSandbox.builder().sentAfter(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sentAfter");
    }

    private static List<HttpResponse<String>> concurrently(
            int times, IntFunction<CompletableFuture<HttpResponse<String>>> call) {
        return IntStream.range(0, times).mapToObj(call).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }
}
