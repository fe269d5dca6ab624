package io.github.camelsendtalk.client;

import static com.github.tomakehurst.wiremock.common.Gzip.gzip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsendtalk.client.http.Answer;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every kind of answer becomes a value or the right exception; hard cases 1 to 9, 11, 13 and 14. */
class ResponseDecoderTest {

    private static final Logger LOG = LoggerFactory.getLogger(ResponseDecoderTest.class);
    private static final String ID = "f26ccf7a-d867-b3a4-d333-117ec668718d";
    private static final String TAKEN = """
            {"status": 200, "error": {"code": "", "message": "", "field": ""}, "data": {"success": true, "message": "The message has been added to queue", "reason": "", "id": "%s"}}""".formatted(ID);
    private static final long SEED = 20261123;

    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "null",
        "true",
        "-",
        "1e",
        "e99999999999",
        "\\u",
        "\\ud83d",
        "0",
        "NaN",
        "\u0000"
    };

    static List<AnswerCase> values() {
        return AnswerCase.all().stream().filter(answer -> !answer.isFailure()).toList();
    }

    static List<AnswerCase> failures() {
        return AnswerCase.all().stream().filter(AnswerCase::isFailure).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void aSuccessBecomesItsValue(AnswerCase answer) throws SendTalkException {
        Object value = answer.decode(List.of());

        if (value instanceof SendResult result) {
            assertThat(result)
                    .isEqualTo(new SendResult(
                            answer.field("id").textValue(),
                            answer.field("message").textValue()));
        } else if (value instanceof PhoneCheck check) {
            assertThat(check)
                    .isEqualTo(new PhoneCheck(
                            answer.field("isRegistered").booleanValue(),
                            answer.field("message").textValue()));
        } else {
            assertThat(value)
                    .isEqualTo(new MessageStatus(
                            answer.field("status").textValue(),
                            flag(answer.field("isPending")),
                            flag(answer.field("isSent")),
                            time(answer.field("sentTime")),
                            answer.field("currency").textValue(),
                            decimal(answer.field("price")),
                            time(answer.field("createdTime"))));
        }
    }

    private static @Nullable Boolean flag(JsonNode expected) {
        return expected.isBoolean() ? expected.booleanValue() : null;
    }

    private static @Nullable Long time(JsonNode expected) {
        return expected.isNumber() ? expected.longValue() : null;
    }

    private static @Nullable BigDecimal decimal(JsonNode expected) {
        return expected.isTextual() ? new BigDecimal(expected.textValue()) : null;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void aFailureBecomesTheRightException(AnswerCase answer) {
        SendTalkException failure =
                catchThrowableOfType(SendTalkException.class, () -> answer.decode(List.of("another")));

        assertThat(failure).as("the exception").isNotNull();
        assertThat(failure.getClass().getSimpleName())
                .isEqualTo(answer.field("exception").textValue());
        assertThat(failure.isOutcomeUnknown())
                .as("outcome unknown")
                .isEqualTo(answer.field("outcomeUnknown").booleanValue());
        assertThat(failure.isRetryable())
                .as("retryable")
                .isEqualTo(answer.field("retryable").booleanValue());
        assertThat(failure.getOperation()).isEqualTo(answer.operation());
        assertThat(failure.getHttpStatus()).isEqualTo(answer.answer().httpStatus());
        assertThat(failure.getStatus()).as("status").isEqualTo(integer(answer.field("status")));
        assertThat(failure.getCode()).as("code").isEqualTo(answer.field("code").textValue());
        assertThat(failure.getField())
                .as("field")
                .isEqualTo(answer.field("field").textValue());
        assertThat(failure.getReason())
                .as("reason")
                .isEqualTo(answer.field("reason").textValue());
        assertThat(failure.getApiMessage())
                .as("API message")
                .isEqualTo(answer.field("apiMessage").textValue());
        assertThat(failure.getRetryAfter()).as("Retry-After").isEqualTo(duration(answer.field("retryAfter")));
        assertThat(failure.getCause()).as("cause").isNull();
    }

    private static @Nullable Integer integer(JsonNode expected) {
        return expected.isNumber() ? expected.intValue() : null;
    }

    private static @Nullable Duration duration(JsonNode expected) {
        return expected.isTextual() ? Duration.parse(expected.textValue()) : null;
    }

    @Test
    void theTableOfAnswersNamesEveryExceptionThatAnAnswerCanBecome() {
        assertThat(failures())
                .extracting(answer -> answer.operation() + " "
                        + answer.field("exception").textValue().replaceAll("^SendTalk|Exception$", ""))
                .contains("send Response", "status Response")
                .contains("send Authentication", "status Authentication")
                .contains("status MessageNotFound")
                .contains("send Validation", "status Validation")
                .contains("send RateLimit", "status RateLimit")
                .contains("send Server", "status Server")
                .contains("send InvalidRecipient", "send InsufficientBalance", "send Rejected")
                .contains("send Api", "status Api")
                .contains("check Response", "check Authentication", "check Validation", "check RateLimit", "check Api")
                .contains("check Server", "check InsufficientBalance");
    }

    static Stream<Arguments> hugeAnswers() throws Exception {
        return Stream.of(
                Arguments.of("2,000 levels of lists", "[".repeat(2_000) + "]".repeat(2_000)),
                Arguments.of("2,000 levels of objects", "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000)),
                Arguments.of("2,000 levels in data", TAKEN.replace("\"id\"", "\"x\": " + "[".repeat(2_000))),
                Arguments.of("200,000 levels without an end", "[".repeat(200_000)),
                Arguments.of("1 MiB of one letter", "x".repeat(Answer.MAX_BYTES)),
                Arguments.of("1 MiB of one digit", "7".repeat(Answer.MAX_BYTES)),
                Arguments.of("1 MiB of a text without an end", "\"" + "x".repeat(Answer.MAX_BYTES - 1)),
                Arguments.of("a number of a million digits", TAKEN.replace("200", "2".repeat(1_000_000))),
                Arguments.of("an exponent of ten digits", TAKEN.replace("200", "1e9999999999")),
                Arguments.of("an exponent of a hundred digits", TAKEN.replace("200", "1e" + "9".repeat(100))),
                Arguments.of("a name of a million letters", "{\"" + "a".repeat(1_000_000) + "\": 1}"));
    }

    @ParameterizedTest(name = "case 8: {0}")
    @MethodSource("hugeAnswers")
    @Timeout(5)
    void hugeJunkIsAnUnreadableAnswer(String name, String body) {
        assertThatThrownBy(() -> send(200, body.getBytes(UTF_8)))
                .isInstanceOf(SendTalkResponseException.class)
                .hasMessageContaining("can't be read");
        assertThatThrownBy(() -> send(500, body.getBytes(UTF_8))).isInstanceOf(SendTalkServerException.class);
    }

    @Test
    void case8_random1MiBIsAnUnreadableAnswer() {
        byte[] junk = new byte[Answer.MAX_BYTES];
        new Random(SEED).nextBytes(junk);

        assertThatThrownBy(() -> send(200, junk)).isInstanceOf(SendTalkResponseException.class);
    }

    @ParameterizedTest(name = "case 9: {0} as text of a million digits is taken as absent, at once")
    @ValueSource(strings = {"sentTime", "price", "createdTime"})
    @Timeout(5)
    void aNumberAsEndlessTextIsAbsent(String field) throws SendTalkException {
        String body = "{\"data\": {\"status\": \"sent\", \"%s\": \"%s\"}}".formatted(field, "9".repeat(1_000_000));

        MessageStatus status = status(body);

        assertThat(status).isEqualTo(new MessageStatus("sent", null, null, null, null, null, null));
    }

    @Test
    void case9_aNumberAsTextOfAHundredCharactersIsReadAndALongerOneIsAbsent() throws SendTalkException {
        String longest = "1." + "5".repeat(98);
        String body = "{\"data\": {\"status\": \"sent\", \"price\": \"%s\"}}";

        assertThat(status(body.formatted(longest)).price()).isEqualTo(new BigDecimal(longest));
        assertThat(status(body.formatted(longest + "5")).price()).isNull();
    }

    private static MessageStatus status(String body) throws SendTalkException {
        return ResponseDecoder.status(new Answer(200, body.getBytes(UTF_8), null), List.of());
    }

    @Test
    @Timeout(5)
    void case4_aStatusAsTextOfAMillionDigitsIsNoStatus() throws SendTalkException {
        String body = TAKEN.replace("200", "\"" + "4".repeat(1_000_000) + "\"");

        assertThat(send(200, body.getBytes(UTF_8)).id()).isEqualTo(ID);
    }

    @Test
    void case10_anAnswerThatWasTooLargeIsUnreadableOrWhatItsHttpStatusSays() {
        assertThatThrownBy(() -> send(200, null))
                .isInstanceOf(SendTalkResponseException.class)
                .hasMessageContaining("longer than 1 MiB");
        assertThatThrownBy(() -> send(500, null)).isInstanceOf(SendTalkServerException.class);
        assertThatThrownBy(() -> send(400, null)).isInstanceOf(SendTalkValidationException.class);
        assertThatThrownBy(() -> send(401, null)).isExactlyInstanceOf(SendTalkApiException.class);
        assertThatThrownBy(() -> send(303, null))
                .isExactlyInstanceOf(SendTalkApiException.class)
                .hasFieldOrPropertyWithValue("outcomeUnknown", true);
    }

    @ParameterizedTest(name = "HTTP {0} without the envelope is told to come from something in between")
    @ValueSource(ints = {401, 403})
    void aRefusalByAProxyIsNotTakenForAWrongKey(int httpStatus) {
        assertThatThrownBy(() -> send(httpStatus, "<html>Log in to the hotel</html>".getBytes(UTF_8)))
                .isExactlyInstanceOf(SendTalkApiException.class)
                .hasMessageContaining("not by SendTalk")
                .hasMessageContaining("proxy", "firewall", "portal")
                .hasMessageNotContaining("apiKey");
    }

    @ParameterizedTest(name = "HTTP {0}, {1}")
    @CsvSource(delimiter = '|', textBlock = """
            404 | 404 page not found
            404 | {"status": 404, "error": {"code": "40400", "message": "Not found", "field": ""}, "data": {}}
            200 | {"status": 404, "error": {"code": "", "message": "", "field": ""}, "data": []}
            """)
    void aCheckThatIsNotThereIsToldSo(int httpStatus, String body) {
        assertThatThrownBy(() -> ResponseDecoder.check(new Answer(httpStatus, body.getBytes(UTF_8), null), List.of()))
                .isExactlyInstanceOf(SendTalkApiException.class)
                .hasMessageStartingWith("SendTalk has nothing at the path of the check (check, HTTP " + httpStatus)
                .hasMessageEndingWith("It is a preview: ask SendTalk whether your account has it. If sends end so too,"
                        + " correct the option baseUrl.");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"6281212345678", "+62 812-1234-5678", "0812-1234-5678"})
    void theWordsOfACheckDoNotHoldTheNumber(String written) throws SendTalkException {
        String body = "{\"data\": {\"isRegistered\": false, \"message\": \"Phone number '%s' is not registered\"}}";

        PhoneCheck check = ResponseDecoder.check(
                new Answer(200, body.formatted(written).getBytes(UTF_8), null), List.of("key", "6281212345678"));

        assertThat(check.message()).matches("Phone number '[+*]+' is not registered");
    }

    @ParameterizedTest(name = "case 14: Retry-After \"{0}\" is told as: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            7       | Nothing was sent: it asks to wait 7 s.
            3599    | Nothing was sent: it asks to wait 3599 s.
            3600    | Nothing was sent: it asks to wait an hour or longer.
            86400   | Nothing was sent: it asks to wait an hour or longer.
            soon    | Nothing was sent: try again later.
            ''      | Nothing was sent: try again later.
            """)
    void aRateLimitSaysHowLongToWait(String retryAfter, String advice) {
        for (ApiCall.Decoder<?> decoder : decoders()) {
            assertThatThrownBy(() -> decoder.decode(new Answer(429, null, retryAfter)))
                    .isInstanceOf(SendTalkRateLimitException.class)
                    .hasMessageEndingWith(advice);
        }
    }

    @Test
    void case14_aDateIsToldInWholeSecondsAndNeverTooFew() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(1_000));

        assertThatThrownBy(() -> ResponseDecoder.send(new Answer(429, null, date), List.of()))
                .satisfies(failure -> {
                    Duration asked = ((SendTalkException) failure).getRetryAfter();
                    Duration told = Duration.ofSeconds(
                            Long.parseLong(failure.getMessage().replaceAll(".* wait (\\d+) s\\.", "$1")));
                    assertThat(told).isBetween(asked, asked.plusSeconds(1));
                });
    }

    private static List<ApiCall.Decoder<?>> decoders() {
        return List.of(
                answer -> ResponseDecoder.send(answer, List.of()), answer -> ResponseDecoder.status(answer, List.of()));
    }

    @Test
    void case11_gzipThatUnpacksToMoreThan1MiBIsUnreadable() throws Exception {
        byte[] bomb = gzip((" ".repeat(Answer.MAX_BYTES) + TAKEN).getBytes(UTF_8));

        assertThatThrownBy(() -> send(200, bomb)).isInstanceOf(SendTalkResponseException.class);
    }

    @Test
    void case11_gzipThatUnpacksToJustUnder1MiBIsRead() throws Exception {
        byte[] packed = gzip((" ".repeat(Answer.MAX_BYTES - TAKEN.length()) + TAKEN).getBytes(UTF_8));

        assertThat(send(200, packed).id()).isEqualTo(ID);
    }

    @ParameterizedTest(name = "a message whose text is {0}")
    @ValueSource(strings = {"4000", "40002", "400"})
    void aTextThatEqualsTheErrorCodeDoesNotChangeTheException(String text) {
        String body = "{\"status\": 200, \"error\": {\"code\": \"40002\", \"field\": \"phone\"}, \"data\": {}}";

        SendTalkException failure = catchThrowableOfType(
                SendTalkException.class,
                () -> ResponseDecoder.send(new Answer(200, body.getBytes(UTF_8), null), List.of(text)));

        assertThat(failure).isInstanceOf(SendTalkValidationException.class);
        assertThat(failure.getCode()).isEqualTo("40002");
    }

    @Test
    void aTextThatEqualsTheReasonOrTheFieldDoesNotChangeTheException() {
        String refused = "{\"status\": 200, \"data\": {\"success\": false, \"reason\": \"insufficient_balance\"}}";
        String wrong = "{\"status\": 400, \"error\": {\"code\": \"40002\", \"field\": \"filename\"}, \"data\": {}}";

        assertThatThrownBy(() -> ResponseDecoder.send(
                        new Answer(200, refused.getBytes(UTF_8), null), List.of("insufficient_balance")))
                .isInstanceOf(SendTalkInsufficientBalanceException.class)
                .hasFieldOrPropertyWithValue("reason", "insufficient_balance");
        assertThatThrownBy(
                        () -> ResponseDecoder.send(new Answer(200, wrong.getBytes(UTF_8), null), List.of("filename")))
                .isInstanceOf(SendTalkValidationException.class)
                .hasFieldOrPropertyWithValue("field", "filename");
    }

    @Test
    void randomBytesNeverBecomeAnythingButOurExceptions() {
        LOG.info("seed {}", SEED);
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            assertValueOrOurException(i, bytes, random);
        }
    }

    @Test
    void mutatedAnswersNeverBecomeAnythingButOurExceptions() {
        LOG.info("seed {}", SEED);
        Random random = new Random(SEED);
        List<byte[]> answers = new ArrayList<>();
        AnswerCase.all().forEach(answer -> answers.add(answer.answer().body()));
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = answers.get(random.nextInt(answers.size())).clone();
            assertValueOrOurException(i, mutate(bytes, random), random);
        }
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        byte[] mutated = bytes;
        for (int change = random.nextInt(4); change >= 0 && mutated.length > 0; change--) {
            int at = random.nextInt(mutated.length);
            mutated = switch (random.nextInt(4)) {
                case 0 -> flip(mutated, at, random);
                case 1 -> splice(mutated, at, random.nextInt(mutated.length - at + 1), new byte[0]);
                case 2 -> splice(mutated, at, 0, PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8));
                default -> splice(mutated, at, 1, PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8));
            };
        }
        return mutated;
    }

    private static byte[] flip(byte[] bytes, int at, Random random) {
        byte[] flipped = bytes.clone();
        flipped[at] = (byte) random.nextInt();
        return flipped;
    }

    private static byte[] splice(byte[] bytes, int at, int removed, byte[] inserted) {
        byte[] spliced = new byte[bytes.length - removed + inserted.length];
        System.arraycopy(bytes, 0, spliced, 0, at);
        System.arraycopy(inserted, 0, spliced, at, inserted.length);
        System.arraycopy(bytes, at + removed, spliced, at + inserted.length, bytes.length - at - removed);
        return spliced;
    }

    private static void assertValueOrOurException(int round, byte[] bytes, Random random) {
        int httpStatus = random.nextBoolean() ? 200 : 100 + random.nextInt(500);
        String retryAfter = random.nextBoolean() ? null : new String(bytes, 0, Math.min(20, bytes.length), UTF_8);
        Answer answer = new Answer(httpStatus, bytes, retryAfter);
        try {
            if (random.nextBoolean()) {
                assertThat(ResponseDecoder.send(answer, List.of("key")).id()).isNotBlank();
            } else {
                assertThat(ResponseDecoder.status(answer, List.of("key"))).isNotNull();
            }
        } catch (SendTalkException e) {
            assertThat(e.isOutcomeUnknown() && e.isRetryable())
                    .as("round %d: outcome unknown and yet retryable", round)
                    .isFalse();
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(
                    "round %d, seed %d, answer %s".formatted(round, SEED, new String(bytes, UTF_8)), e);
        }
    }

    private static SendResult send(int httpStatus, byte @Nullable [] body) throws SendTalkException {
        return ResponseDecoder.send(new Answer(httpStatus, body, null), List.of());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 299})
    void anySuccessOfHttpIsReadAsASuccess(int httpStatus) throws Exception {
        assertThat(ResponseDecoder.send(new Answer(httpStatus, TAKEN.getBytes(UTF_8), null), List.of())
                        .id())
                .isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(ints = {199, 300})
    void anythingBesideIsNoSuccess(int httpStatus) {
        assertThatThrownBy(() -> send(httpStatus, "{}".getBytes(UTF_8)))
                .isExactlyInstanceOf(SendTalkApiException.class);
    }

    @Test
    void case11_gzipInSomePiecesIsRead() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.write(gzip(TAKEN.substring(0, 10).getBytes(UTF_8)));
        packed.write(gzip(new byte[0]));
        packed.write(gzip(TAKEN.substring(10).getBytes(UTF_8)));

        assertThat(ResponseDecoder.send(new Answer(200, packed.toByteArray(), null), List.of())
                        .id())
                .isNotBlank();
    }

    @Test
    void case11_gzipOfManyEmptyPiecesIsUnreadable() throws Exception {
        byte[] piece = gzip(new byte[0]);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        while (packed.size() + piece.length <= Answer.MAX_BYTES) {
            packed.write(piece);
        }

        assertThatThrownBy(() -> send(200, packed.toByteArray())).isInstanceOf(SendTalkResponseException.class);
    }
}
