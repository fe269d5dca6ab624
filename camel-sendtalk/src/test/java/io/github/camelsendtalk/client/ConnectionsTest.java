package io.github.camelsendtalk.client;

import static io.github.camelsendtalk.support.ScriptedServer.answering;
import static io.github.camelsendtalk.support.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsendtalk.client.http.ConnectionSettings;
import io.github.camelsendtalk.support.Answers;
import io.github.camelsendtalk.support.FullBacklog;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.ScriptedServer.Request;
import io.github.camelsendtalk.support.ScriptedServer.Script;
import io.github.camelsendtalk.support.SystemSockets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of the connections: many calls at once, closing and opening again. */
class ConnectionsTest extends WireTestSupport {

    private static final Pattern BODY = Pattern.compile("\"(?:body|id)\":\"([^\"]*)\"");

    /** Answers with what the request said, so that an answer that crosses is seen. */
    private static final Script ECHO = connection -> {
        while (true) {
            Request request = connection.read();
            Matcher body = BODY.matcher(request.text());
            String said = body.find() ? body.group(1) : "";
            connection.write(json(
                    200,
                    request.line().contains("send_whatsapp")
                            ? TAKEN.replace(ID, said)
                            : Answers.SENT.replace("\"sent\"", "\"" + said + "\"")));
        }
    };

    @Test
    void case34_noAnswerCrossesAmong500Calls() {
        try (ScriptedServer server = ScriptedServer.start(ECHO)) {
            SendTalkClient client = client(server);
            Map<String, CompletionStage<SendResult>> sends = new LinkedHashMap<>();
            Map<String, CompletionStage<MessageStatus>> questions = new LinkedHashMap<>();

            for (int i = 0; i < 250; i++) {
                sends.put("send-" + i, client.send(text("send-" + i)));
                questions.put("ask-" + i, client.status("ask-" + i));
            }

            sends.forEach((said, answer) -> assertThat(result(answer).id()).isEqualTo(said));
            questions.forEach(
                    (said, answer) -> assertThat(result(answer).status()).isEqualTo(said));
            assertThat(server.requests()).hasSize(500);
            assertThat(server.connections()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void connectionsAreUsedAgain() {
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT))) {
            SendTalkClient client = client(server);
            SendTalkClient another = connections.client(server.url(), key, LONG, LONG);

            for (int i = 0; i < 100; i++) {
                result(client.send(MESSAGE));
                result(another.send(MESSAGE));
            }

            // the answer is there a moment before its connection is free again, so it may take more than one
            assertThat(server.connections()).isLessThanOrEqualTo(5);
        }
    }

