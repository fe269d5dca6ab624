package io.github.camelsendtalk.client;

import static io.github.camelsendtalk.support.ScriptedServer.answering;
import static io.github.camelsendtalk.support.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsendtalk.client.http.ConnectionSettings;
import io.github.camelsendtalk.support.Answers;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.ScriptedServer.Request;
import java.net.URI;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request is, to the byte; hard cases 21 and 25. */
class RequestWireTest extends WireTestSupport {

    private static final String LONE_SURROGATE = "Hi \ud83d";

    private final ScriptedServer server = ScriptedServer.start(answering(ACCEPT));

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void aSendHasItsPathAndExactlyTheseHeaders() {
        result(client(server).send(MESSAGE));

        Request request = server.request();
        assertThat(request.line()).isEqualTo("POST /api/v1/message/send_whatsapp HTTP/1.1");
        assertThat(request.headers())
                .containsExactlyInAnyOrder(
                        "API-Key: " + key,
                        "Accept: application/json",
                        "Content-Type: application/json; charset=UTF-8",
                        "Content-Length: " + request.body().length,
                        "User-Agent: camel-sendtalk/test",
                        "Host: 127.0.0.1:" + server.port(),
                        "Connection: keep-alive");
    }

    @Test
    void aStatusHasItsPathAndExactlyTheseHeaders() {
        try (ScriptedServer server = ScriptedServer.start(answering(json(200, Answers.SENT)))) {
            result(client(server).status(ID));

            Request request = server.request();
            assertThat(request.line()).isEqualTo("POST /api/v1/message/get_status HTTP/1.1");
            assertThat(request.headers())
                    .containsExactlyInAnyOrder(
                            "API-Key: " + key,
                            "Accept: application/json",
                            "Content-Type: application/json; charset=UTF-8",
                            "Content-Length: 45",
                            "User-Agent: camel-sendtalk/test",
                            "Host: 127.0.0.1:" + server.port(),
                            "Connection: keep-alive");
            assertThat(request.text()).isEqualTo("{\"id\":\"%s\"}".formatted(ID));
        }
    }

    @Test
    void aCheckHasItsPathAndTheNumber() {
        String registered = "{\"status\":200,\"data\":{\"isRegistered\":true}}";
        try (ScriptedServer server = ScriptedServer.start(answering(json(200, registered)))) {
            PhoneCheck check = result(client(server).check(PHONE));

            assertThat(check).isEqualTo(new PhoneCheck(true, null));
            assertThat(server.request().line()).isEqualTo("POST /api/v1/message/check_whatsapp_phone HTTP/1.1");
            assertThat(server.request().headers()).contains("API-Key: " + key).hasSize(7);
            assertThat(server.request().text()).isEqualTo("{\"phone\":\"6281212345678\"}");
        }
    }

    @ParameterizedTest(name = "the number \"{0}\"")
    @ValueSource(strings = {"", "  ", LONE_SURROGATE})
    void aNumberThatIsNoneIsNotCheckedByAnyCall(String phone) {
        SendTalkValidationException failure =
                failure(SendTalkValidationException.class, client(server).check(phone));

        assertThat(failure.getField()).isEqualTo("phone");
        assertThat(failure.getOperation()).isEqualTo("check");
        assertThat(server.connections()).isZero();
    }

    @ParameterizedTest(name = "base URL with the path \"{0}\"")
    @ValueSource(strings = {"", "/", "//"})
    void aTrailingSlashOfTheBaseUrlDoesNotCount(String path) {
        result(client(URI.create(server.url() + path), LONG).send(MESSAGE));

        assertThat(server.request().line()).isEqualTo("POST /api/v1/message/send_whatsapp HTTP/1.1");
    }

    @ParameterizedTest(name = "base URL with the path \"{0}\"")
    @ValueSource(strings = {"/wa/%7Ex", "/wa/%7Ex/"})
    void aPathOfTheBaseUrlComesFirst(String path) {
        result(client(URI.create(server.url() + path), LONG).send(MESSAGE));

        assertThat(server.request().line()).isEqualTo("POST /wa/%7Ex/api/v1/message/send_whatsapp HTTP/1.1");
    }

