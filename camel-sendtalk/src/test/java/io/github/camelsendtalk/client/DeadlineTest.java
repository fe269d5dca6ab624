package io.github.camelsendtalk.client;

import static io.github.camelsendtalk.support.ScriptedServer.answering;
import static io.github.camelsendtalk.support.ScriptedServer.json;
import static io.github.camelsendtalk.support.ScriptedServer.once;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.http.Answer;
import io.github.camelsendtalk.client.http.ConnectionSettings;
import io.github.camelsendtalk.support.FullBacklog;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.ScriptedServer.Connection;
import io.github.camelsendtalk.support.ScriptedServer.Request;
import io.github.camelsendtalk.support.ScriptedServer.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two bounds cover the whole call, and what they end leaves nothing behind; case 10. */
class DeadlineTest extends WireTestSupport {

    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration DRIP = Duration.ofMillis(20);
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private static final Script SILENT = connection -> {
        connection.read();
        connection.awaitClientLeaves();
    };

    @Test
    void case10_aBodyWithoutAnEndIsGivenUpAtTheFirstByteTooMany() {
        CountDownLatch left = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.read();
            connection.write(HEAD + "Connection: close\r\n\r\n{\"data\": \"");
            byte[] junk = "x".repeat(64 * 1024).getBytes();
            try {
                while (true) {
                    connection.write(junk);
                }
            } catch (IOException e) {
                left.countDown();
            }
        })) {
            SendTalkException failure =
                    inTime(LONG, () -> failure(client(server).send(MESSAGE)));

            assertUnknown(failure);
            assertThat(failure)
                    .isExactlyInstanceOf(SendTalkResponseException.class)
                    .hasMessageContaining("longer than 1 MiB");
            await(left);
        }
    }

    @Test
    void case10_aBodyOf1GBAnnouncedIsGivenUpAtOnce() {
        CountDownLatch left = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.read();
            connection.write(HEAD + "Content-Length: 1073741824\r\n\r\n{");
            connection.awaitClientLeaves();
            left.countDown();
        })) {
            SendTalkException failure =
                    inTime(Duration.ZERO, () -> failure(client(server).send(MESSAGE)));

            assertUnknown(failure);
            assertThat(failure).isExactlyInstanceOf(SendTalkResponseException.class);
            await(left);
        }
    }

    @Test
    void case10_anErrorOf1GBAnnouncedIsWhatItsHttpStatusSays() {
        try (ScriptedServer server = ScriptedServer.start(
                once("HTTP/1.1 429 No\r\nContent-Length: 1073741824\r\n\r\n{").then(Connection::awaitClientLeaves))) {
            failure(SendTalkRateLimitException.class, client(server).send(MESSAGE));
        }
    }

    @Test
    void aBodyOfExactly1MiBIsRead() {
        try (ScriptedServer server =
                ScriptedServer.start(answering(json(200, TAKEN + " ".repeat(Answer.MAX_BYTES - TAKEN.length()))))) {
            assertThat(result(client(server).send(MESSAGE)).id()).isEqualTo(ID);
        }
    }

    static Stream<Arguments> drips() {
        String chunked = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
        return Stream.of(
                Arguments.of("a body", HEAD + "Content-Length: 100000\r\n\r\n", " "),
                Arguments.of("chunks", chunked, "1\r\n \r\n"),
                Arguments.of("a chunk's size", chunked, "0"),
                Arguments.of("a header", HEAD + "X-Long: ", "x"),
                Arguments.of("headers", HEAD, "X: y\r\n"),
                Arguments.of("informational answers", "", "HTTP/1.1 102 Processing\r\n\r\n"));
    }

    @ParameterizedTest(name = "case 10: {0} dripping past the deadline")
    @MethodSource("drips")
    void aDrippingAnswerIsGivenUpAtTheDeadline(String name, String head, String drop) {
        CountDownLatch left = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.read();
            connection.write(head);
            try {
                while (!connection.clientLeaves(DRIP)) {
                    connection.write(drop);
                }
            } finally {
                left.countDown();
            }
        })) {
            SendTalkException failure =
                    inTime(SHORT, () -> failure(client(server.url(), SHORT).send(MESSAGE)));

            assertUnknown(failure);
            assertThat(failure)
                    .isExactlyInstanceOf(SendTalkTimeoutException.class)
                    .hasMessageContaining("within 500 ms");
            await(left);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"a body", "informational answers"})
    void aUsersClientStopsReadingADrippingAnswerAsWell(String what) throws IOException {
        String head = what.equals("a body") ? HEAD + "Content-Length: 100000\r\n\r\n" : "";
        String drop = what.equals("a body") ? " " : "HTTP/1.1 102 Processing\r\n\r\n";
        CountDownLatch left = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.read();
                    if (first.getAndSet(false)) {
                        connection.write(ACCEPT);
                        connection.read();
                    }
                    connection.write(head);
                    try {
                        while (!connection.clientLeaves(DRIP)) {
                            connection.write(drop);
                        }
                    } finally {
                        left.countDown();
                    }
                });
                CloseableHttpAsyncClient http = HttpAsyncClients.createDefault()) {
            http.start();
            connections.close();
            connections.open(http, "camel-sendtalk/test");
            result(client(server).send(MESSAGE));

            assertUnknown(inTime(
                    SHORT, () -> failure(client(server.url(), SHORT).send(MESSAGE))));

            await(left);
        }
    }

    @Test
    void aSilentServerIsGivenUpAtTheDeadline() {
        try (ScriptedServer server = ScriptedServer.start(SILENT)) {
            SendTalkException failure =
                    inTime(SHORT, () -> failure(client(server.url(), SHORT).send(MESSAGE)));

            assertUnknown(failure);
            assertThat(failure).isExactlyInstanceOf(SendTalkTimeoutException.class);
        }
    }

    @Test
    void aStatusMayBeAskedForAgainAfterTheDeadline() {
        try (ScriptedServer server = ScriptedServer.start(SILENT)) {
            SendTalkException failure =
                    inTime(SHORT, () -> failure(client(server.url(), SHORT).status(ID)));

            assertThat(failure).isExactlyInstanceOf(SendTalkTimeoutException.class);
            assertThat(failure.isOutcomeUnknown()).isFalse();
            assertThat(failure.isRetryable()).isTrue();
        }
    }

    @Test
    void aServerThatDoesNotReadIsGivenUpAtTheDeadline() {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(connection -> over.await())) {
            SendTalkMessage large = new SendTalkMessage(PHONE, MessageType.TEXT, "é".repeat(1024 * 1024), null, null);

            SendTalkException failure =
                    inTime(SHORT, () -> failure(client(server.url(), SHORT).send(large)));
            over.countDown();

            assertUnknown(failure);
            assertThat(failure).isExactlyInstanceOf(SendTalkTimeoutException.class);
        }
    }

    @Test
    void case15_aServerThatNeverAcceptsIsGivenUpAtTheDeadline() throws IOException {
        try (ServerSocket idle = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + idle.getLocalPort());

            SendTalkException failure =
                    inTime(SHORT, () -> failure(client(url, SHORT).send(MESSAGE)));

            // the system took the connection and the request, and the server may still read them
            assertUnknown(failure);
            assertThat(failure).isExactlyInstanceOf(SendTalkTimeoutException.class);
        }
    }

    @Test
    void theDeadlineCoversTheWaitForAConnection() {
        useConnections(1);
        CountDownLatch first = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(
                connection -> {
                    connection.read();
                    first.countDown();
                    connection.awaitClientLeaves();
                },
                answering(ACCEPT))) {
            CompletionStage<SendResult> holder =
                    client(server.url(), Duration.ofSeconds(2)).send(MESSAGE);
            await(first);

            SendTalkException failure =
                    inTime(SHORT, () -> failure(client(server.url(), SHORT).send(MESSAGE)));

            assertNotSent(failure);
            assertThat(failure)
                    .isExactlyInstanceOf(SendTalkTimeoutException.class)
                    .hasMessageContaining("no connection was free")
                    .hasMessageContaining("within 500 ms (send, connectionRequestTimeout)")
                    .hasMessageContaining("raise maxConnections");
            assertUnknown(failure(holder));
            assertThat(result(client(server).send(MESSAGE)).id()).isEqualTo(ID);
            assertThat(server.requests()).as("the call that never got a turn").hasSize(2);
        }
    }

    @ParameterizedTest(name = "after {0} answers on the same connection")
    @ValueSource(ints = {0, 1, 2})
    void aCallThatMetItsDeadlineGivesItsConnectionBack(int answers) {
        useConnections(1);
        CountDownLatch left = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(
                connection -> {
                    for (int i = 0; i < answers; i++) {
                        connection.read();
                        connection.write(ACCEPT);
                    }
                    connection.read();
                    connection.awaitClientLeaves();
                    left.countDown();
                },
                answering(ACCEPT))) {
            for (int i = 0; i < answers; i++) {
                result(client(server).send(MESSAGE));
            }

            assertUnknown(inTime(
                    SHORT, () -> failure(client(server.url(), SHORT).send(MESSAGE))));

            assertThat(result(client(server).send(MESSAGE)).id()).isEqualTo(ID);
            await(left);
        }
    }

    @Test
    void aUsersClientGetsItsConnectionBackAsWell() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        connection -> {
                            connection.read();
                            connection.write(ACCEPT);
                            connection.read();
                            connection.awaitClientLeaves();
                        },
                        answering(ACCEPT));
                CloseableHttpAsyncClient http = HttpAsyncClients.custom()
                        .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                                .setMaxConnTotal(1)
                                .build())
                        .build()) {
            http.start();
            connections.close();
            connections.open(http, "camel-sendtalk/test");
            result(client(server).send(MESSAGE));

            assertUnknown(inTime(
                    SHORT, () -> failure(client(server.url(), SHORT).send(MESSAGE))));

            assertThat(result(client(server).send(MESSAGE)).id()).isEqualTo(ID);
        }
    }

    @Test
    void callsWithRandomDeadlinesLeaveThePoolWhole() {
        useConnections(2);
        Random random = new Random(20261123);
        AtomicInteger accepted = new AtomicInteger();
        Script slow = connection -> {
            Duration pause = Duration.ofMillis(1 + accepted.getAndIncrement() % 5);
            while (true) {
                connection.read();
                if (connection.clientLeaves(pause)) {
                    return;
                }
                connection.write(ACCEPT);
            }
        };
        try (ScriptedServer server = ScriptedServer.start(slow)) {
            List<CompletionStage<SendResult>> calls = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                calls.add(client(server.url(), Duration.ofMillis(1 + random.nextInt(400)))
                        .send(MESSAGE));
            }
            calls.forEach(DeadlineTest::end);

            SendTalkClient patient = client(server);
            for (int i = 0; i < 5; i++) {
                assertThat(result(patient.send(MESSAGE)).id()).isEqualTo(ID);
            }
        }
    }

    @Test
    void case15_aConnectThatIsNeverAnsweredIsGivenUpAtTheDeadline() throws IOException {
        try (FullBacklog hole = new FullBacklog()) {
            SendTalkException failure =
                    inTime(SHORT, () -> failure(client(hole.url(), SHORT).send(MESSAGE)));

            assertNotSent(failure);
            assertThat(failure).isExactlyInstanceOf(SendTalkTimeoutException.class);
        }
    }

    @Test
    void case15_aConnectThatIsNeverAnsweredIsGivenUpAtTheConnectTimeout() throws IOException {
        connections.close();
        connections.open(new ConnectionSettings("camel-sendtalk/test", SHORT, 1, Duration.ofMinutes(5), null, null));
        try (FullBacklog hole = new FullBacklog()) {
            SendTalkException failure =
                    inTime(SHORT, () -> failure(client(hole.url(), LONG).send(MESSAGE)));

            assertNotSent(failure);
            assertThat(failure).isExactlyInstanceOf(SendTalkTransportException.class);
        }
    }

    @Test
    void aConnectThatMetItsConnectTimeoutGivesItsPlaceBack() throws IOException {
        connections.close();
        connections.open(new ConnectionSettings("camel-sendtalk/test", SHORT, 1, Duration.ofMinutes(5), null, null));
        try (FullBacklog hole = new FullBacklog();
                ScriptedServer server = ScriptedServer.start(answering(ACCEPT))) {
            assertNotSent(failure(client(hole.url(), Duration.ofMillis(100)).send(MESSAGE)));

            assertThat(result(client(server).send(MESSAGE)).id()).isEqualTo(ID);
        }
    }

    @Test
    void r22_aConnectionThatComesTooLateForItsCallServesTheNextOne() {
        SlowNames names = new SlowNames();
        useConnections(1, names);
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT))) {
            assertNotSent(failure(client(slowUrl(server), SHORT).send(MESSAGE)));
            CompletionStage<SendResult> next = client(slowUrl(server), LONG).send(MESSAGE);

            names.resolved().countDown();

            assertThat(result(next).id()).isEqualTo(ID);
            assertThat(server.requests()).hasSize(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    /** What each call was told against what the server received: deadlines that meet the moment of sending. */
    @Test
    void aCallThatWasToldNotSentNeverArrives() {
        Random random = new Random(20261123);
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT))) {
            Set<String> notSent = new HashSet<>();
            for (int i = 0; i < 2_000; i++) {
                String text = "message " + i;
                CompletionStage<SendResult> call = client(server.url(), Duration.ofNanos(1 + random.nextInt(2_000_000)))
                        .send(new SendTalkMessage(PHONE, MessageType.TEXT, text, null, null));
                if (outcome(call) instanceof SendTalkException failure && !failure.isOutcomeUnknown()) {
                    notSent.add(text);
                }
            }
            result(client(server).send(MESSAGE));

            assertThat(server.requests())
                    .extracting(Request::text)
                    .noneMatch(json -> notSent.stream().anyMatch(text -> json.contains("\"" + text + "\"")));
            assertThat(notSent).as("calls that ended before they were sent").isNotEmpty();
        }
    }

    @Test
    void case15_aNameThatResolvesSlowlyIsGivenUpAtTheDeadline() {
        SlowNames names = new SlowNames();
        useConnections(10, names);
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT))) {
            assertNotSent(inTime(
                    SHORT, () -> failure(client(slowUrl(server), SHORT).send(MESSAGE))));

            names.resolved().countDown();
            assertThat(result(client(slowUrl(server), LONG).send(MESSAGE)).id()).isEqualTo(ID);
            assertThat(server.requests()).hasSize(1);
        }
    }

    /** The slow name is looked up when a connection is given back, which the I/O thread does that the others need. */
    @Test
    void case15_aNameThatResolvesSlowlyHoldsUpNoOtherAnswer() {
        SlowNames names = new SlowNames();
        useConnections(4, names);
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(acceptingAfter(first), acceptingAfter(others))) {
            List<CompletionStage<SendResult>> calls = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                calls.add(client(server).send(MESSAGE));
            }
            CompletionStage<SendResult> slow = client(slowUrl(server), LONG).send(MESSAGE);
            first.countDown();
            await(names.asked());

            others.countDown();
            calls.forEach(DeadlineTest::end);

            assertThat(slow.toCompletableFuture()).isNotDone();
            names.resolved().countDown();
            end(slow);
        }
    }

    @Test
    void case15_aLookupThatFailsInAnyWayEndsTheCallAtOnce() {
        useConnections(1, new SystemDefaultDnsResolver() {
            @Override
            public InetAddress[] resolve(String host) {
                throw new IllegalStateException("no answer");
            }
        });

        SendTalkException failure = inTime(
                SHORT,
                () -> failure(
                        client(URI.create("http://" + SlowNames.SLOW), LONG).send(MESSAGE)));

        assertNotSent(failure);
        assertThat(failure).hasMessageContaining("IllegalStateException: no answer");
    }

    private static Script acceptingAfter(CountDownLatch event) {
        return connection -> {
            connection.read();
            event.await();
            connection.write(ACCEPT);
            connection.awaitClientLeaves();
        };
    }

    private static URI slowUrl(ScriptedServer server) {
        return URI.create("http://" + SlowNames.SLOW + ":" + server.port());
    }

    private static Throwable outcome(CompletionStage<SendResult> call) {
        return result(call.handle((result, failure) -> failure == null ? new Throwable("sent") : failure));
    }

    private void useConnections(int maxConnections) {
        useConnections(maxConnections, SystemDefaultDnsResolver.INSTANCE);
    }

    private void useConnections(int maxConnections, DnsResolver names) {
        connections.close();
        connections.open(
                new ConnectionSettings(
                        "camel-sendtalk/test",
                        Duration.ofSeconds(10),
                        maxConnections,
                        Duration.ofMinutes(5),
                        null,
                        null),
                names,
                Duration.ofSeconds(50));
    }

    /** Names that resolve to this machine, one of them once a test says so. */
    private record SlowNames(CountDownLatch asked, CountDownLatch resolved) implements DnsResolver {

        static final String SLOW = "sendtalk.invalid";

        SlowNames() {
            this(new CountDownLatch(1), new CountDownLatch(1));
        }

        @Override
        public InetAddress[] resolve(String host) {
            if (host.equals(SLOW)) {
                asked.countDown();
                await(resolved);
            }
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    private static void end(CompletionStage<SendResult> call) {
        CompletableFuture<SendResult> future = call.toCompletableFuture();
        assertThat(future.handle((result, failure) -> "ended")).succeedsWithin(Duration.ofSeconds(10));
    }

    /** Runs a call that must end by its deadline, and a second of grace for a busy machine. */
    private static <T> T inTime(Duration deadline, Supplier<T> call) {
        long start = System.nanoTime();
        T value = call.get();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(deadline.plus(GRACE));
        return value;
    }
}
