package io.github.camelsendtalk.client;

import static io.github.camelsendtalk.support.ScriptedServer.answering;
import static io.github.camelsendtalk.support.ScriptedServer.json;
import static io.github.camelsendtalk.support.ScriptedServer.once;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.http.ConnectionSettings;
import io.github.camelsendtalk.client.http.ConnectionSettings.Proxy;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.ScriptedServer.Connection;
import io.github.camelsendtalk.support.ScriptedServer.Request;
import io.github.camelsendtalk.support.ScriptedServer.Script;
import io.github.camelsendtalk.support.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forward proxies that work, refuse, fail and are down; case 16. */
class ProxyTest extends WireTestSupport {

    private static final String USER = "proxy-user";
    private static final String PASSWORD = "proxy-p\u00e4ssword:1";
    private static final String LOGIN = "Proxy-Authorization: Basic "
            + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    private static final URI NOWHERE = URI.create("https://sendtalk.invalid");

    private static SSLContext serverTls;
    private static SSLContext clientTls;

    private final BlockingQueue<String> connects = new LinkedBlockingQueue<>();

    @BeforeAll
    static void trustTheServer() throws Exception {
        serverTls = TestCertificates.server("valid");
        clientTls = TestCertificates.trusting();
    }

    @Test
    void aTunnelCarriesTheCallAndTheProxySeesOnlyWhereItGoes() {
        try (ScriptedServer server = ScriptedServer.startTls(serverTls, answering(ACCEPT));
                ScriptedServer proxy = ScriptedServer.start(this::tunnel)) {
            openWith(proxy, null, null);

            assertThat(result(client(server.httpsUrl(), LONG).send(MESSAGE)).id())
                    .isEqualTo(ID);

            assertThat(connects).hasSize(1);
            assertThat(connects.peek())
                    .startsWith("CONNECT 127.0.0.1:%d HTTP/1.1\r\n".formatted(server.port()))
                    .doesNotContain(key)
                    .doesNotContain("API-Key")
                    .doesNotContain("Authorization");
            assertThat(server.request().head()).contains("API-Key: " + key).doesNotContain("Proxy");
        }
    }

    @Test
    void aTunnelIsUsedAgain() {
        try (ScriptedServer server = ScriptedServer.startTls(serverTls, answering(ACCEPT));
                ScriptedServer proxy = ScriptedServer.start(this::tunnel)) {
            openWith(proxy, USER, PASSWORD);
            SendTalkClient client = client(server.httpsUrl(), LONG);

            for (int i = 0; i < 20; i++) {
                result(client.send(MESSAGE));
            }

            assertThat(server.requests()).hasSize(20);
            assertThat(connects).hasSizeLessThan(5);
        }
    }

    @Test
    void theProxyGetsItsLoginUnaskedAndTheServerNeverSeesIt() {
        try (ScriptedServer server = ScriptedServer.startTls(serverTls, answering(ACCEPT));
                ScriptedServer proxy = ScriptedServer.start(this::tunnelWithLogin)) {
            openWith(proxy, USER, PASSWORD);

            assertThat(result(client(server.httpsUrl(), LONG).send(MESSAGE)).id())
                    .isEqualTo(ID);

            assertThat(connects).hasSize(1);
            assertThat(server.request().head()).doesNotContain("Authorization");
        }
    }

    static Stream<Arguments> logins() {
        return Stream.of(Arguments.of("no login", null, null), Arguments.of("a wrong login", USER, "wrong"));
    }

    @ParameterizedTest(name = "case 16: a proxy that answers 407 to {0}")
    @MethodSource("logins")
    void aProxyThatWantsAnotherLoginIsAnErrorToMend(String name, @Nullable String user, @Nullable String password) {
        try (ScriptedServer proxy = ScriptedServer.start(this::tunnelWithLogin)) {
            openWith(proxy, user, password);

            SendTalkException failure =
                    failure(SendTalkApiException.class, client(NOWHERE, LONG).send(MESSAGE));

            assertThat(failure.getHttpStatus()).isEqualTo(407);
            assertThat(failure.isOutcomeUnknown()).isFalse();
            assertThat(failure.isRetryable()).isFalse();
            assertThat(failure).hasMessageContaining("407").hasMessageContaining("proxyHost");
            assertThat(connects).as("the times that it was asked").hasSize(1);
            assertSilent(failure);
        }
    }

