package io.github.camelsendtalk.leaks;

import static io.github.camelsendtalk.SendTalkConstants.CAPTION;
import static io.github.camelsendtalk.SendTalkConstants.FILENAME;
import static io.github.camelsendtalk.SendTalkConstants.MESSAGE_ID;
import static io.github.camelsendtalk.SendTalkConstants.MESSAGE_TYPE;
import static io.github.camelsendtalk.SendTalkConstants.PHONE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.client.CallEndings;
import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.leaks.HuntedContext.Watch;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hard cases 18 to 29 and 40: what is wrong with a message or an option is told without the secrets in it. */
@Timeout(60)
class InputLeakTest {

    private static final Map<String, Object> NO_HEADERS = Map.of();

    private static Hunt hunt;

    @BeforeAll
    static void start() throws Exception {
        hunt = new Hunt();
    }

    @AfterAll
    static void stop() {
        hunt.close();
    }

    /** Something that a user may hand over, wrong in most cases. */
    record Input(
            String name, String uri, Function<Secrets, Object> body, Function<Secrets, Map<String, Object>> headers) {
        /** What the server says: of a check it can repeat the number alone, of the question for a status the id. */
        String echo(Secrets secrets) {
            if (uri.equals("direct:check")) {
                return secrets.echoOfNumber();
            }
            if (!uri.equals("direct:status")) {
                return secrets.echo();
            }
            Object header = headers.apply(secrets).get(MESSAGE_ID);
            return "Key %s, id %s".formatted(secrets.key(), header != null ? header : body.apply(secrets));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A stray object. */
    private record Bean(Secrets secrets, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** A stream that breaks, and says what it held. */
    private static InputStream broken(Secrets secrets) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken at " + secrets.echo());
            }

            @Override
            public String toString() {
                return secrets.text();
            }
        };
    }

    private static Input body(String name, Function<Secrets, Object> body) {
        return new Input("body: " + name, "direct:send", body, secrets -> Map.of(PHONE, secrets.phone()));
    }

    private static Input phone(String name, Function<Secrets, Object> phone) {
        return header("phone: " + name, PHONE, phone);
    }

    private static Input header(String name, String header, Function<Secrets, Object> value) {
        return new Input(name, "direct:send", Secrets::text, secrets -> {
            Map<String, Object> headers = new HashMap<>(Map.of(PHONE, secrets.phone()));
            headers.put(header, value.apply(secrets));
            return headers;
        });
    }

    private static Input status(String name, Function<Secrets, Object> body, Function<Secrets, Object> header) {
        return new Input("status: " + name, "direct:status", body, secrets -> {
            Object id = header.apply(secrets);
            return id == null ? NO_HEADERS : Map.of(MESSAGE_ID, id);
        });
    }

    private static Input dynamic(String name, Function<Secrets, Object> to) {
        return new Input("toD: " + name, "direct:dynamic", Secrets::text, secrets -> Map.of("to", to.apply(secrets)));
    }

    static Stream<Input> inputs() {
        return Stream.of(bodies(), phones(), others(), statuses(), checks(), dynamics())
                .flatMap(inputs -> inputs);
    }

