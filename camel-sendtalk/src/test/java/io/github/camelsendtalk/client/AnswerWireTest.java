package io.github.camelsendtalk.client;

import static com.github.tomakehurst.wiremock.common.Gzip.gzip;
import static io.github.camelsendtalk.support.ScriptedServer.answering;
import static io.github.camelsendtalk.support.ScriptedServer.json;
import static io.github.camelsendtalk.support.ScriptedServer.once;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.support.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How answers are read off the wire, and that none of them makes the client call again; cases 2, 11, 12 and 14. */
class AnswerWireTest extends WireTestSupport {

    private static final String SECRET = "secret-in-the-answer";

    @Test
    void case2_http204IsAnUnreadableSuccess() {
        try (ScriptedServer server = ScriptedServer.start(answering("HTTP/1.1 204 No Content\r\n\r\n"))) {
            SendTalkException failure =
                    failure(SendTalkResponseException.class, client(server).send(MESSAGE));

            assertUnknown(failure);
            assertThat(failure.getHttpStatus()).isEqualTo(204);
        }
    }

    @ParameterizedTest(name = "case 11: gzip, header \"{0}\"")
    @ValueSource(strings = {"Content-Encoding: gzip", "Content-Encoding: identity", "X-Other: 1"})
    void gzipIsReadThoughItWasNotAskedFor(String header) {
        byte[] body = gzip(TAKEN.getBytes(StandardCharsets.UTF_8));
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.read();
            connection.write("HTTP/1.1 200 OK\r\n%s\r\nContent-Length: %d\r\n\r\n".formatted(header, body.length));
            connection.write(body);
        })) {
            assertThat(result(client(server).send(MESSAGE)).id()).isEqualTo(ID);
        }
    }

    static Stream<Arguments> framings() {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        String chunk = "%x;ext=1\r\n%s\r\n".formatted(TAKEN.length() - 40, TAKEN.substring(0, TAKEN.length() - 40))
                + "28\r\n" + TAKEN.substring(TAKEN.length() - 40) + "\r\n0\r\n";
        return Stream.of(
                Arguments.of("chunked", head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + "\r\n"),
                Arguments.of(
                        "chunked with a trailer",
                        head + "Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n" + chunk + "X-Sum: 1\r\n\r\n"),
                Arguments.of("ended by closing", head + "Connection: close\r\n\r\n" + TAKEN),
                Arguments.of("HTTP/1.0", head.replace("1.1", "1.0") + "\r\n" + TAKEN),
                Arguments.of("100 Continue first", "HTTP/1.1 100 Continue\r\n\r\n" + ACCEPT),
                Arguments.of(
                        "103 Early Hints and 102 first",
                        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + ACCEPT),
                Arguments.of("line feeds alone", (head + "\r\n").replace("\r\n", "\n") + TAKEN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("framings")
    void anAnswerIsReadHoweverItIsFramed(String name, String answer) {
        try (ScriptedServer server = ScriptedServer.start(once(answer))) {
            assertThat(result(client(server).send(MESSAGE)).id()).isEqualTo(ID);
        }
    }

    @Test
    void anAnswerIsReadThoughItComesByteByByte() {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.read();
            connection.socket().setTcpNoDelay(true);
            for (byte b : ACCEPT.getBytes(StandardCharsets.UTF_8)) {
                connection.write(new byte[] {b});
            }
            connection.awaitClientLeaves();
        })) {
            assertThat(result(client(server).send(MESSAGE)).id()).isEqualTo(ID);
        }
    }

    @Test
    void anAnswerBeforeTheWholeRequestWasReadCounts() {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            connection.awaitClientLeaves();
        })) {
            SendTalkMessage large = new SendTalkMessage(PHONE, MessageType.TEXT, "x".repeat(1024 * 1024), null, null);

            SendTalkException failure =
                    failure(SendTalkApiException.class, client(server).send(large));

            assertThat(failure.getHttpStatus()).isEqualTo(413);
        }
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("no HTTP at all", SECRET + "\r\n\r\n"),
                Arguments.of("a status that is not a number", "HTTP/1.1 " + SECRET + " OK\r\n\r\n"),
                Arguments.of("an unknown version", "HTTP/7.3 200 " + SECRET + "\r\n\r\n"),
                Arguments.of("a header without a colon", "HTTP/1.1 200 OK\r\n" + SECRET + "\r\n\r\n"),
                Arguments.of(
                        "a length that is none", "HTTP/1.1 200 OK\r\nContent-Length: " + SECRET + "\r\n\r\n" + TAKEN),
                Arguments.of(
                        "two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Length: 10\r\n\r\n" + SECRET),
                Arguments.of(
                        "a chunk size that is none",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + SECRET + "\r\n"),
                Arguments.of(
                        "a chunk without its end",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello" + SECRET + "\r\n"),
                Arguments.of(
                        "an unknown transfer encoding",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + SECRET + "\r\n\r\n" + TAKEN),
                Arguments.of(
                        "an answer cut in the middle",
                        "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + SECRET + TAKEN),
                Arguments.of("a head cut in the middle", "HTTP/1.1 200 OK\r\nX-Some: " + SECRET));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void aMalformedAnswerLeavesTheOutcomeUnknownAndIsNotQuoted(String name, String answer) {
        try (ScriptedServer server = ScriptedServer.start(once(answer))) {
            SendTalkException failure = failure(client(server).send(MESSAGE));

            assertUnknown(failure);
            assertThat(failure)
                    .isInstanceOfAny(SendTalkTransportException.class, SendTalkResponseException.class)
                    .isNotInstanceOf(SendTalkTimeoutException.class);
            assertThat(failure.toString() + Arrays.toString(failure.getSuppressed()))
                    .doesNotContain(SECRET)
                    .doesNotContain("\n");
            assertThat(server.requests()).hasSize(1);
        }
    }

    static Stream<Arguments> endlessHeads() {
        return Stream.of(
                Arguments.of("a header", "HTTP/1.1 200 OK\r\nX-Long: ", "x".repeat(1024)),
                Arguments.of("headers", "HTTP/1.1 200 OK\r\n", "X-More: y\r\n".repeat(100)),
                Arguments.of("a status line", "HTTP/1.1 200 ", "x".repeat(1024)));
    }

    @ParameterizedTest(name = "case 10: {0} without an end")
    @MethodSource("endlessHeads")
    void aHeadWithoutAnEndIsGivenUpBeforeTheDeadline(String name, String begin, String more) {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.read();
            connection.write(begin);
            while (true) {
                connection.write(more);
            }
        })) {
            assertUnknown(
                    failure(SendTalkTransportException.class, client(server).send(MESSAGE)));
        }
    }

    static Stream<Arguments> redirects() {
        return Stream.of(301, 302, 303, 307, 308)
                .flatMap(status -> Stream.of(Arguments.of(status, "our own"), Arguments.of(status, "the user's")));
    }

    @ParameterizedTest(name = "case 12: HTTP {0}, {1} HTTP client")
    @MethodSource("redirects")
    void theKeyFollowsNoRedirect(int httpStatus, String whose) throws IOException {
        try (ScriptedServer other = ScriptedServer.start(answering(ACCEPT));
                ScriptedServer server =
                        ScriptedServer.start(answering(json(httpStatus, TAKEN, "Location: " + other.url())));
                CloseableHttpAsyncClient http = usersClient()) {
            openFor(whose, http);

            SendTalkException failure =
                    failure(SendTalkApiException.class, client(server).send(MESSAGE));

            assertThat(failure.getHttpStatus()).isEqualTo(httpStatus);
            assertThat(failure.isOutcomeUnknown())
                    .as("303 says that the request was worked on")
                    .isEqualTo(httpStatus == 303);
            assertThat(failure.isRetryable()).isFalse();
            assertThat(server.requests()).hasSize(1);
            assertThat(other.connections()).isZero();
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(401, 407, 429, 500, 503)
                .flatMap(status -> Stream.of(Arguments.of(status, "our own"), Arguments.of(status, "the user's")));
    }

    @ParameterizedTest(name = "case 14: HTTP {0}, {1} HTTP client")
    @MethodSource("refusals")
    void noRefusalMakesTheClientCallAgain(int httpStatus, String whose) throws IOException {
        String answer = json(
                httpStatus,
                "{}",
                "Retry-After: 1",
                "WWW-Authenticate: Basic realm=\"a\"",
                "Proxy-Authenticate: Basic realm=\"a\"");
        try (ScriptedServer server = ScriptedServer.start(answering(answer), answering(ACCEPT));
                CloseableHttpAsyncClient http = usersClient()) {
            openFor(whose, http);

            SendTalkException failure = failure(client(server).send(MESSAGE));

            assertThat(failure).isInstanceOf(SendTalkApiException.class);
            assertThat(failure.getHttpStatus()).isEqualTo(httpStatus);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0} HTTP client")
    @ValueSource(strings = {"our own", "the user's"})
    void aBrokenConnectionMakesNoClientCallAgain(String whose) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        connection -> {
                            connection.read();
                            connection.reset();
                        },
                        answering(ACCEPT));
                CloseableHttpAsyncClient http = usersClient()) {
            openFor(whose, http);

            assertUnknown(
                    failure(SendTalkTransportException.class, client(server).send(MESSAGE)));

            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aUsersClientKeepsNoCookiesOfTheApi() throws IOException {
        BasicCookieStore cookies = new BasicCookieStore();
        String answer = json(200, TAKEN, "Set-Cookie: session=1; Path=/");
        try (ScriptedServer server = ScriptedServer.start(answering(answer));
                CloseableHttpAsyncClient http =
                        HttpAsyncClients.custom().setDefaultCookieStore(cookies).build()) {
            openFor("the user's", http);
            SendTalkClient client = client(server);

            result(client.send(MESSAGE));
            result(client.send(MESSAGE));

            assertThat(cookies.getCookies()).isEmpty();
            assertThat(server.requests().get(1).head()).doesNotContainIgnoringCase("cookie");
        }
    }

    private void openFor(String whose, CloseableHttpAsyncClient http) {
        if (whose.equals("the user's")) {
            http.start();
            connections.close();
            connections.open(http, "camel-sendtalk/test");
        }
    }

    /** A client as HttpClient 5 makes it: it repeats, follows redirects, keeps cookies and logs in. */
    private static CloseableHttpAsyncClient usersClient() {
        BasicCredentialsProvider credentials = new BasicCredentialsProvider();
        credentials.setCredentials(
                new AuthScope(null, -1), new UsernamePasswordCredentials("user", "password".toCharArray()));
        return HttpAsyncClients.custom()
                .setDefaultCredentialsProvider(credentials)
                .build();
    }
}
