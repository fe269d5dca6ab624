package io.github.camelsendtalk.client;

import static io.github.camelsendtalk.support.ScriptedServer.answering;
import static io.github.camelsendtalk.support.ScriptedServer.json;
import static io.github.camelsendtalk.support.ScriptedServer.once;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.ScriptedServer.Connection;
import io.github.camelsendtalk.support.ScriptedServer.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that break before, while and after the request was written, and between two calls; cases 15 and 17. */
class BrokenConnectionTest extends WireTestSupport {

    private static final SendTalkMessage LARGE =
            new SendTalkMessage(PHONE, MessageType.TEXT, "x".repeat(1024 * 1024), null, null);

    @Test
    void case15_aRefusedConnectionMeansNotSent() throws IOException {
        SendTalkException failure = failure(
                SendTalkTransportException.class,
                client(URI.create("http://127.0.0.1:" + closedPort()), LONG).send(MESSAGE));

        assertNotSent(failure);
        assertThat(failure)
                .hasMessageContaining("could not be reached")
                .hasMessageContaining("Nothing was sent: repeating is safe.");
        assertThat(failure.getSuppressed()).hasSize(1).hasOnlyElementsOfType(IOException.class);
    }

    @Test
    void case15_anUnknownHostMeansNotSent() {
        SendTalkException failure = failure(
                SendTalkTransportException.class,
                client(URI.create("http://sendtalk.invalid"), LONG).send(MESSAGE));

        assertNotSent(failure);
        assertThat(failure).hasMessageContaining("sendtalk.invalid");
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void case15_noRouteMeansNotSent() {
        SendTalkException failure =
                failure(client(URI.create("http://255.255.255.255"), SHORT).send(MESSAGE));

        assertThat(failure).isInstanceOf(SendTalkTransportException.class);
        assertNotSent(failure);
    }

    static Stream<Arguments> breaks() {
        Script resetWhileWriting = connection -> {
            connection.socket().getInputStream().readNBytes(1_000);
            connection.reset();
        };
        Script resetAfterReading = connection -> {
            connection.read();
            connection.reset();
        };
        Script closedAfterReading = Connection::read;
        Script resetInTheBody = connection -> {
            connection.read();
            connection.write(ACCEPT.substring(0, ACCEPT.length() - 10));
            connection.reset();
        };
        Script closedInTheBody = connection -> {
            connection.read();
            connection.write(ACCEPT.substring(0, ACCEPT.length() - 10));
        };
        return Stream.of(
                Arguments.of("reset while the request was written", LARGE, resetWhileWriting),
                Arguments.of("reset after the request was read", MESSAGE, resetAfterReading),
                Arguments.of("reset after a large request was read", LARGE, resetAfterReading),
                Arguments.of("closed without a reply", MESSAGE, closedAfterReading),
                Arguments.of("reset in the body of the answer", MESSAGE, resetInTheBody),
                Arguments.of("closed in the body of the answer", MESSAGE, closedInTheBody));
    }

    @ParameterizedTest(name = "case 15: {0}")
    @MethodSource("breaks")
    void aConnectionThatBreaksOnceTheRequestIsOnItsWayLeavesTheOutcomeUnknown(
            String name, SendTalkMessage message, Script script) {
        try (ScriptedServer server = ScriptedServer.start(script)) {
            SendTalkException failure =
                    failure(SendTalkTransportException.class, client(server).send(message));

            assertUnknown(failure);
            assertThat(failure).hasMessageContaining("broke").hasMessageContaining("do not repeat it blindly");
            assertThat(failure.getSuppressed()).hasSize(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void case15_aStatusMayBeAskedForAgainHoweverTheConnectionBroke() {
        try (ScriptedServer server = ScriptedServer.start(Connection::read)) {
            SendTalkException failure =
                    failure(SendTalkTransportException.class, client(server).status(ID));

            assertThat(failure.isOutcomeUnknown()).isFalse();
            assertThat(failure.isRetryable()).isTrue();
            assertThat(failure).hasMessageContaining("Asking again is safe.");
        }
    }

    @Test
    void case15_aConnectionThatIsResetAtOnceGivesOneTransportFailure() {
        try (ScriptedServer server = ScriptedServer.start(Connection::reset)) {
            SendTalkClient client = client(server);
            for (int i = 0; i < 50; i++) {
                SendTalkException failure = failure(SendTalkTransportException.class, client.send(MESSAGE));

                assertThat(failure.isRetryable()).isNotEqualTo(failure.isOutcomeUnknown());
            }
        }
    }

    @ParameterizedTest(name = "case 17: {0}")
    @ValueSource(strings = {"closed", "reset"})
    void aKeptAliveConnectionThatTheServerEndedIsReplaced(String how) throws InterruptedException {
        CountDownLatch clientNoticed = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(
                connection -> {
                    connection.read();
                    connection.write(ACCEPT);
                    connection.socket().shutdownOutput();
                    connection.awaitClientLeaves();
                    clientNoticed.countDown();
                    if (how.equals("reset")) {
                        connection.reset();
                    }
                },
                answering(ACCEPT))) {
            SendTalkClient client = client(server);
            result(client.send(MESSAGE));
            assertThat(clientNoticed.await(20, TimeUnit.SECONDS)).isTrue();

            assertThat(result(client.send(MESSAGE)).id()).isEqualTo(ID);
            assertThat(server.connections()).isEqualTo(2);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void case17_aConnectionThatTheServerSaidItWouldCloseIsNotUsedAgain() {
        String last = json(200, TAKEN, "Connection: close");
        try (ScriptedServer server = ScriptedServer.start(once(last))) {
            SendTalkClient client = client(server);
            for (int i = 0; i < 50; i++) {
                assertThat(result(client.send(MESSAGE)).id()).isEqualTo(ID);
            }
            assertThat(server.connections()).isEqualTo(50);
        }
    }

    static Stream<Arguments> suddenEnds() {
        Script closed = once(ACCEPT);
        Script reset = once(ACCEPT).then(Connection::reset);
        Script halfClosed = connection -> {
            connection.read();
            connection.write(ACCEPT);
            connection.socket().shutdownOutput();
            connection.read();
        };
        return Stream.of(
                Arguments.of("closes", closed), Arguments.of("resets", reset), Arguments.of("half-closes", halfClosed));
    }

    /**
     * A server that ends a kept-alive connection without a word may do so while the next request is on its way. No client
     * can know then whether it was read; but what we say must fit what the server saw, and no message may arrive twice.
     */
    @ParameterizedTest(name = "case 17: a server that {0} the connection just when the next call starts")
    @MethodSource("suddenEnds")
    void aConnectionThatEndsWhileTheNextCallStartsNeverCostsASecondMessage(String how, Script script) {
        int succeeded = 0;
        for (int i = 0; i < 60; i++) {
            try (ScriptedServer server = ScriptedServer.start(script, answering(ACCEPT))) {
                open();
                // the answer itself is lost where a reset overtakes it
                Map<String, Told> told = send(client(server), "first", "second");
                assertFitsWhatArrived(told, server);
                if (told.get("second") == Told.SENT) {
                    succeeded++;
                }
            }
        }
        assertThat(succeeded).as("calls that found the connection ended").isPositive();
    }

    static Stream<Arguments> endsOfNewConnections() {
        Script closedAtOnce = connection -> {};
        Script halfClosedAtOnce = connection -> {
            connection.socket().shutdownOutput();
            connection.read();
        };
        Script resetAfterTheHead = connection -> {
            connection.readHead();
            connection.reset();
        };
        Script resetWithTheAnswer = once(ACCEPT).then(Connection::reset);
        return Stream.of(
                Arguments.of("is reset before a byte was read", (Script) Connection::reset),
                Arguments.of("is closed before a byte was read", closedAtOnce),
                Arguments.of("is half-closed before a byte was read", halfClosedAtOnce),
                Arguments.of("is reset after the head of the request", resetAfterTheHead),
                Arguments.of("is reset behind the answer", resetWithTheAnswer));
    }

    @ParameterizedTest(name = "case 15: what is told of a connection that {0} fits what the server saw")
    @MethodSource("endsOfNewConnections")
    void whatIsToldFitsWhatTheServerSaw(String how, Script script) {
        try (ScriptedServer server = ScriptedServer.start(script)) {
            String[] texts = IntStream.range(0, 30).mapToObj(i -> "text " + i).toArray(String[]::new);

            assertFitsWhatArrived(send(client(server), texts), server);
        }
    }

    static Stream<Arguments> halfClosings() {
        return Stream.of(
                Arguments.of("without an answer", ""),
                Arguments.of("after the head of the answer", ACCEPT.substring(0, ACCEPT.indexOf("{"))),
                Arguments.of("in the body of the answer", ACCEPT.substring(0, ACCEPT.length() - 10)));
    }

    @ParameterizedTest(name = "case 15: half-closed {0}")
    @MethodSource("halfClosings")
    void aHalfClosedConnectionEndsTheCallLongBeforeTheDeadline(String name, String answer) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.read();
            connection.write(answer);
            connection.socket().shutdownOutput();
            connection.awaitClientLeaves();
            left.countDown();
        })) {
            assertUnknown(
                    failure(SendTalkTransportException.class, client(server).send(MESSAGE)));

            assertThat(left.await(20, TimeUnit.SECONDS))
                    .as("the connection was dropped")
                    .isTrue();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    /** The system accepts what the server does not; when the listener goes, it resets what waits in the queue. */
    @Test
    void case15_aConnectionThatIsResetInTheQueueOfTheListenerEndsTheCallOnce() throws IOException {
        for (int i = 0; i < 20; i++) {
            ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            CompletionStage<SendResult> call = client(URI.create("http://127.0.0.1:" + listener.getLocalPort()), LONG)
                    .send(MESSAGE);
            listener.close();

            SendTalkException failure = failure(SendTalkTransportException.class, call);

            assertThat(failure.isRetryable()).isNotEqualTo(failure.isOutcomeUnknown());
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