    private static Stream<Input> bodies() {
        return Stream.of(
                body("good", Secrets::text),
                body("null", secrets -> null),
                body("blank", secrets -> " "),
                body("a bean", secrets -> new Bean(secrets, secrets.text())),
                body("an Optional", secrets -> Optional.of(secrets.text())),
                body("a list", secrets -> List.of(secrets.text(), secrets.phone())),
                body("a number", secrets -> Long.valueOf(secrets.phone())),
                body("a map with another field", secrets -> Map.of("message", secrets.text())),
                body("a map with a text as a field", secrets -> Map.of(secrets.text(), "x", secrets.phone(), "y")),
                body("a map with a bean in it", secrets -> Map.of("body", new Bean(secrets, secrets.text()))),
                body("a map with a bean as the number", secrets -> Map.of("phone", new Bean(secrets, secrets.phone()))),
                body(
                        "a JSON object with a list",
                        secrets -> JsonNodeFactory.instance
                                .objectNode()
                                .set(
                                        "body",
                                        JsonNodeFactory.instance.arrayNode().add(secrets.text()))),
                body(
                        "a record without a text",
                        secrets -> new SendTalkMessage(secrets.phone(), null, null, null, null)),
                body(
                        "an image that is none",
                        secrets -> new SendTalkMessage(
                                secrets.phone(), MessageType.IMAGE, secrets.text(), null, secrets.text())),
                body("half an emoji", secrets -> secrets.text() + "\ud83d"),
                body("too long", secrets -> secrets.text().repeat(40_000)),
                body("longer than WhatsApp takes", secrets -> secrets.text().repeat(200)),
                body(
                        "an image whose caption is longer than WhatsApp takes",
                        secrets -> new SendTalkMessage(
                                secrets.phone(),
                                MessageType.IMAGE,
                                "https://example.com/a.jpg",
                                "a.jpg",
                                secrets.text().repeat(200))),
                body("another charset", secrets -> secrets.text().getBytes(UTF_16)),
                body("bytes that are no text", secrets -> ("é " + secrets.text()).getBytes(ISO_8859_1)),
                body("an empty stream", secrets -> new ByteArrayInputStream(new byte[0])),
                body("a stream that breaks", InputLeakTest::broken),
                body("a reader that breaks", secrets -> new Reader() {
                    @Override
                    public int read(char[] buffer, int offset, int length) throws IOException {
                        throw new IOException(secrets.echo());
                    }

                    @Override
                    public void close() {}
                }),
                body("a file that is not there", secrets -> new File(secrets.text())),
                body("a path that is not there", secrets -> Path.of(secrets.phone())));
    }

    private static Stream<Input> phones() {
        return Stream.of(
                phone("good", Secrets::phone),
                phone("with a name", secrets -> secrets.phone() + " Budi"),
                phone("twice", secrets -> secrets.phone() + ", " + secrets.phone()),
                phone("with digits to spare", secrets -> secrets.phone() + secrets.phone()),
                phone("national, and no region", Secrets::nationalPhone),
                phone("of no country", secrets -> "+999" + secrets.phone()),
                phone("a text", Secrets::text),
                phone("blank", secrets -> " "),
                phone("a double", secrets -> Double.valueOf(secrets.phone())),
                phone("a list", secrets -> List.of(secrets.phone())),
                phone("a bean", secrets -> new Bean(secrets, secrets.phone())));
    }

    private static Stream<Input> others() {
        return Stream.of(
                header("a text as the type", MESSAGE_TYPE, Secrets::text),
                header("a bean as the type", MESSAGE_TYPE, secrets -> new Bean(secrets, secrets.text())),
                header("a caption and a name on a text", CAPTION, Secrets::text),
                header("a bean as the name", FILENAME, secrets -> new Bean(secrets, secrets.text())),
                header("an image whose URL is a text", MESSAGE_TYPE, secrets -> "image"),
                header("an id of an earlier step", MESSAGE_ID, Secrets::text),
                header("a charset that nobody knows", Exchange.CHARSET_NAME, Secrets::text),
                header("headers of an HTTP request", "Authorization", Secrets::echo));
    }

    private static Stream<Input> statuses() {
        return Stream.of(
                status("a text as the id", Secrets::text, secrets -> null),
                status("a code as the id", Secrets::code, secrets -> null),
                status("a number as the id", Secrets::phone, secrets -> null),
                status("a text in the header", secrets -> null, Secrets::text),
                status("a number in the header", secrets -> null, Secrets::phone),
                status("two texts", Secrets::text, Secrets::phone),
                status("a text and an id", Secrets::text, secrets -> "an-id"),
                status("a text and a blank", Secrets::text, secrets -> " "),
                status("half an emoji", secrets -> secrets.text() + "\ud83d", secrets -> null),
                status("a bean", secrets -> new Bean(secrets, secrets.text()), secrets -> null),
                status("a bean in the header", secrets -> null, secrets -> new Bean(secrets, secrets.text())),
                status("a stream that breaks", InputLeakTest::broken, secrets -> null),
                status("a stream that breaks in the header", secrets -> null, InputLeakTest::broken),
                status("a list in the header", secrets -> null, secrets -> List.of(secrets.text())));
    }

    private static Stream<Input> checks() {
        return Stream.of(
                check("good", Secrets::phone),
                check("a text", Secrets::text),
                check("a code", Secrets::code),
                check("with a name", secrets -> secrets.phone() + " Budi"),
                check("national, and no region", Secrets::nationalPhone),
                check("twice", secrets -> secrets.phone() + ", " + secrets.phone()),
                check("blank", secrets -> " "),
                check("a bean", secrets -> new Bean(secrets, secrets.phone())),
                check("a list", secrets -> List.of(secrets.phone())),
                check("a stream that breaks", InputLeakTest::broken),
                check("a map with another field", secrets -> Map.of("number", secrets.phone())));
    }

