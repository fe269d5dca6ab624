package io.github.camelsendtalk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.RawServer.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
        Script closedAfterReading = RawServer.Connection::read;
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
        try (RawServer server = RawServer.start(script)) {
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
        try (RawServer server = RawServer.start(RawServer.Connection::read)) {
            SendTalkException failure =
                    failure(SendTalkTransportException.class, client(server).status(ID));

            assertThat(failure.isOutcomeUnknown()).isFalse();
            assertThat(failure.isRetryable()).isTrue();
            assertThat(failure).hasMessageContaining("Asking again is safe.");
        }
    }

    @Test
    void case15_aConnectionThatIsResetAtOnceGivesOneTransportFailure() {
        try (RawServer server = RawServer.start(RawServer.Connection::reset)) {
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
        try (RawServer server = RawServer.start(
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
                RawServer.answering(ACCEPT))) {
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
        String last = RawServer.json(200, TAKEN, "Connection: close");
        try (RawServer server = RawServer.start(connection -> {
            connection.read();
            connection.write(last);
        })) {
            SendTalkClient client = client(server);
            for (int i = 0; i < 50; i++) {
                assertThat(result(client.send(MESSAGE)).id()).isEqualTo(ID);
            }
            assertThat(server.connections()).isEqualTo(50);
        }
    }

    /**
     * A server that closes without a word may do so while the next request is on its way. No client can know then
     * whether it was read; but what we say must fit what the server saw, and no message may arrive twice.
     */
    @Test
    void case17_aConnectionThatIsClosedWhileTheNextCallStartsNeverCostsASecondMessage() {
        int succeeded = 0;
        for (int i = 0; i < 100; i++) {
            try (RawServer server = RawServer.start(
                    connection -> {
                        connection.read();
                        connection.write(ACCEPT);
                    },
                    RawServer.answering(ACCEPT))) {
                SendTalkClient client = client(server);
                result(client.send(MESSAGE));
                try {
                    result(client.send(MESSAGE));
                    succeeded++;
                    assertThat(server.requests()).hasSize(2);
                } catch (CompletionException e) {
                    assertThat(e.getCause()).isExactlyInstanceOf(SendTalkTransportException.class);
                    assertThat(server.requests()).hasSize(1);
                }
            }
        }
        assertThat(succeeded).as("calls that found the connection closed").isPositive();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
