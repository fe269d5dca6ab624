package io.github.camelsendtalk.client;

import static io.github.camelsendtalk.support.ScriptedServer.answering;
import static io.github.camelsendtalk.support.ScriptedServer.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelsendtalk.client.http.Answer;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.ScriptedServer.Connection;
import java.beans.BeanInfo;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an exception says, and what it never says; case 40. */
class ExceptionTextTest extends WireTestSupport {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT = "Kode rahasia Anda 482913, berlaku 5 menit";

    static List<AnswerCase> failures() {
        return AnswerCase.all().stream().filter(AnswerCase::isFailure).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void everyFailureSaysWhatIsKnownInOneLine(AnswerCase answer) {
        SendTalkException failure = catchThrowableOfType(SendTalkException.class, () -> answer.decode(List.of(key)));

        assertThat(failure)
                .hasMessageContaining(answer.operation())
                .hasMessageContaining("HTTP " + answer.answer().httpStatus());
        for (String name : List.of("status", "code", "field", "reason", "apiMessage")) {
            assertThat(failure).hasMessageContaining(answer.field(name).asText());
        }
        assertThat(failure.getMessage())
                .endsWith(".")
                .doesNotContainPattern("\\R")
                .hasSizeLessThan(700);
        assertThat(failure.getMessage().contains("do not repeat it blindly")).isEqualTo(failure.isOutcomeUnknown());
        assertThat(failure.getCause()).isNull();
        assertThat(failure.getSuppressed()).isEmpty();
    }

    @Test
    void aFailureReadsAsASentenceWithAdvice() {
        assertThat(error("Phone is required", List.of(key)))
                .hasMessageMatching(
                        "[A-Z][^()]+ \\(send, HTTP 200, status 400, code 40002, field phone: 'Phone is required'\\)\\."
                                + " [A-Z][^()]+\\.");
    }

    static Stream<Arguments> echoes() {
        return Stream.of(
                Arguments.of("the number", "6281212345678 is not on WhatsApp"),
                Arguments.of("the number with a plus", "Number +6281212345678 is wrong"),
                Arguments.of("the number with blanks", "Number +62 812-1234-5678 is wrong"),
                Arguments.of("the national number", "Number (0812) 1234.5678 is wrong"),
                Arguments.of("the end of the number", "Number 81212345678 is wrong"),
                Arguments.of("the text", "Body '" + TEXT + "' is wrong"),
                Arguments.of("the text twice", TEXT + TEXT),
                Arguments.of("the number inside the text", "Body 'Call 6281212345678, kode 482913' is wrong"));
    }

    @ParameterizedTest(name = "the API echoes {0}")
    @MethodSource("echoes")
    void nothingThatWasSentComesBackInAnException(String name, String words) {
        List<String> secrets = List.of(key, PHONE, TEXT, "Call 6281212345678, kode 482913");

        for (SendTalkException failure : everywhere(words, secrets)) {
            assertThat(everythingOf(failure))
                    .doesNotContain("81212345678", "812-1234-5678", "0812) 1234", "482913", "rahasia")
                    .contains("***");
        }
    }

    @Test
    void theKeyNeverComesBackInAnException() {
        for (SendTalkException failure : everywhere("Key '" + key + "' is unknown", List.of(key, PHONE, TEXT))) {
            assertThat(everythingOf(failure)).doesNotContain(key).contains("Key '***' is unknown");
        }
    }

    @Test
    void aTextThatHoldsTheNumberIsTakenOutAsAWhole() {
        String text = "Halo " + PHONE + ", kode 482913";

        SendTalkException failure = error("Body '" + text + "' is wrong", List.of(key, PHONE, text));

        assertThat(failure.getApiMessage()).isEqualTo("Body '***' is wrong");
    }

    @Test
    void theClientTakesOutWhatItSent() {
        SendTalkMessage message = new SendTalkMessage(PHONE, MessageType.TEXT, TEXT, null, null);
        String words = "%s may not send '%s' to %s".formatted(key, TEXT, PHONE);
        try (ScriptedServer server = ScriptedServer.start(answering(json(400, answer(words, "", ""))))) {
            SendTalkException failure = failure(client(server).send(message));

            assertThat(failure.getApiMessage()).isEqualTo("*** may not send '***' to ***");
            assertThat(everythingOf(failure)).doesNotContain(key, TEXT, PHONE);
            assertThat(everythingOf(failure(client(server).status(ID)))).doesNotContain(key);
        }
    }

    @ParameterizedTest(name = "the API says \"{0}\"")
    @ValueSource(
            strings = {
                "Code 482913 is not allowed",
                "Body: Kode rahasia Anda 482913, berl...",
                "Kode &quot;482913&quot;",
                "R32: not allowed: X7K9P2",
                "R32: Text 'Your code is X7…' is too long",
                "R32: Text 'Your code is X7K9...' is too long",
                "R32: Body contains x7k9p2, which is forbidden",
                "R32: Body contains X7K-9P2, which is forbidden",
                "R32: Word kxqpwz is not allowed",
                "R32: Word KXQ PWZ is not allowed",
                "R32: URL has %22KXQPWZ%22",
                "File foto-90417.jpg",
                "Caption Invoice 77125 of Budi"
            })
    void theCodesOfAMessageAreTakenOutOfWordsThatEchoAPartOfIt(String words) {
        String answer = json(400, answer(words, "", ""));
        SendTalkMessage text = new SendTalkMessage(PHONE, MessageType.TEXT, TEXT, null, null);
        SendTalkMessage letters =
                new SendTalkMessage(PHONE, MessageType.OTP, "Your code is X7K9P2, your word is KXQPWZ", null, null);
        SendTalkMessage image = new SendTalkMessage(
                PHONE, MessageType.IMAGE, "https://example.com/a.jpg", "foto-90417.jpg", "Invoice 77125 of Budi");
        try (ScriptedServer server = ScriptedServer.start(answering(answer))) {
            SendTalkMessage message = words.startsWith("R32") ? letters : words.contains("482913") ? text : image;

            assertThat(everythingOf(failure(client(server).send(message))))
                    .doesNotContain("482913", "90417", "77125")
                    .doesNotContain("X7", "x7", "9P2", "Your code")
                    .doesNotContainIgnoringCase("KXQ", "PWZ")
                    .contains("***");
        }
    }

    @ParameterizedTest(name = "line break {0}")
    @ValueSource(
            strings = {"\n", "\r\n", "\r", "\u000b", "\f", "\u0085", "\u2028", "\u2029", "\u0000", "\u001b", "\u009b"})
    void theApisWordsAddNoLineAndNoControlToALog(String lineBreak) {
        String words = "One" + lineBreak + "ERROR two";

        for (SendTalkException failure : everywhere(words, List.of(key))) {
            assertThat(everythingOf(failure)).doesNotContain(lineBreak).contains("One ERROR two");
        }
    }

    @ParameterizedTest(name = "R38: the API says <{0}>")
    @ValueSource(
            strings = {
                "the field \"phone\" is wrong",
                "\"",
                "\\",
                "a \\\" b",
                "the path C:\\temp\\new",
                "\\u00",
                "a\tb\nc",
                "a\u0000b\u001fc",
                "“quoted” «twice»"
            })
    void anExceptionsTextsCanBePutIntoJson(String words) throws Exception {
        for (SendTalkException failure : everywhere(words, List.of(key))) {
            assertFitsIntoJson(failure);
        }
        assertFitsIntoJson(new SendTalkValidationException(Operation.send, "body", words));
        assertFitsIntoJson(new SendTalkTransportException(Operation.send, words, true));
    }

    @ParameterizedTest(name = "R38: {0}")
    @MethodSource("failures")
    void everyFailuresTextsCanBePutIntoJson(AnswerCase answer) throws Exception {
        assertFitsIntoJson(catchThrowableOfType(SendTalkException.class, () -> answer.decode(List.of(key))));
    }

    /** As a route does that answers with an exception's text. */
    private static void assertFitsIntoJson(SendTalkException failure) throws Exception {
        for (String text : Arrays.asList(
                failure.getMessage(),
                failure.getApiMessage(),
                failure.getReason(),
                failure.getField(),
                failure.getCode())) {
            if (text != null) {
                String json = "{\"error\": \"" + text + "\"}";
                assertThat(JSON.readTree(json).get("error").textValue()).isEqualTo(text);
                assertThat(text).doesNotContain("\"");
            }
        }
    }

    @Test
    void longWordsAreCut() {
        for (SendTalkException failure : everywhere("long ".repeat(1_000), List.of(key))) {
            assertThat(failure.getMessage()).hasSizeLessThan(600);
        }
    }

    @ParameterizedTest(name = "a million times \"{0}\"")
    @ValueSource(strings = {"x", "7", "7 ", " (", "\n", "-7a"})
    @Timeout(5)
    void endlessWordsAreCutAtOnce(String part) {
        String words = "1 " + part.repeat(1_000_000 / part.length()) + "x";

        assertThat(new Redactor(List.of(key, PHONE, TEXT)).redact(words)).hasSizeLessThan(310);
    }

    @Test
    void aRawAnswerIsNeverShown() {
        String html = "<html><body>internal-host-17 stack trace</body></html>";
        for (int httpStatus : new int[] {200, 302, 400, 401, 404, 407, 429, 500}) {
            SendTalkException failure = catchThrowableOfType(
                    SendTalkException.class,
                    () -> ResponseDecoder.send(new Answer(httpStatus, html.getBytes(UTF_8), "stack"), List.of(key)));

            assertThat(everythingOf(failure)).doesNotContain("internal-host", "stack trace", "<");
        }
    }

    @Test
    void aBrokenConnectionIsToldWithoutWhatWasSent() {
        try (ScriptedServer server = ScriptedServer.start(Connection::read)) {
            SendTalkException failure = failure(client(server).send(MESSAGE));

            assertThat(everythingOf(failure)).doesNotContain(key, "482913", PHONE);
            assertThat(failure.getCause()).isNull();
            assertThat(failure.getSuppressed()).hasSize(1);
            assertThat(stackTrace(failure)).contains("Suppressed: ");
        }
    }

    @Test
    void anUnreachableServerIsToldWithItsNameAndWithoutWhatWasSent() {
        SendTalkException failure = failure(
                client(URI.create("http://sendtalk.invalid/secret-path"), LONG).send(MESSAGE));

        assertThat(failure).hasMessageContaining("http://sendtalk.invalid");
        assertThat(everythingOf(failure)).doesNotContain(key, "482913", PHONE);
        assertThat(failure.getCause()).isNull();
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void anInvalidMessageIsToldWithoutItsContent() {
        SendTalkMessage noUrl = new SendTalkMessage(PHONE, MessageType.IMAGE, TEXT, "secret.jpg", "secret caption");

        SendTalkException failure = catchThrowableOfType(SendTalkException.class, noUrl::validate);

        assertThat(failure.getField()).isEqualTo("body");
        assertThat(everythingOf(failure)).doesNotContain("rahasia", "482913", PHONE, "secret");
    }

    @Test
    void aMessagesTextFormHoldsNeitherTheTextNorTheWholeNumber() {
        assertThat(new SendTalkMessage(PHONE, MessageType.IMAGE, TEXT, "secret.jpg", "secret caption"))
                .hasToString("SendTalkMessage[phone=62***678, messageType=image, body=41 characters]");
        assertThat(new SendTalkMessage("1234567", MessageType.OTP, "", null, null).toString())
                .doesNotContain("1234567");
        assertThat(new SendTalkMessage(null, null, null, null, null))
                .hasToString("SendTalkMessage[phone=null, messageType=null, body=null]");
    }

    @Test
    void everyExceptionHasEveryGetterThatSimpleMayAskFor() throws Exception {
        BeanInfo bean = Introspector.getBeanInfo(SendTalkException.class, Throwable.class);

        assertThat(bean.getPropertyDescriptors())
                .extracting(PropertyDescriptor::getName)
                .contains(
                        "operation",
                        "outcomeUnknown",
                        "retryable",
                        "httpStatus",
                        "status",
                        "code",
                        "field",
                        "reason",
                        "apiMessage",
                        "retryAfter",
                        "attempts");
    }

    @Test
    void anExceptionCountsOneAttemptUnlessTheComponentSaysMore() {
        SendTalkException failure = error("Phone is required", List.of(key));
        assertThat(failure.getAttempts()).isEqualTo(1);

        failure.setAttempts(3);

        assertThat(failure.getAttempts()).isEqualTo(3);
    }

    @Test
    void anExceptionSurvivesSerialization() throws Exception {
        SendTalkException failure = error("Phone is required", List.of(key));
        failure.setAttempts(2);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            SendTalkException copy = (SendTalkException) in.readObject();

            assertThat(copy).hasMessage(failure.getMessage());
            assertThat(copy.getCode()).isEqualTo("40002");
            assertThat(copy.getApiMessage()).isEqualTo("Phone is required");
            assertThat(copy.getAttempts()).isEqualTo(2);
        }
    }

    /** The failures with these words in each place that the API has for words. */
    private static List<SendTalkException> everywhere(String words, List<String> secrets) {
        return Stream.of(
                        answer(words, "40002", "phone"),
                        answer("", words, ""),
                        answer("", "40002", words),
                        refusal(words, ""),
                        refusal("", words))
                .map(body -> decode(body, secrets))
                .toList();
    }

    private static SendTalkException error(String words, List<String> secrets) {
        return decode(answer(words, "40002", "phone"), secrets);
    }

    private static SendTalkException decode(String body, List<String> secrets) {
        return catchThrowableOfType(
                SendTalkException.class,
                () -> ResponseDecoder.send(new Answer(200, body.getBytes(UTF_8), null), secrets));
    }

    private static String answer(String message, String code, String field) {
        ObjectNode envelope = JSON.createObjectNode().put("status", 400);
        envelope.putObject("error").put("code", code).put("message", message).put("field", field);
        return envelope.toString();
    }

    private static String refusal(String message, String reason) {
        ObjectNode envelope = JSON.createObjectNode().put("status", 200);
        envelope.putObject("data").put("success", false).put("message", message).put("reason", reason);
        return envelope.toString();
    }

    /** All that a log, a tracer or Simple may print of a failure. */
    private static String everythingOf(SendTalkException failure) {
        return "%s %s %s %s %s %s"
                .formatted(
                        failure.getMessage(),
                        failure.getCode(),
                        failure.getField(),
                        failure.getReason(),
                        failure.getApiMessage(),
                        Stream.of(failure.getSuppressed())
                                .map(Throwable::toString)
                                .toList());
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"812\\n9876\\n5432", "812\\t9876\\t5432"})
    void aNumberWithControlsInItIsTakenOut(String number) {
        assertThat(new Redactor(List.of()).redact("Number " + number.translateEscapes() + " is wrong"))
                .isEqualTo("Number *** is wrong");
    }

    @Test
    void wordsAreKeptWholeUpTo300Characters() {
        assertThat(new Redactor(List.of()).redact("x".repeat(300))).isEqualTo("x".repeat(300));
        assertThat(new Redactor(List.of()).redact("x".repeat(301))).isEqualTo("x".repeat(300) + "…");
    }

    @Test
    void aSecretOfFourCharactersIsTakenOutAndAShorterOneIsNot() {
        assertThat(new Redactor(List.of("abcd", "abc")).redact("say abcd and abc"))
                .isEqualTo("say *** and abc");
    }
}