    @Test
    void case16_r35_aProxyThatIsDownMeansNotSentAndIsNamed() {
        int port;
        try (ScriptedServer proxy = ScriptedServer.start(connection -> {})) {
            port = proxy.port();
        }
        openWith(new Proxy("http", "127.0.0.1", port, USER, PASSWORD));

        SendTalkException failure =
                failure(SendTalkTransportException.class, client(NOWHERE, LONG).send(MESSAGE));

        assertNotSent(failure);
        assertThat(failure)
                .as("R35")
                .hasMessageContaining("could not be reached through the proxy 127.0.0.1:" + port + " (");
        assertThat(failure.getSuppressed()).hasSize(1);
        assertSilent(failure);
    }

    @Test
    void case16_aProxyThatNobodyKnowsMeansNotSent() {
        openWith(new Proxy("http", "proxy.invalid", 8080, null, null));

        assertNotSent(
                failure(SendTalkTransportException.class, client(NOWHERE, LONG).send(MESSAGE)));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(403, 429, 500, 502, 503, 504)
                .map(status -> Arguments.of("answers HTTP " + status + " to CONNECT", (Script) connection -> {
                    connection.readHead();
                    connection.write(json(status, TAKEN, "Retry-After: 1"));
                    connection.awaitClientLeaves();
                }));
    }

    static Stream<Arguments> failingProxies() {
        Script closes = Connection::readHead;
        Script resets = Connection::reset;
        Script babbles = connection -> {
            connection.readHead();
            connection.write("secret nonsense\r\n\r\n");
        };
        return Stream.concat(
                refusals(),
                Stream.of(
                        Arguments.of("closes without an answer", closes),
                        Arguments.of("resets", resets),
                        Arguments.of("speaks no HTTP", babbles)));
    }

    @ParameterizedTest(name = "case 16: a proxy that {0}")
    @MethodSource("failingProxies")
    void aProxyThatMakesNoTunnelMeansNotSent(String name, Script script) {
        try (ScriptedServer proxy = ScriptedServer.start(script)) {
            openWith(proxy, USER, PASSWORD);

            SendTalkException failure = failure(
                    SendTalkTransportException.class, client(NOWHERE, LONG).send(MESSAGE));

            assertNotSent(failure);
            assertSilent(failure);
            assertThat(failure.toString()).doesNotContain("secret nonsense");
            assertThat(proxy.connections()).isEqualTo(1);
        }
    }

    @Test
    void aProxyThatSaysNothingIsGivenUpAtTheDeadline() {
        try (ScriptedServer proxy = ScriptedServer.start(Connection::awaitClientLeaves)) {
            openWith(proxy, null, null);

            SendTalkException failure = failure(
                    SendTalkTimeoutException.class, client(NOWHERE, SHORT).send(MESSAGE));

            assertNotSent(failure);
            assertThat(failure)
                    .as("R35")
                    .hasMessageContaining("through the proxy 127.0.0.1:%d: no connection", proxy.port());
        }
    }

    @Test
    void aPlainCallGoesThroughAProxyWithItsLogin() {
        try (ScriptedServer proxy = ScriptedServer.start(answering(ACCEPT))) {
            openWith(proxy, USER, PASSWORD);

            assertThat(result(client(URI.create("http://sendtalk.invalid:8080/wa"), LONG)
                                    .send(MESSAGE))
                            .id())
                    .isEqualTo(ID);

            Request request = proxy.request();
            assertThat(request.line())
                    .isEqualTo("POST http://sendtalk.invalid:8080/wa/api/v1/message/send_whatsapp HTTP/1.1");
            assertThat(request.headers()).contains("Host: sendtalk.invalid:8080", LOGIN);
        }
    }

