package io.github.camelsendtalk.client;

import static io.github.camelsendtalk.support.ScriptedServer.answering;
import static io.github.camelsendtalk.support.ScriptedServer.once;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.http.ConnectionSettings;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.ScriptedServer.Connection;
import io.github.camelsendtalk.support.ScriptedServer.Script;
import io.github.camelsendtalk.support.TestCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the client trusts, and that a connection without trust carries no message; case 16. */
class TlsTest extends WireTestSupport {

    @Test
    void aServerWithATrustedCertificateIsUsed() throws Exception {
        openWith(TestCertificates.trusting(), Duration.ofSeconds(10));
        try (ScriptedServer server = ScriptedServer.startTls(TestCertificates.server("valid"), answering(ACCEPT))) {
            SendTalkClient client = client(server.httpsUrl(), LONG);

            assertThat(result(client.send(MESSAGE)).id()).isEqualTo(ID);
            assertThat(server.request().text()).contains("482913");
        }
    }

    static Stream<Arguments> mistrusted() throws GeneralSecurityException, IOException {
        return Stream.of(
                Arguments.of("unknown authority", "valid", false),
                Arguments.of("wrong host name", "otherHost", true),
                Arguments.of("expired", "expired", true));
    }

    @ParameterizedTest(name = "case 16: {0}")
    @MethodSource("mistrusted")
    void aServerThatCannotBeTrustedGetsNothing(String name, String certificate, boolean trusted) throws Exception {
        openWith(trusted ? TestCertificates.trusting() : null, Duration.ofSeconds(10));
        try (ScriptedServer server = ScriptedServer.startTls(TestCertificates.server(certificate), answering(ACCEPT))) {
            SendTalkException failure = failure(
                    SendTalkTransportException.class,
                    client(server.httpsUrl(), LONG).send(MESSAGE));

            assertNotSent(failure);
            assertThat(failure.getSuppressed()).hasSize(1).hasOnlyElementsOfType(SSLException.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    static Stream<Arguments> noTls() {
        Script closes = connection -> {};
        Script plain = connection -> connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        return Stream.of(
                Arguments.of("resets at once", (Script) Connection::reset),
                Arguments.of("closes at once", closes),
                Arguments.of("speaks plain HTTP", plain));
    }

    @ParameterizedTest(name = "a server that {0}")
    @MethodSource("noTls")
    void aServerThatSpeaksNoTlsGetsNothing(String name, Script script) {
        try (ScriptedServer server = ScriptedServer.start(script)) {
            assertNotSent(failure(
                    SendTalkTransportException.class,
                    client(server.httpsUrl(), LONG).send(MESSAGE)));
        }
    }

    @Test
    void aHandshakeThatIsNeverAnsweredEndsAtTheDeadline() {
        try (ScriptedServer server = ScriptedServer.start(Connection::awaitClientLeaves)) {
            assertNotSent(failure(
                    SendTalkTimeoutException.class,
                    client(server.httpsUrl(), SHORT).send(MESSAGE)));
        }
    }

    @Test
    void aHandshakeThatMetItsConnectTimeoutGivesItsPlaceBack() {
        openWith(null, SHORT, 1);
        try (ScriptedServer silent = ScriptedServer.start(Connection::awaitClientLeaves);
                ScriptedServer server = ScriptedServer.start(answering(ACCEPT))) {
            assertNotSent(
                    failure(client(silent.httpsUrl(), Duration.ofMillis(100)).send(MESSAGE)));

            assertThat(result(client(server).send(MESSAGE)).id()).isEqualTo(ID);
        }
    }

    @Test
    void aHandshakeThatIsNeverAnsweredEndsAtTheConnectTimeout() {
        openWith(null, SHORT);
        try (ScriptedServer server = ScriptedServer.start(Connection::awaitClientLeaves)) {
            assertNotSent(failure(
                    SendTalkTransportException.class,
                    client(server.httpsUrl(), LONG).send(MESSAGE)));
        }
    }

    @ParameterizedTest(name = "{0} HTTP client")
    @ValueSource(strings = {"our own", "the user's"})
    void nothingIsSentWhereTheHandshakeEndsAfterTheCall(String whose) throws Exception {
        CountDownLatch callEnded = new CountDownLatch(1);
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        SSLContext tls = TestCertificates.server("valid");
        Script late = connection -> {
            callEnded.await();
            received.add(handshakeAndRead(tls, connection));
        };
        try (ScriptedServer server = ScriptedServer.start(late);
                CloseableHttpAsyncClient users = trustingUsersClient()) {
            if (whose.equals("our own")) {
                openWith(TestCertificates.trusting(), Duration.ofSeconds(10));
            } else {
                users.start();
                connections.close();
                connections.open(users, "camel-sendtalk/test");
            }

            assertNotSent(failure(
                    SendTalkTimeoutException.class,
                    client(server.httpsUrl(), SHORT).send(MESSAGE)));
            callEnded.countDown();

            assertThat(received.poll(20, TimeUnit.SECONDS)).isNotNull().doesNotContain("482913");
        }
    }

    private static String handshakeAndRead(SSLContext tls, Connection connection) {
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(connection.socket(), null, true)) {
            socket.setUseClientMode(false);
            socket.setSoTimeout(500);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void aTlsConnectionThatBreaksAfterTheRequestLeavesTheOutcomeUnknown() throws Exception {
        openWith(TestCertificates.trusting(), Duration.ofSeconds(10));
        try (ScriptedServer server = ScriptedServer.startTls(TestCertificates.server("valid"), connection -> {
            connection.read();
            connection.reset();
        })) {
            assertUnknown(failure(
                    SendTalkTransportException.class,
                    client(server.httpsUrl(), LONG).send(MESSAGE)));
        }
    }

    static Stream<Arguments> tlsEnds() {
        Script closes = once(ACCEPT);
        Script resets = once(ACCEPT).then(Connection::reset);
        return Stream.of(Arguments.of("closes", closes), Arguments.of("resets", resets));
    }

    @ParameterizedTest(name = "case 17: a TLS server that {0} the connection just when the next call starts")
    @MethodSource("tlsEnds")
    void aTlsConnectionThatEndsWhileTheNextCallStartsNeverCostsASecondMessage(String how, Script script)
            throws Exception {
        SSLContext trusting = TestCertificates.trusting();
        SSLContext tls = TestCertificates.server("valid");
        for (int i = 0; i < 5; i++) {
            openWith(trusting, Duration.ofSeconds(10));
            try (ScriptedServer server = ScriptedServer.startTls(tls, script, answering(ACCEPT))) {
                // the answer itself is lost where a reset overtakes it
                assertFitsWhatArrived(send(client(server.httpsUrl(), LONG), "first", "second"), server);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerThatWantsACertificateOfTheClientGetsNoMessage(String protocol) throws Exception {
        openWith(TestCertificates.trusting(), Duration.ofSeconds(10));
        try (ScriptedServer server = ScriptedServer.startTls(TestCertificates.server("valid"), connection -> {
            SSLSocket socket = (SSLSocket) connection.socket();
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setNeedClientAuth(true);
            connection.read();
        })) {
            SendTalkException failure = failure(
                    SendTalkTransportException.class,
                    client(server.httpsUrl(), LONG).send(MESSAGE));

            // with TLS 1.3 the client may write before the server says that it wants a certificate
            assertThat(failure.isRetryable()).isNotEqualTo(failure.isOutcomeUnknown());
            assertThat(server.requests()).isEmpty();
            if (protocol.equals("TLSv1.2")) {
                assertNotSent(failure);
            }
        }
    }

    @Test
    void r22_aConnectionWhoseTlsComesTooLateForItsCallServesTheNextOne() throws Exception {
        openWith(TestCertificates.trusting(), Duration.ofSeconds(10), 1);
        CountDownLatch late = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.startTls(TestCertificates.server("valid"), connection -> {
            late.await();
            answering(ACCEPT).run(connection);
        })) {
            assertNotSent(failure(
                    SendTalkTimeoutException.class,
                    client(server.httpsUrl(), Duration.ofMillis(300)).send(MESSAGE)));
            CompletionStage<SendResult> next = client(server.httpsUrl(), LONG).send(MESSAGE);

            late.countDown();

            assertThat(result(next).id()).isEqualTo(ID);
            assertThat(server.requests()).hasSize(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    private void openWith(@Nullable SSLContext tls, Duration connectTimeout) {
        openWith(tls, connectTimeout, 10);
    }

    private void openWith(@Nullable SSLContext tls, Duration connectTimeout, int maxConnections) {
        connections.close();
        connections.open(new ConnectionSettings(
                "camel-sendtalk/test", connectTimeout, maxConnections, Duration.ofMinutes(5), tls, null));
    }

    private static CloseableHttpAsyncClient trustingUsersClient() throws GeneralSecurityException, IOException {
        return HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setTlsStrategy(ClientTlsStrategyBuilder.create()
                                .setSslContext(TestCertificates.trusting())
                                .buildAsync())
                        .build())
                .build();
    }
}
