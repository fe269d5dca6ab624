package io.github.camelsendtalk.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.camelsendtalk.SendTalkConstants;
import io.github.camelsendtalk.client.MessageStatus;
import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendTalkInvalidRecipientException;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkValidationException;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import java.io.ByteArrayInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileDefaultBinding;
import org.apache.camel.converter.stream.ByteArrayInputStreamCache;
import org.apache.camel.converter.stream.ReaderCache;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes in and what comes out of {@code sendtalk:send}; hard cases 18 to 23, 26 and 27. */
class SendRouteTest extends SendTalkTestSupport {

    private static final String TO = "sendtalk:send?phone=" + PHONE;

    @TempDir
    Path folder;

    @Test
    void theIdIsTheBodyAndAHeader() {
        Exchange exchange = call(TO, "Halo", Map.of("other", "stays"));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(message().id());
        assertThat(exchange.getMessage().getHeader(SendTalkConstants.MESSAGE_ID))
                .isEqualTo(message().id());
        assertThat(exchange.getMessage().getHeader(SendTalkConstants.RESPONSE_MESSAGE))
                .isEqualTo("The message has been added to queue");
        assertThat(exchange.getMessage().getHeader("other")).isEqualTo("stays");
    }

    @Test
    void anImageIsSentWithItsFileNameAndCaption() throws Exception {
        call(TO + "&messageType=image&filename=foto.jpg&caption=Ini fotonya", "https://example.com/a.jpg?token=1&b=2");

        JsonNode json = request();
        assertThat(json.toString()).isEqualTo("""
                        {"phone":"6281212345678","messageType":"image","body":"https://example.com/a.jpg?token=1&b=2","filename":"foto.jpg","caption":"Ini fotonya"}""");
    }

    static Stream<Arguments> texts() throws Exception {
        String text = "Halo, kode 1234 — é 😀";
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Map<String, Object> map = new LinkedHashMap<>(Map.of("body", text));
        JsonObject object = new JsonObject();
        object.put("body", text);
        return Stream.of(
                Arguments.of("String", text, text),
                Arguments.of("StringBuilder", new StringBuilder(text), text),
                Arguments.of("byte[]", utf8, text),
                Arguments.of("InputStream", new ByteArrayInputStream(utf8), text),
                Arguments.of("Reader", new StringReader(text), text),
                Arguments.of("stream cache", new ByteArrayInputStreamCache(new ByteArrayInputStream(utf8)), text),
                Arguments.of("Map", map, text),
                Arguments.of("JSON object of Camel", object, text),
                Arguments.of("JSON object of Jackson", new ObjectMapper().valueToTree(map), text),
                Arguments.of("message record", new SendTalkMessage(null, null, text, null, null), text));
    }

    @ParameterizedTest(name = "case 19: body as {0}")
    @MethodSource("texts")
    void textIsTakenFromEachKindOfBody(String kind, Object body, String text) {
        Exchange exchange = call(TO, body);

        assertThat(exchange.getException()).isNull();
        assertThat(message().body()).isEqualTo(text);
    }

    @ParameterizedTest(name = "case 19: body as {0}")
    @ValueSource(strings = {"File", "Path"})
    void textIsTakenFromFiles(String kind) throws Exception {
        Path path = Files.writeString(folder.resolve("text.txt"), "\uFEFFDari berkas");

        call(TO, kind.equals("File") ? path.toFile() : path);

        assertThat(message().body()).isEqualTo("Dari berkas");
    }