    static Stream<Arguments> bodies() {
        String url = "https://example.com/a.jpg?token=1&b=<2>";
        return Stream.of(
                Arguments.of("a code", SendTalkMessage.otp(PHONE, "482913"), """
                        {"phone":"6281212345678","messageType":"otp","body":"482913"}"""),
                Arguments.of(
                        "a text, without the file name and the caption that it has no use for",
                        new SendTalkMessage(PHONE, MessageType.TEXT, "Halo \"Budi\" \\ é\n", "a.jpg", "Foto"),
                        """
                        {"phone":"6281212345678","messageType":"text","body":"Halo \\"Budi\\" \\\\ é\\n"}"""),
                Arguments.of(
                        "an image with a caption", SendTalkMessage.image(PHONE, url, "a.jpg", "Foto"), """
                        {"phone":"6281212345678","messageType":"image","body":"%s","filename":"a.jpg","caption":"Foto"}""".formatted(
                                        url)),
                Arguments.of(
                        "an image whose URL has blanks around it",
                        new SendTalkMessage(PHONE, MessageType.IMAGE, " " + url + "\n", "a.jpg", null),
                        """
                        {"phone":"6281212345678","messageType":"image","body":"%s","filename":"a.jpg"}""".formatted(url)),
                Arguments.of("a text with blanks around it, as it is", SendTalkMessage.text(PHONE, " Halo "), """
                        {"phone":"6281212345678","messageType":"text","body":" Halo "}"""),
                Arguments.of(
                        "an image without a caption", SendTalkMessage.image(PHONE, url, "a.jpg"), """
                        {"phone":"6281212345678","messageType":"image","body":"%s","filename":"a.jpg"}""".formatted(url)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void theBodyIsExactlyTheApisJson(String name, SendTalkMessage message, String json) {
        result(client(server).send(message));

        assertThat(server.request().text()).isEqualTo(json);
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("emoji", "😀👍🏽👨‍👩‍👧 Halo"),
                Arguments.of("right-to-left text", "مرحبا \u202Eabc שלום"),
                Arguments.of("NUL and other controls", "a\u0000b\u0001\u001b\u007f\r\n\tc"),
                Arguments.of("line separators", "a\u2028b\u2029c\u0085d\ufeffe"),
                Arguments.of("quotes and backslashes", "\"\\/'{}[]\\u0041"),
                Arguments.of("64 KiB", "abcdefgh".repeat(8 * 1024)),
                Arguments.of("1 MiB", "abcdefgh".repeat(128 * 1024)),
                Arguments.of("1 MiB of emoji", "😀👍🏽é ".repeat(128 * 1024)));
    }

    @ParameterizedTest(name = "case 21: {0}")
    @MethodSource("texts")
    void anyTextArrivesAsItIs(String name, String text) throws Exception {
        result(client(server).send(new SendTalkMessage(PHONE, MessageType.TEXT, text, null, null)));

        String arrived =
                new ObjectMapper().readTree(server.request().body()).get("body").textValue();
        assertThat(arrived.equals(text)).as("the text arrived as it is").isTrue();
    }

    static Stream<Arguments> brokenMessages() {
        String url = "https://example.com/a.jpg";
        return Stream.of(
                Arguments.of("body", message(PHONE, MessageType.TEXT, LONE_SURROGATE, null, null)),
                Arguments.of("filename", message(PHONE, MessageType.IMAGE, url, LONE_SURROGATE, null)),
                Arguments.of("caption", message(PHONE, MessageType.IMAGE, url, "a.jpg", LONE_SURROGATE)),
                Arguments.of("phone", message(LONE_SURROGATE, MessageType.TEXT, "Halo", null, null)));
    }

    private static SendTalkMessage message(
            String phone, MessageType type, String body, @Nullable String filename, @Nullable String caption) {
        return new SendTalkMessage(phone, type, body, filename, caption);
    }

    @ParameterizedTest(name = "case 21: a lone surrogate in {0}")
    @MethodSource("brokenMessages")
    void halfACharacterIsRefusedBeforeAnyCall(String field, SendTalkMessage message) {
        SendTalkValidationException failure =
                failure(SendTalkValidationException.class, client(server).send(message));

        assertThat(failure.getField()).isEqualTo(field);
        assertThat(failure.getOperation()).isEqualTo("send");
        assertThat(failure).hasMessageContaining("surrogate");
        assertThat(server.connections()).isZero();
    }

    @ParameterizedTest(name = "case 28: the id \"{0}\"")
    @ValueSource(strings = {"", "  ", LONE_SURROGATE})
    void anIdThatIsNoneIsRefusedBeforeAnyCall(String id) {
        SendTalkValidationException failure =
                failure(SendTalkValidationException.class, client(server).status(id));

        assertThat(failure.getField()).isEqualTo("id");
        assertThat(failure.getOperation()).isEqualTo("status");
        assertThat(server.connections()).isZero();
    }

    @Test
    void case25_lineBreaksInTheUserAgentAddNoHeader() {
        String userAgent = "my-app\r\nX-Injected: 1\nX-Injected: 2";

        connections.close();
        connections.open(ConnectionSettings.of(userAgent));
        result(client(server).send(MESSAGE));

        assertThat(server.request().headers())
                .hasSize(7)
                .contains("API-Key: " + key)
                .noneMatch(line -> line.startsWith("X-Injected"));
    }

    @Test
    void case25_lineBreaksInTheKeyAddNoHeader() {
        String broken = key + "\r\nX-Injected: 1";

        result(connections.client(server.url(), broken, LONG, LONG).send(MESSAGE));

        assertThat(server.request().headers()).hasSize(7).noneMatch(line -> line.startsWith("X-Injected"));
    }

    @Test
    void cookiesNeverComeBack() {
        String answer = json(200, TAKEN, "Set-Cookie: session=1; Path=/", "Set-Cookie2: old=1");
        try (ScriptedServer server = ScriptedServer.start(answering(answer))) {
            SendTalkClient client = client(server);

            result(client.send(MESSAGE));
            result(client.send(MESSAGE));

            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().get(1).head()).doesNotContainIgnoringCase("cookie");
        }
    }
}
