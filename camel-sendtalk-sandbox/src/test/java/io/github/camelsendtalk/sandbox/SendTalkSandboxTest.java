package io.github.camelsendtalk.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.common.Metadata.metadata;
import static io.github.camelsendtalk.sandbox.SandboxClient.compact;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                client.get("/__files/status.json"),
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
    void aBuilderThatIsUsedAgainChangesNoSandboxThatItMade() {
        SendTalkSandbox.Builder builder = SendTalkSandbox.builder();
        try (SendTalkSandbox first = builder.start();
                SendTalkSandbox second = builder.host("localhost").start()) {
            assertThat(first.baseUrl()).startsWith("http://127.0.0.1:");
            assertThat(second.baseUrl()).startsWith("http://localhost:");
        }
    }

    @Test
    void aBlankHostOrKeyIsRefused() {
        assertThatThrownBy(() -> SendTalkSandbox.builder().host("")).hasMessage("host must not be blank");
        assertThatThrownBy(() -> SendTalkSandbox.builder().apiKey(" ")).hasMessage("apiKey must not be blank");
    }

    @Test
    void aMistakeInTheSandboxsOwnApiIsNoRefusedMessage() {
        client.post("/_sandbox/clock", "{}").join();

        assertThat(client.ask("/_sandbox/messages").get("total").asInt()).isZero();
    }

    @Test
    void aTimeThatIsNegativeOrEndlessIsRefused() {
        assertThatThrownBy(() -> SendTalkSandbox.builder().sentAfter(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sentAfter must be between 0 and 3650 days, but is PT-0.001S");
        assertThatThrownBy(() -> SendTalkSandbox.builder().readAfter(Duration.ofMillis(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("readAfter");
    }

    @Test
    @Timeout(30)
    void awaitReturnsAsSoonAsTheMessagesAreThere() {
        CompletableFuture<List<SandboxMessage>> messages = new CompletableFuture<>();
        Thread waiting = new Thread(() -> messages.complete(sandbox.await(2, Duration.ofSeconds(20))));
        waiting.start();
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        client.send(text("62811001234", "first"));
        client.send("{}");
        assertThat(messages).isNotDone();
        client.send(text("62811001234", "second"));

        assertThat(messages.orTimeout(5, TimeUnit.SECONDS).join())
                .extracting(SandboxMessage::body)
                .containsExactly("first", "second");
    }

    @Test
    void awaitDoesNotWaitForWhatIsThere() {
        client.send(text("62811001234", "Hi"));

        assertThat(sandbox.await(0, Duration.ZERO)).hasSize(1);
        assertThat(sandbox.await(1, Duration.ZERO)).hasSize(1);
    }

    @Test
    void awaitSaysHowManyMessagesCameAndWhyOthersWereRefused() {
        client.send(text("62811001234", "Hi"));
        client.send(text("62811000001", "Hi"));
        client.send(text("62811000001", "Hi"));
        client.send("{}");

        assertThatThrownBy(() -> sandbox.await(2, Duration.ofMillis(100)))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "Of 2 messages 1 came within PT0.1S; refused: "
                                + "[The recipient is invalid (invalid_recipient), on purpose: the number ends in 0001, Phone is required (40002)].");
    }

    @Test
    void awaitCountsFromTheLastClear() {
        client.send(text("62811001234", "Hi"));
        client.send("{}");

        sandbox.clear();

        assertThatThrownBy(() -> sandbox.await(1, Duration.ZERO))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Of 1 messages 0 came within PT0S; no request was refused.");
    }

    @Test
    void awaitTakesAnyTime() {
        client.send(text("62811001234", "Hi"));

        assertThat(sandbox.await(1, Duration.ofSeconds(Long.MAX_VALUE))).hasSize(1);
    }

    @Test
    void awaitCanBeInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> sandbox.await(1, Duration.ofSeconds(20)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Interrupted while waiting for 1 messages");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aFrozenClockGoesForwardByStepsOnly() {
        Instant instant = Instant.parse("2030-01-01T00:00:00Z");
        try (SendTalkSandbox frozen =
                SendTalkSandbox.builder().frozenAt(instant).start()) {
            SandboxClient frozenClient = new SandboxClient(frozen.baseUrl());

            frozenClient.send(text("62811001234", "first"));
            frozen.step(Duration.ofDays(1));
            frozenClient.send(text("62811001234", "second"));

            assertThat(frozen.messages())
                    .extracting(message -> Instant.ofEpochMilli(message.createdTime()))
                    .containsExactly(instant, instant.plus(Duration.ofDays(1)));
            assertThatThrownBy(() -> frozen.step(Duration.ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The clock steps forward, at most 3650 days at a time, not by PT-0.001S");
        }
    }

    @Test
    void resetBringsTheStartBack() {
        sandbox.wireMock().stubFor(post("/other").willReturn(okJson("{}")));
        sandbox.step(Duration.ofDays(1));
        client.send(text("62811001234", "Hi"));
        client.send("{}");

        sandbox.reset();

        assertThat(sandbox.messages()).isEmpty();
        assertThat(sandbox.wireMock().getAllServeEvents()).isEmpty();
        assertThat(client.ask("/_sandbox/messages").get("total").asInt()).isZero();
        assertThat(client.ask("/_sandbox/clock").get("now").asLong()).isLessThanOrEqualTo(System.currentTimeMillis());
        assertThatThrownBy(() -> sandbox.await(1, Duration.ZERO)).isInstanceOf(AssertionError.class);
        assertThat(client.post("/other", "{}").join().statusCode()).isEqualTo(404);
    }

    @Test
    void nobodyMeetsASandboxWithoutStubsDuringAReset() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        CountDownLatch toAsk = new CountDownLatch(50);
        CompletableFuture<Set<Integer>> statuses = CompletableFuture.supplyAsync(() -> {
            Set<Integer> seen = new HashSet<>();
            while (!isOver.get()) {
                seen.add(client.get("/_sandbox/health").statusCode());
                toAsk.countDown();
            }
            return seen;
        });

        for (int i = 0; i < 50 || (toAsk.getCount() > 0 && !statuses.isDone()); i++) {
            sandbox.reset();
        }
        isOver.set(true);

        assertThat(statuses.get(20, TimeUnit.SECONDS)).containsExactly(200);
    }

    @Test
    void resetBringsChangedStubsBackAndTheGlobalSettings() {
        sandbox.wireMock()
                .editStub(post(urlPathEqualTo(SEND))
                        .withId(sandbox.wireMock().getStubMappings().get(0).getId())
                        .willReturn(serviceUnavailable()));
        sandbox.wireMock().getStubMappings().stream()
                .filter(stub -> stub.getName() != null && stub.getName().equals("send: accepted"))
                .forEach(sandbox.wireMock()::removeStub);
        sandbox.wireMock().setGlobalFixedDelay(60_000);

        sandbox.reset();

        assertThat(client.send(text("62811001234", "Hi"))).contains("added to queue");
        assertThat(client.get("/_sandbox/health").statusCode()).isEqualTo(200);
        assertThat(client.postWithoutKey(SEND).body()).contains("40001");
    }

    @Test
    void aSandboxWithAKeyRefusesOthers() {
        try (SendTalkSandbox guarded =
                SendTalkSandbox.builder().apiKey(client.apiKey()).start()) {
            SandboxClient other = new SandboxClient(guarded.baseUrl());
            String refused = compact("""
                    {
                      "status": 400,
                      "error": {"code": "49103", "message": "API-Key is not found", "field": ""},
                      "data": []
                    }
                    """);

            assertThat(other.send(text("62811001234", "Hi"))).isEqualTo(refused);
            assertThat(other.send("{}")).isEqualTo(refused);
            assertThat(other.statusOf("unknown")).isEqualTo(refused);
            assertThat(other.postWithoutKey(SEND).body()).contains("\"code\":\"40001\"");
            assertThat(other.postWithoutKey(SEND, "API-Key", client.apiKey()).body())
                    .contains("Phone is required");
            assertThat(other.ask("/_sandbox/messages").findValuesAsText("refused"))
                    .startsWith("API-Key is not found (49103)")
                    .hasSize(5);
            assertThat(guarded.messages()).isEmpty();
        }
    }

    @Test
    void itWarnsWhenOthersCanReachIt() {
        assertThat(warningsOnStart("0.0.0.0"))
                .containsExactly(
                        "The sandbox listens on 0.0.0.0, beyond this machine: whoever reaches it can read the messages.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void itDoesNotWarnOnTheLoopbackAddress(String host) {
        assertThat(warningsOnStart(host)).isEmpty();
    }

    @Test
    void aTakenPortIsNamedInOneSentence() {
        int port = sandbox.wireMock().port();

        assertThatThrownBy(() -> SendTalkSandbox.builder().port(port).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The sandbox can't listen on port " + port + " of 127.0.0.1 (")
                .hasMessageEndingWith("): choose another port or address.");
    }

    @Test
    void aHostThatIsNotThisMachineIsNamedInOneSentence() {
        assertThatThrownBy(
                        () -> SendTalkSandbox.builder().host("nowhere.invalid").start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nowhere.invalid")
                .hasMessageNotContaining("null");
    }

    @Test
    void aMessageOfFiveMillionCharactersIsKept() {
        String body = "a".repeat(5_000_000);

        assertThat(client.send(text("62811001234", body))).contains("\"success\":true");

        assertThat(sandbox.messages()).extracting(SandboxMessage::body).containsExactly(body);
    }

    @Test
    void whatAStubOfATestRefusesIsSeenAsRefused() {
        sandbox.wireMock().stubFor(post(SEND).willReturn(serviceUnavailable()));
        client.sendText("62811001234", "Hi").join();
        sandbox.wireMock().stubFor(post(SEND).willReturn(okJson("{\"error\":{\"code\":42,\"message\":\"No\"}}")));
        client.send(text("62811001234", "Hi"));
        client.post("/elsewhere", "Hi").join();

        assertThat(client.ask("/_sandbox/messages").findValuesAsText("refused"))
                .containsExactly("HTTP 503", "No (42)", "HTTP 404");
        assertThat(sandbox.messages()).isEmpty();
    }

    private static List<String> warningsOnStart(String host) {
        List<String> warnings = new ArrayList<>();
        Handler recorder = new ConsoleHandler() {
            @Override
            public void publish(LogRecord warning) {
                warnings.add(new SimpleFormatter().formatMessage(warning));
            }
        };
        Logger logger = Logger.getLogger(SendTalkSandbox.class.getName());
        logger.addHandler(recorder);
        try {
            SendTalkSandbox.builder().host(host).start().close();
        } finally {
            logger.removeHandler(recorder);
        }
        return warnings;
    }

    private static List<HttpResponse<String>> concurrently(
            int times, IntFunction<CompletableFuture<HttpResponse<String>>> call) {
        return IntStream.range(0, times).mapToObj(call).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }
}