    @ParameterizedTest(name = "a proxy {0} login")
    @ValueSource(strings = {"without", "with"})
    void aForwardProxyCarriesAPlainCallAndTheServerNeverSeesTheLogin(String login) {
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT));
                ScriptedServer proxy = ScriptedServer.start(connection -> forward(connection, login.equals("with")))) {
            openWith(proxy, login.equals("with") ? USER : null, PASSWORD);
            SendTalkClient client = client(server);

            for (int i = 0; i < 3; i++) {
                assertThat(result(client.send(MESSAGE)).id()).isEqualTo(ID);
            }

            assertThat(server.requests())
                    .hasSize(3)
                    .allSatisfy(request -> assertThat(request.head())
                            .startsWith("POST /api/v1/message/send_whatsapp HTTP/1.1\r\n")
                            .contains("API-Key: " + key)
                            .doesNotContain("Proxy-"));
            assertThat(proxy.requests()).hasSize(3);
        }
    }

    static Stream<Arguments> mistrusted() {
        return Stream.of(
                Arguments.of("unknown authority", "valid", false),
                Arguments.of("wrong host name", "otherHost", true),
                Arguments.of("expired", "expired", true));
    }

    @ParameterizedTest(name = "case 16: behind a tunnel, {0}")
    @MethodSource("mistrusted")
    void aServerBehindATunnelThatCannotBeTrustedGetsNothing(String name, String certificate, boolean trusted)
            throws Exception {
        try (ScriptedServer server = ScriptedServer.startTls(TestCertificates.server(certificate), answering(ACCEPT));
                ScriptedServer proxy = ScriptedServer.start(this::tunnel)) {
            openWith(
                    new Proxy("http", "127.0.0.1", proxy.port(), null, null),
                    trusted ? clientTls : SSLContext.getDefault());

            SendTalkException failure = failure(
                    SendTalkTransportException.class,
                    client(server.httpsUrl(), LONG).send(MESSAGE));

            assertNotSent(failure);
            assertThat(server.requests()).isEmpty();
            assertThat(connects).hasSize(1);
        }
    }

    @Test
    void aTunnelThatBreaksAfterTheRequestLeavesTheOutcomeUnknown() {
        try (ScriptedServer server = ScriptedServer.startTls(serverTls, connection -> {
                    connection.read();
                    connection.reset();
                });
                ScriptedServer proxy = ScriptedServer.start(this::tunnel)) {
            openWith(proxy, null, null);

            assertUnknown(failure(
                    SendTalkTransportException.class,
                    client(server.httpsUrl(), LONG).send(MESSAGE)));

            assertThat(server.requests()).hasSize(1);
            assertThat(connects).hasSize(1);
        }
    }

    /** What is told must fit what the server saw, as without a proxy. */
    @Test
    void case17_aTunnelThatEndsWhileTheNextCallStartsNeverCostsASecondMessage() {
        for (int i = 0; i < 4; i++) {
            try (ScriptedServer server = ScriptedServer.startTls(serverTls, once(ACCEPT), answering(ACCEPT));
                    ScriptedServer proxy = ScriptedServer.start(this::tunnel)) {
                openWith(proxy, USER, PASSWORD);

                Map<String, Told> told = send(client(server.httpsUrl(), LONG), "first", "second");

                assertThat(told).containsEntry("first", Told.SENT);
                assertFitsWhatArrived(told, server);
            }
        }
    }

    @ParameterizedTest(name = "HTTP {0} to a plain call")
    @ValueSource(ints = {407, 502})
    void whatAProxyAnswersToAPlainCallCountsAsTheAnswer(int httpStatus) {
        try (ScriptedServer proxy =
                ScriptedServer.start(answering(json(httpStatus, "", "Proxy-Authenticate: Basic realm=\"p\"")))) {
            openWith(proxy, USER, PASSWORD);

            SendTalkException failure =
                    failure(client(URI.create("http://sendtalk.invalid"), LONG).send(MESSAGE));

            assertThat(failure)
                    .isExactlyInstanceOf(
                            httpStatus == 407 ? SendTalkApiException.class : SendTalkServerException.class);
            assertThat(failure.isOutcomeUnknown()).isEqualTo(httpStatus == 502);
            assertThat(failure.isRetryable()).isFalse();
            assertThat(proxy.requests()).hasSize(1);
            assertSilent(failure);
        }
    }

    @Test
    void r40_aUsersClientLogsInToItsProxyWithoutRepeatingTheMessage() throws IOException {
        try (ScriptedServer server = ScriptedServer.startTls(serverTls, answering(ACCEPT));
                ScriptedServer proxy = ScriptedServer.start(this::tunnelWithLogin);
                CloseableHttpAsyncClient http = usersClientBehind(proxy)) {
            openWith(http);

            assertThat(result(client(server.httpsUrl(), LONG).send(MESSAGE)).id())
                    .isEqualTo(ID);

            assertThat(connects).as("the times that the tunnel was asked for").hasSize(2);
            assertThat(server.request().head()).doesNotContain("Authorization");
        }
    }

    @Test
    void r40_aUsersClientDoesNotAnswerAnApiThatAsksForALogin() throws IOException {
        String challenge = json(401, "", "WWW-Authenticate: Basic realm=\"a\"");
        try (ScriptedServer server = ScriptedServer.startTls(serverTls, answering(challenge));
                ScriptedServer proxy = ScriptedServer.start(this::tunnelWithLogin);
                CloseableHttpAsyncClient http = usersClientBehind(proxy)) {
            openWith(http);

            SendTalkException failure = failure(client(server.httpsUrl(), LONG).send(MESSAGE));

            assertThat(failure.getHttpStatus()).isEqualTo(401);
            assertThat(server.request().head()).doesNotContain("Authorization");
        }
    }

    @Test
    void r40_aUsersProxyThatAsksForALoginForAPlainCallIsAnErrorToMend() throws IOException {
        try (ScriptedServer proxy =
                        ScriptedServer.start(answering(json(407, "", "Proxy-Authenticate: Basic realm=\"p\"")));
                CloseableHttpAsyncClient http = usersClientBehind(proxy)) {
            openWith(http);

            SendTalkException failure =
                    failure(client(URI.create("http://sendtalk.invalid"), LONG).send(MESSAGE));

            assertThat(failure.getHttpStatus()).isEqualTo(407);
            assertThat(proxy.requests()).hasSize(1);
        }
    }

    private static CloseableHttpAsyncClient usersClientBehind(ScriptedServer proxy) {
        BasicCredentialsProvider anywhere = new BasicCredentialsProvider();
        anywhere.setCredentials(
                new AuthScope(null, null, -1, null, null),
                new UsernamePasswordCredentials(USER, PASSWORD.toCharArray()));
        return HttpAsyncClients.custom()
                .setProxy(new HttpHost("127.0.0.1", proxy.port()))
                .setDefaultCredentialsProvider(anywhere)
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setTlsStrategy(ClientTlsStrategyBuilder.create()
                                .setSslContext(clientTls)
                                .buildAsync())
                        .build())
                .build();
    }

    private void openWith(CloseableHttpAsyncClient http) {
        http.start();
        connections.close();
        connections.open(http, "camel-sendtalk/test");
    }

    @Test
    void theTextFormOfAProxyHoldsNoLogin() {
        Proxy proxy = new Proxy("http", "127.0.0.1", 8080, USER, PASSWORD);
        ConnectionSettings settings = settings(proxy, clientTls);

        assertThat(proxy + " " + settings).contains("8080").doesNotContain(USER).doesNotContain(PASSWORD);
    }

    private void tunnel(Connection client) throws IOException {
        tunnel(client, client.readHead());
    }

    /** Sends plain requests on to where their first line says, one connection each, and never the login. */
    private static void forward(Connection client, boolean login) throws IOException {
        while (true) {
            Request request = client.read();
            if (request.head().contains(LOGIN + "\r\n") != login) {
                client.write(
                        "HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n");
                continue;
            }
            URI target = URI.create(request.line().split(" ")[1]);
            String head = request.head()
                    .replace(target.toString(), target.getRawPath())
                    .replace(LOGIN + "\r\n", "")
                    .replace("Connection: keep-alive", "Connection: close");
            try (Socket server = new Socket(target.getHost(), target.getPort())) {
                server.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
                server.getOutputStream().write(request.body());
                client.write(server.getInputStream().readNBytes(ACCEPT.length()));
            }
        }
    }

    private void tunnelWithLogin(Connection client) throws IOException {
        String head = client.readHead();
        if (head.contains(LOGIN + "\r\n")) {
            tunnel(client, head);
            return;
        }
        connects.add(head);
        client.write("HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n");
        tunnelWithLogin(client);
    }

    private void tunnel(Connection client, String head) throws IOException {
        connects.add(head);
        int port = Integer.parseInt(head.replaceFirst("(?s)^CONNECT 127\\.0\\.0\\.1:(\\d+) .*", "$1"));
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.write("HTTP/1.1 200 Connected\r\n\r\n");
            client.tunnelTo(server);
        }
    }

    private void openWith(ScriptedServer proxy, @Nullable String user, @Nullable String password) {
        openWith(new Proxy("http", "127.0.0.1", proxy.port(), user, password));
    }

    private void openWith(Proxy proxy) {
        openWith(proxy, clientTls);
    }

    private void openWith(Proxy proxy, SSLContext tls) {
        connections.close();
        connections.open(settings(proxy, tls));
    }

    private static ConnectionSettings settings(Proxy proxy, SSLContext tls) {
        return new ConnectionSettings(
                "camel-sendtalk/test", Duration.ofSeconds(10), 10, Duration.ofMinutes(5), tls, proxy);
    }

    private void assertSilent(SendTalkException failure) {
        List<String> secrets = List.of(key, PASSWORD, LOGIN.substring(28), "482913", PHONE);
        assertThat(failure + Arrays.toString(failure.getSuppressed())).doesNotContain(secrets);
    }
}