    @Test
    void noMoreConnectionsAreOpenedThanAllowed() {
        connections.close();
        connections.open(new ConnectionSettings(
                "camel-sendtalk/test", Duration.ofSeconds(10), 3, Duration.ofMinutes(5), null, null));
        try (ScriptedServer server = ScriptedServer.start(ECHO)) {
            SendTalkClient client = client(server);
            List<CompletionStage<SendResult>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                calls.add(client.send(MESSAGE));
            }

            calls.forEach(WireTestSupport::result);

            assertThat(server.connections()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void aConnectionIsNotUsedBeyondItsTimeToLive() {
        connections.close();
        connections.open(new ConnectionSettings(
                "camel-sendtalk/test", Duration.ofSeconds(10), 3, Duration.ofMillis(1), null, null));
        CountDownLatch old = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT))) {
            SendTalkClient client = client(server);
            result(client.send(MESSAGE));
            connections.schedule(old::countDown, Duration.ofMillis(5));
            await(old);

            result(client.send(MESSAGE));

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void r25_aConnectionThatWasIdleForLongIsNotUsedAgain() {
        openWithMaxIdle(Duration.ofMillis(300));
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT))) {
            sendWithPauses(server, Duration.ofMillis(600));

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @ParameterizedTest(name = "R25: with Keep-Alive: {0}, {2} connections for a second call after {1} ms")
    @CsvSource({"timeout=1, 1500, 2", "timeout=60, 1500, 1", "'max=10, timeout=1', 1500, 2", "timeout=0, 100, 2"})
    void aConnectionIsUsedAgainAsLongAsTheServerSays(String keepAlive, int pause, int connectionsInAll) {
        String answer = json(200, TAKEN, "Keep-Alive: " + keepAlive);
        try (ScriptedServer server = ScriptedServer.start(answering(answer))) {
            sendWithPauses(server, Duration.ofMillis(pause));

            assertThat(server.connections()).isEqualTo(connectionsInAll);
        }
    }

    @Test
    void r25_aServerThatSaysALongTimeIsNotBelieved() {
        openWithMaxIdle(Duration.ofMillis(300));
        String answer = json(200, TAKEN, "Keep-Alive: timeout=3600");
        try (ScriptedServer server = ScriptedServer.start(answering(answer))) {
            sendWithPauses(server, Duration.ofMillis(600));

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void r25_anIdleConnectionIsKeptAliveByTheSystem() {
        SystemSockets.assumeTheyAreListed();
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT))) {
            result(client(server).send(MESSAGE));

            assertThat(SystemSockets.timersOfConnectionsTo(server.port(), SystemSockets.ESTABLISHED))
                    .hasSize(1)
                    .allMatch(timer -> timer.startsWith("02:"), "waits to probe");
        }
    }

    private void openWithMaxIdle(Duration maxIdle) {
        connections.close();
        connections.open(ConnectionSettings.of("camel-sendtalk/test"), SystemDefaultDnsResolver.INSTANCE, maxIdle);
    }

    private void sendWithPauses(ScriptedServer server, Duration pause) {
        result(client(server).send(MESSAGE));
        CountDownLatch later = new CountDownLatch(1);
        connections.schedule(later::countDown, pause);
        await(later);
        result(client(server).send(MESSAGE));
    }

    @ParameterizedTest(name = "{0} HTTP client")
    @ValueSource(strings = {"our own", "the user's"})
    void closingEndsTheCallsUnderWay(String whose) throws IOException {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.read();
                    arrived.countDown();
                    connection.awaitClientLeaves();
                    left.countDown();
                });
                CloseableHttpAsyncClient http = HttpAsyncClients.createDefault()) {
            openFor(whose, http);
            CompletionStage<SendResult> send = client(server).send(MESSAGE);
            await(arrived);

            connections.close();

            SendTalkException failure = failure(SendTalkTransportException.class, send);
            assertUnknown(failure);
            assertThat(failure).hasMessageContaining("the connections were closed");
            if (whose.equals("our own")) {
                // a client of the user's may keep the connection until the response timeout: HttpClient can't always
                // cancel
                await(left);
            }
        }
    }

    @Test
    void closingEndsCallsThatWaitForAConnectionAsNotSent() throws IOException {
        try (FullBacklog hole = new FullBacklog()) {
            SendTalkClient client = client(hole.url(), LONG);
            List<CompletionStage<SendResult>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                calls.add(client.send(MESSAGE));
            }

            connections.close();

            calls.forEach(call -> assertNotSent(failure(SendTalkTransportException.class, call)));
        }
    }

    @Test
    void aStatusThatWasClosedMayBeAskedForAgain() {
        CountDownLatch arrived = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.read();
            arrived.countDown();
            connection.awaitClientLeaves();
        })) {
            CompletionStage<MessageStatus> status = client(server).status(ID);
            await(arrived);

            connections.close();

            SendTalkException failure = failure(SendTalkTransportException.class, status);
            assertThat(failure.isOutcomeUnknown()).isFalse();
            assertThat(failure.isRetryable()).isTrue();
        }
    }

    @Test
    void callsThatMeetTheClosingEndOnceWithTheRightOutcomeAndNoErrorIsLogged() throws InterruptedException {
        PrintStream err = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT))) {
            for (int round = 0; round < 20; round++) {
                SendTalkConnections closing = new SendTalkConnections();
                closing.open(ConnectionSettings.of("camel-sendtalk/test"));
                SendTalkClient client = closing.client(server.url(), key, LONG, LONG);
                String name = "round-" + round + "-";
                Thread closer = new Thread(closing::close);
                List<CompletionStage<String>> calls = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    if (i == 20) {
                        closer.start();
                    }
                    calls.add(outcome(client.send(text(name + i))));
                }
                closer.join();

                for (int i = 0; i < calls.size(); i++) {
                    if (result(calls.get(i)).equals("not sent")) {
                        String json = "\"" + name + i + "\"";
                        assertThat(server.requests())
                                .noneMatch(request -> request.text().contains(json));
                    }
                }
            }
        } finally {
            System.setErr(err);
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("ERROR");
    }

    private static CompletionStage<String> outcome(CompletionStage<SendResult> call) {
        return call.handle((result, failure) -> {
            if (failure == null) {
                return "sent";
            }
            assertThat(failure).isExactlyInstanceOf(SendTalkTransportException.class);
            return ((SendTalkException) failure).isOutcomeUnknown() ? "unknown" : "not sent";
        });
    }

    @Test
    void aCallAfterClosingIsNotSent() {
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT))) {
            SendTalkClient client = client(server);
            connections.close();

            assertNotSent(failure(SendTalkTransportException.class, client.send(MESSAGE)));
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void aCallBeforeOpeningIsNotSent() {
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT))) {
            SendTalkConnections unopened = new SendTalkConnections();

            assertNotSent(failure(
                    SendTalkTransportException.class,
                    unopened.client(server.url(), key, LONG, LONG).send(MESSAGE)));
            unopened.close();
        }
    }

    @Test
    void clientsGoOnAfterOpeningAgain() {
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT))) {
            SendTalkClient client = client(server);
            for (int i = 0; i < 3; i++) {
                assertThat(result(client.send(MESSAGE)).id()).isEqualTo(ID);
                connections.close();
                connections.open(ConnectionSettings.of("camel-sendtalk/test"));
            }
            assertThat(result(client.send(MESSAGE)).id()).isEqualTo(ID);
        }
    }

    @Test
    void openingAgainEndsTheCallsUnderWayAndTheThreads() throws InterruptedException {
        CountDownLatch arrived = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(
                connection -> {
                    connection.read();
                    arrived.countDown();
                    connection.awaitClientLeaves();
                },
                answering(ACCEPT))) {
            SendTalkClient client = client(server);
            CompletionStage<SendResult> call = client.send(MESSAGE);
            await(arrived);
            List<Thread> first = ourThreads();
            assertThat(first).isNotEmpty();

            connections.open(ConnectionSettings.of("camel-sendtalk/test"));

            assertUnknown(failure(SendTalkTransportException.class, call));
            assertEnd(first);
            assertThat(result(client.send(MESSAGE)).id()).isEqualTo(ID);
        }
    }

    @ParameterizedTest(name = "R44: a bound of {0} ms")
    @ValueSource(longs = {Long.MAX_VALUE, 86_400_001, 0, -1})
    void aBoundThatIsNoneIsRefused(long millis) {
        Duration bound = Duration.ofMillis(millis);
        URI url = URI.create("http://localhost:1");

        assertThatThrownBy(() -> connections.client(url, key, bound, LONG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The connectionRequestTimeout is " + bound + ": use");
        assertThatThrownBy(() -> connections.client(url, key, LONG, bound))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The requestTimeout is " + bound + ": use");
    }

    @Test
    void closingTwiceIsAllowed() {
        connections.close();
        connections.close();
    }

    @Test
    void case32_aUsersClientIsUsedAndNotClosed() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT));
                CloseableHttpAsyncClient http = HttpAsyncClients.createDefault()) {
            openFor("the user's", http);
            assertThat(result(client(server).send(MESSAGE)).id()).isEqualTo(ID);

            connections.close();

            connections.open(http, "camel-sendtalk/test");
            assertThat(result(client(server).send(MESSAGE)).id()).isEqualTo(ID);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aUsersClientThatIsClosedMeansNotSent() throws IOException {
        CloseableHttpAsyncClient http = HttpAsyncClients.createDefault();
        openFor("the user's", http);
        http.close();
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT))) {
            assertNotSent(
                    failure(SendTalkTransportException.class, client(server).send(MESSAGE)));
        }
    }

    @Test
    void closingEndsTheThreads() throws InterruptedException {
        connections.close();
        SendTalkConnections closing = new SendTalkConnections();
        List<Thread> before = ourThreads();
        closing.open(ConnectionSettings.of("camel-sendtalk/test"));
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT))) {
            result(closing.client(server.url(), key, LONG, LONG).send(MESSAGE));
        }
        List<Thread> threads = new ArrayList<>(ourThreads());
        threads.removeAll(before);
        assertThat(threads).isNotEmpty();

        closing.close();

        assertEnd(threads);
    }

    private static void assertEnd(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    private static List<Thread> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("sendtalk"))
                .toList();
    }

    @Test
    void aTaskRunsLaterAndNotAfterClosing() {
        CountDownLatch ran = new CountDownLatch(1);
        connections.schedule(ran::countDown, Duration.ofMillis(1));
        await(ran);

        connections.close();

        assertThatThrownBy(() -> connections.schedule(ran::countDown, Duration.ZERO))
                .isInstanceOf(RejectedExecutionException.class);
    }

    private void openFor(String whose, CloseableHttpAsyncClient http) {
        if (whose.equals("the user's")) {
            http.start();
            connections.close();
            connections.open(http, "camel-sendtalk/test");
        }
    }

    private static SendTalkMessage text(String text) {
        return new SendTalkMessage(PHONE, MessageType.TEXT, text, null, null);
    }
}