    @Test
    void case19_aFileThatTheFileComponentReadIsText() throws Exception {
        Files.writeString(folder.resolve("text.txt"), "Dari berkas");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder + "?noop=true&initialDelay=0").to(TO).to("mock:end");
            }
        });
        getMockEndpoint("mock:end").expectedMessageCount(1);

        getMockEndpoint("mock:end").assertIsSatisfied();

        assertThat(message().body()).isEqualTo("Dari berkas");
    }

    /** As the ftp component gives it: the file itself is no file of this machine. */
    @Test
    void case19_aFileOfAnotherMachineIsText() {
        GenericFile<String> file = new GenericFile<>();
        file.setFile("remote");
        file.setBinding(new GenericFileDefaultBinding<>());
        file.setBody("Dari FTP".getBytes(StandardCharsets.UTF_8));

        call(TO, file);

        assertThat(message().body()).isEqualTo("Dari FTP");
    }

    @Test
    void case19_aReaderThatGivesOneCharacterAtATimeIsReadToItsEnd() {
        Reader slow = new FilterReader(new StringReader("Halo, kode 1234")) {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, 1));
            }
        };

        call(TO, slow);

        assertThat(message().body()).isEqualTo("Halo, kode 1234");
    }

    static Stream<StreamCache> streamCaches() throws Exception {
        return Stream.of(
                new ByteArrayInputStreamCache(new ByteArrayInputStream("Halo".getBytes(StandardCharsets.UTF_8))),
                new ReaderCache("Halo"));
    }

    @ParameterizedTest
    @MethodSource("streamCaches")
    void aStreamCacheCanBeReadAgainAfterwards(StreamCache body) {
        Exchange exchange = call("sendtalk:send", body, Map.of(SendTalkConstants.PHONE, "no number"));

        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("Halo");
        assertThat(exchange.getException()).isInstanceOf(SendTalkValidationException.class);
    }

    @Test
    void case18_anEmptyStreamIsRefusedWithAHintAtStreamCaching() throws Exception {
        ByteArrayInputStream stream = new ByteArrayInputStream(new byte[0]);

        assertThat(call(TO, stream).getException()).hasMessageContaining("switch stream caching on");
        assertThat(call(TO, new ByteArrayInputStreamCache(stream)).getException())
                .hasMessageNotContaining("switch stream caching on");
        assertThat(call("sendtalk:send", "Halo", Map.of(SendTalkConstants.PHONE, stream))
                        .getException())
                .hasMessageNotContaining("switch stream caching on");
        noRequestWasMade();
    }

    @Test
    void case19_aFileIsReadInTheCharsetThatItsRouteNames() throws Exception {
        Files.writeString(folder.resolve("text.txt"), "Grüße", StandardCharsets.ISO_8859_1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder + "?noop=true&initialDelay=0&charset=ISO-8859-1")
                        .to(TO)
                        .to("mock:end");
            }
        });
        getMockEndpoint("mock:end").expectedMessageCount(1);

        getMockEndpoint("mock:end").assertIsSatisfied();

        assertThat(message().body()).isEqualTo("Grüße");
    }

    @Test
    void case19_aMapWithANullKeyIsRefused() {
        Map<String, Object> row = new HashMap<>(Map.of("body", "Halo"));
        row.put(null, "");

        failure(call(TO, row), SendTalkValidationException.class);

        noRequestWasMade();
    }

    @Test
    void theUrlOfAnImageIsSentWithoutTheBlanksAroundIt() {
        call(TO + "&messageType=image&filename=a.jpg", "https://example.com/a.jpg\n");

        assertThat(message().body()).isEqualTo("https://example.com/a.jpg");
    }

    static Stream<Object> strayObjects() {
        return Stream.of(
                new Object(),
                Optional.of("text"),
                List.of("text"),
                42,
                new MessageStatus("sent", false, true, null, null, null, null),
                JsonNodeFactory.instance.arrayNode(),
                Map.of("body", List.of("text")));
    }

    @ParameterizedTest(name = "case 19: refused: {0}")
    @MethodSource("strayObjects")
    void aBodyThatIsNoTextIsRefusedByItsClassName(Object body) {
        Exchange exchange = call(TO, body);

        SendTalkValidationException failure = failure(exchange, SendTalkValidationException.class);
        assertThat(failure.getField()).isEqualTo("body");
        Object stray = body instanceof Map<?, ?> map ? map.get("body") : body;
        assertThat(failure).hasMessageContaining(stray.getClass().getName());
        noRequestWasMade();
    }

    static Stream<Object> emptyBodies() {
        return Stream.of("", "  \n ", new byte[0], new ByteArrayInputStream(new byte[0]), Map.of());
    }

    @ParameterizedTest(name = "case 18: {0}")
    @MethodSource("emptyBodies")
    void anEmptyBodyIsRefused(Object body) {
        assertBodyIsRefused(body);
    }

    @Test
    void case18_nullIsRefused() {
        assertBodyIsRefused(null);
    }

    private void assertBodyIsRefused(Object body) {
        Exchange exchange = template.request(TO, e -> e.getMessage().setBody(body));

        assertThat(failure(exchange, SendTalkValidationException.class).getField())
                .isEqualTo("body");
        noRequestWasMade();
    }

    @Test
    void case19_anUnknownFieldOfAMapIsNamed() {
        Exchange exchange = call(TO, Map.of("message", "Halo"));

        SendTalkValidationException failure = failure(exchange, SendTalkValidationException.class);
        assertThat(failure).hasMessageContaining("'message'").hasMessageContaining("body");
        assertThat(failure.getField()).isEqualTo("message");
        noRequestWasMade();
    }

    @Test
    void case19_bytesThatAreNoTextAreRefused() {
        Exchange exchange = call(TO, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0});

        assertThat(failure(exchange, SendTalkValidationException.class).getField())
                .isEqualTo("body");
        noRequestWasMade();
    }

    @Test
    void bytesAreReadInTheCharsetOfTheExchange() {
        template.request(TO, e -> {
            e.setProperty(Exchange.CHARSET_NAME, "ISO-8859-1");
            e.getMessage().setBody("é".getBytes(StandardCharsets.ISO_8859_1));
        });

        assertThat(message().body()).isEqualTo("é");
    }

    @ParameterizedTest(name = "case 21: {0} characters")
    @ValueSource(ints = {64 * 1024, 1024 * 1024})
    void longTextsArriveWhole(int length) {
        String text = "x".repeat(length);

        call(TO, text);

        assertThat(message().body()).isEqualTo(text);
    }

    static Stream<Named<Function<String, Object>>> longTexts() {
        return Stream.of(
                Named.of("String", text -> text),
                Named.of("Reader", StringReader::new),
                Named.of("InputStream", text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest(name = "case 21: as {0}")
    @MethodSource("longTexts")
    void aTextOverTheLimitIsRefused(Function<String, Object> kind) {
        String longest = "€".repeat(SendTalkMessage.MAX_BODY_LENGTH);

        assertThat(failure(call(TO, kind.apply(longest + "x")), SendTalkValidationException.class))
                .hasMessageContaining("too long");
        noRequestWasMade();

        call(TO, kind.apply(longest));
        assertThat(message().body()).isEqualTo(longest);
    }

    @Test
    void case21_anEndlessStreamIsRefusedWithoutBeingReadToItsEnd() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };

        assertThat(failure(call(TO, endless), SendTalkValidationException.class))
                .hasMessageContaining("too long");
    }

    @ParameterizedTest(name = "case 21: {0}")
    @ValueSource(strings = {"😀👍🏽", "مرحبا \u202Eabc", "a\u0000b"})
    void anyTextArrivesAsItIs(String text) {
        call(TO, text);

        assertThat(message().body()).isEqualTo(text);
    }

    @Test
    void case21_halfAnEmojiIsRefused() {
        SendTalkValidationException failure = failure(call(TO, "Hi \ud83d"), SendTalkValidationException.class);

        assertThat(failure).hasMessageContaining("surrogate");
        assertThat(failure.getField()).isEqualTo("body");
        noRequestWasMade();
    }

    static Stream<Arguments> phones() {
        return Stream.of(
                Arguments.of(6281212345678L, PHONE),
                Arguments.of(new BigInteger(PHONE), PHONE),
                Arguments.of(new BigDecimal("6281212345678"), PHONE),
                Arguments.of(PHONE.getBytes(StandardCharsets.UTF_8), PHONE),
                Arguments.of(new StringBuilder("+62 812-1234-5678"), PHONE),
                Arguments.of("(0812) 1234.5678", PHONE),
                Arguments.of("812 1234 5678", PHONE));
    }

    @ParameterizedTest(name = "case 22: {0}")
    @MethodSource("phones")
    void phonesAreReadAsPeopleWriteThem(Object written, String sent) {
        call("sendtalk:send?phoneRegion=ID", "Halo", Map.of(SendTalkConstants.PHONE, written));

        assertThat(message().phone()).isEqualTo(sent);
    }

    static Stream<Object> wrongPhones() {
        return Stream.of("", "  ", "0812", "abc", "+62 812 x", 62.5, List.of(PHONE), "081234567890");
    }

    @ParameterizedTest(name = "case 22, R36: wrong: {0}")
    @MethodSource("wrongPhones")
    void aWrongPhoneIsAnErrorBeforeAnyCall(Object written) {
        Exchange exchange = call("sendtalk:send", "Halo", Map.of(SendTalkConstants.PHONE, written));

        SendTalkValidationException failure = failure(exchange, SendTalkValidationException.class);
        assertThat(failure.getField()).isEqualTo("phone");
        assertThat(failure)
                .hasMessageContaining(SendTalkConstants.PHONE)
                .hasMessageNotContaining("Set it in")
                .hasMessageNotContaining("081234567890");
        noRequestWasMade();
    }

    static Stream<Number> wholeNumbers() {
        return Stream.of(6281212345678L, 6281212345678d, 6.281212345678E12, new BigDecimal("6281212345678.00"));
    }

    @ParameterizedTest(name = "R15: a whole number of a JDBC driver or a JSON reader is read: {0}")
    @MethodSource("wholeNumbers")
    void aWholeNumberIsRead(Number phone) {
        call("sendtalk:send", Map.of("phone", phone, "body", "Halo"));

        assertThat(message().phone()).isEqualTo(PHONE);
    }

    static Stream<Number> notWholeNumbers() {
        return Stream.of(
                6281212345678.5,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                0x1p53,
                -6281212345678d,
                -6281212345678L,
                6281212345678f,
                new BigDecimal("6281212345678.5"),
                new BigDecimal("1E+1000000"));
    }

    @ParameterizedTest(name = "R15: what is not a whole number of a phone is refused: {0}")
    @MethodSource("notWholeNumbers")
    void aNumberThatIsNotWholeIsRefused(Number phone) {
        SendTalkValidationException failure = failure(
                call("sendtalk:send", Map.of("phone", phone, "body", "Halo")), SendTalkValidationException.class);

        assertThat(failure.getField()).isEqualTo("phone");
        assertThat(failure).hasMessageContaining("not a whole number").hasMessageNotContaining("6281212345678");
        noRequestWasMade();
    }

    @ParameterizedTest(name = "R16: a blank in front of a number in {0} may be the plus of a web request")
    @ValueSource(strings = {"phone", SendTalkConstants.PHONE, "a map"})
    void aBlankThatMayBeAPlusIsReadOrRefused(String place) {
        String uri = "sendtalk:send?phoneRegion=ID";
        for (String phone : List.of(" 6281212345678", " 0812-1234-5678", " 81234567890")) {
            boolean map = place.equals("a map");
            Exchange exchange = call(
                    uri, map ? Map.of("phone", phone, "body", "Halo") : "Halo", map ? Map.of() : Map.of(place, phone));
            if (phone.equals(" 81234567890")) {
                assertThat(failure(exchange, SendTalkValidationException.class)).hasMessageContaining("%2B");
            }
        }

        assertThat(sandbox.messages()).extracting(SandboxMessage::phone).containsExactly(PHONE, PHONE);
    }

    @Test
    @DisplayName("R16: a blank in front of a number in a dynamic URI may be the plus of a web request")
    void aBlankInADynamicUriIsReadOrRefused() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:web").toD("sendtalk:send?phoneRegion=ID&phone=${header.phone}");
            }
        });

        Exchange refused = call("direct:web", "Halo", Map.of("phone", " 81234567890"));
        call("direct:web", "Halo", Map.of("phone", " 6281212345678"));

        failure(refused, SendTalkValidationException.class);
        assertThat(message().phone()).isEqualTo(PHONE);
    }

    @Test
    @DisplayName("the component's phone is read by the component's region, whatever that of the endpoint is")
    void thePhoneOfTheComponentIsReadByItsOwnRegion() {
        component(context).getConfiguration().setPhone("0812-1234-5678");
        component(context).getConfiguration().setPhoneRegion("ID");

        call("sendtalk:send?phoneRegion=GB", "Halo");

        assertThat(message().phone()).isEqualTo(PHONE);
    }

    @Test
    void case22_noPhoneAtAllNamesHeaderAndOption() {
        SendTalkValidationException failure = failure(call("sendtalk:send", "Halo"), SendTalkValidationException.class);

        assertThat(failure.getField()).isEqualTo("phone");
        assertThat(failure).hasMessageContaining(SendTalkConstants.PHONE).hasMessageContaining("option phone");
        noRequestWasMade();
    }

    @ParameterizedTest(name = "case 23: messageType {0}")
    @ValueSource(strings = {"OTP", " otp ", "Otp"})
    void theTypeIsReadWithoutRegardToCaseAndBlanks(String type) {
        call(TO, "1234", Map.of(SendTalkConstants.MESSAGE_TYPE, type));

        assertThat(message().messageType()).isEqualTo("otp");
    }

    @Test
    void case23_theTypeMayBeTheEnum() {
        call(TO, "1234", Map.of(SendTalkConstants.MESSAGE_TYPE, MessageType.OTP));

        assertThat(message().messageType()).isEqualTo("otp");
    }

    @Test
    void case23_aBlankTypeIsText() {
        call(TO, "Halo", Map.of(SendTalkConstants.MESSAGE_TYPE, "  "));

        assertThat(message().messageType()).isEqualTo("text");
    }

    @Test
    void case23_anUnknownTypeIsRefused() {
        Exchange exchange = call(TO, "Halo", Map.of(SendTalkConstants.MESSAGE_TYPE, "sms"));

        SendTalkValidationException failure = failure(exchange, SendTalkValidationException.class);
        assertThat(failure.getField()).isEqualTo("messageType");
        assertThat(failure)
                .hasMessageContaining("otp, text or image")
                .hasMessageContaining(SendTalkConstants.MESSAGE_TYPE);
        noRequestWasMade();
    }

    @ParameterizedTest(name = "case 23: image with body {0}")
    @ValueSource(
            strings = {
                "foto.jpg",
                "ftp://example.com/a.jpg",
                "https://",
                "https://example.com/a b.jpg",
                "Halo https://example.com"
            })
    void anImageWhoseBodyIsNoUrlIsRefused(String body) {
        Exchange exchange = call(TO + "&messageType=image&filename=a.jpg", body);

        assertThat(failure(exchange, SendTalkValidationException.class).getField())
                .isEqualTo("body");
        noRequestWasMade();
    }

    @Test
    void case23_anImageWithoutAFileNameIsRefused() {
        SendTalkValidationException failure = failure(
                call(TO + "&messageType=image", "https://example.com/a.jpg"), SendTalkValidationException.class);

        assertThat(failure.getField()).isEqualTo("filename");
        assertThat(failure).hasMessageContaining(SendTalkConstants.FILENAME).hasMessageContaining("option filename");
        noRequestWasMade();
    }

    @Test
    void case23_aCaptionOnATextIsNotSent() throws Exception {
        call(TO + "&caption=Foto&filename=a.jpg", "Halo");

        assertThat(request().has("caption")).isFalse();
        assertThat(request().has("filename")).isFalse();
    }

    @Test
    void case26_noInboundHeaderReachesTheApi() {
        Map<String, Object> headers = new HashMap<>();
        for (String name : List.of(
                "Authorization", "Cookie", "Content-Type", "Transfer-Encoding", "API-Key", "User-Agent", "X-Own")) {
            headers.put(name, "inbound");
        }
        headers.put("Host", "evil.example");
        headers.put(Exchange.HTTP_URI, "http://evil.example/");
        headers.put(Exchange.HTTP_METHOD, "DELETE");
        headers.put(Exchange.HTTP_PATH, "/evil");
        headers.put(Exchange.HTTP_QUERY, "evil=1");
        headers.put("baseUrl", "http://evil.example");
        headers.put("apiKey", "inbound");

        Exchange exchange = call(TO, "Halo", headers);

        assertThat(exchange.getException()).isNull();
        LoggedRequest request = requests().get(0);
        assertThat(request.getUrl()).isEqualTo(SEND);
        assertThat(request.getHeaders().toString()).doesNotContain("inbound").doesNotContain("evil");
        assertThat(request.getHeader("API-Key")).isEqualTo(key);
        assertThat(exchange.getMessage().getHeader("Authorization")).isEqualTo("inbound");
    }

    @Test
    void case27_outputHeadersOfAnEarlierStepAreRemovedAndAFailureLeavesTheRest() {
        Map<String, Object> headers = Map.of(
                SendTalkConstants.MESSAGE_ID, "old", SendTalkConstants.RESPONSE_MESSAGE, "old", "other", "stays");

        Exchange exchange = call("sendtalk:send?phone=6281212340001", "Halo", headers);

        failure(exchange, SendTalkInvalidRecipientException.class);
        assertThat(exchange.getMessage().getHeader(SendTalkConstants.MESSAGE_ID))
                .isNull();
        assertThat(exchange.getMessage().getHeader(SendTalkConstants.RESPONSE_MESSAGE))
                .isNull();
        assertThat(exchange.getMessage().getHeader("other")).isEqualTo("stays");
        assertThat(exchange.getMessage().getBody()).isEqualTo("Halo");
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                // each test names its endpoint
            }
        };
    }
}