    private static Input check(String name, Function<Secrets, Object> body) {
        return new Input("check: " + name, "direct:check", body, secrets -> NO_HEADERS);
    }

    private static Stream<Input> dynamics() {
        return Stream.of(
                dynamic("good", Secrets::phone),
                dynamic("national", Secrets::nationalPhone),
                dynamic("with an ampersand", secrets -> secrets.phone() + "&apiKey=somebody-elses-key"),
                dynamic("with a second number", secrets -> secrets.phone() + "&phone=" + secrets.phone()),
                dynamic("raw", secrets -> "RAW(" + secrets.phone() + ")"),
                dynamic("with an unknown parameter", secrets -> "1&to=" + secrets.phone()),
                dynamic("badly encoded", secrets -> secrets.phone() + "%zz"),
                dynamic("with a question mark", secrets -> secrets.phone() + "?phone=" + secrets.phone()),
                dynamic("a text", Secrets::text),
                dynamic("a list", secrets -> List.of(secrets.phone(), secrets.phone())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void nothingThatTellsOfACallHoldsThem(Input input) throws Exception {
        Secrets secrets = hunt.secrets();
        hunt.play(CallEndings.REPEATS_EVERYTHING, input.echo(secrets));
        HuntedContext context = hunt.defaults();

        List<Call> calls = context.make(context.to(
                input.uri(), input.body().apply(secrets), input.headers().apply(secrets)));

        assertThat(calls).extracting(Call::end).doesNotContain("");
        hunt.findsNothing(secrets, context, calls);
    }

    static Stream<String> wrongUris() {
        return Stream.of(
                "sendtalk:send?apiKey=%s&unknown=1",
                "sendtalk:send?api_key=%s",
                "sendtalk:send?apikeys=%s",
                "sendtalk:send?apiKey=%s&baseUrl=http://127.0.0.1:1",
                "sendtalk:send?apiKey=%s&phoneRegion=Jawa",
                "sendtalk:send?apiKey=%s&messageType=sms",
                "sendtalk:send?apiKey=%s&requestTimeout=soon",
                "sendtalk:send?apiKey=%s&requestTimeout=0",
                "sendtalk:sendd?apiKey=%s",
                "sendtalk:send?apiKey=%s%%0d%%0aX-Header:1",
                "sendtalk:send?apiKey=RAW(%s kunci)",
                "sendtalk:send?baseUrl=https://user:%s@example.com");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongUris")
    void aWrongUriIsToldWithoutTheKey(String uri) throws Exception {
        Secrets secrets = hunt.secrets();

        Throwable failure = catchThrowable(() -> hunt.defaults().camel().getEndpoint(uri.formatted(secrets.key())));

        assertThat(failure).isNotNull();
        assertThat(secrets.in(stackTrace(failure))).isEmpty();
        hunt.findsNothing(secrets, hunt.defaults(), List.of());
    }

    static Stream<Arguments> wrongSettings() {
        return Stream.of(
                key("a line break", "%s\nx"),
                key("a header in it", "%s\r\nX-Header: 1"),
                key("a blank", "%s x"),
                key("a letter", "%sé"),
                key("a NUL", "%s\u0000"),
                setting(
                        "a URL with a login",
                        (component, key) -> component.setBaseUrl("https://user:%s@example.com".formatted(key))),
                setting(
                        "a URL with a query",
                        (component, key) -> component.setBaseUrl("https://example.com?key=" + key)));
    }

    private static Arguments key(String with, String format) {
        return setting(
                "a key with " + with,
                (component, key) -> component.getConfiguration().setApiKey(format.formatted(key)));
    }

    private static Arguments setting(String name, BiConsumer<SendTalkComponent, String> setting) {
        return Arguments.of(name, setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongSettings")
    void aWrongSettingOfTheComponentIsToldWithoutTheKey(String name, BiConsumer<SendTalkComponent, String> setting) {
        Secrets secrets = hunt.secrets();

        Throwable failure = catchThrowable(
                () -> hunt.context(Watch.DEFAULTS, component -> setting.accept(component, secrets.key())));

        assertThat(failure).isNotNull();
        assertThat(secrets.in(stackTrace(failure) + hunt.log().news())).isEmpty();
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
