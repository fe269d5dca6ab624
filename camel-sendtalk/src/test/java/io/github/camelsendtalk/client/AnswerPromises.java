package io.github.camelsendtalk.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.camelsendtalk.client.http.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What holds of every answer, whatever its bytes: it becomes what the table in the documentation says, and an exception
 * says nothing that it must not.
 *
 * <p>The table stands here a second time, read from it and not from the decoder.
 */
final class AnswerPromises {

    /** What was sent, and no exception may repeat; a code of the text counts as well. */
    static final List<String> SECRETS = List.of(
            "key-5e0fd0a1c7b94d2e",
            "6281298765432",
            "Kode rahasia 482913 \uD83D\uDD11, X7K9P2 or KXQPWZ",
            "482913",
            "X7K9P2",
            "x7k9p2",
            "KXQPWZ");

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerFor(JsonNode.class);

    /** An API exception whose outcome is unknown: not a name of a class. */
    private static final String UNKNOWN_API = "SendTalkApiException, unknown";

    private static final Map<String, Boolean> UNKNOWN_ON_SEND = Map.ofEntries(
            Map.entry("SendTalkResponseException", true),
            Map.entry("SendTalkServerException", true),
            Map.entry("SendTalkAuthenticationException", false),
            Map.entry("SendTalkMessageNotFoundException", false),
            Map.entry("SendTalkValidationException", false),
            Map.entry("SendTalkRateLimitException", false),
            Map.entry("SendTalkInvalidRecipientException", false),
            Map.entry("SendTalkInsufficientBalanceException", false),
            Map.entry("SendTalkRejectedException", false),
            Map.entry("SendTalkApiException", false),
            Map.entry(UNKNOWN_API, true));

    private static final Pattern SENTENCE = Pattern.compile("[A-Za-z][A-Za-z0-9 ,:'.]{3,120}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");
    private static final Pattern LONG_NUMBER = Pattern.compile("\\d[\\d .()-]{5,}\\d");
    private static final int MAX_API_MESSAGE_LENGTH = 301;
    private static final int MAX_MESSAGE_LENGTH = 1_600;

    private final Operation operation;
    private final boolean send;
    private final Answer answer;
    private final JsonNode envelope;
    private final JsonNode data;

    private AnswerPromises(Operation operation, Answer answer) {
        this.operation = operation;
        this.send = operation == Operation.send;
        this.answer = answer;
        this.envelope = json(answer.body());
        this.data = envelope.path("data");
    }

    /** Throws an error if the decoder breaks a promise on this answer; whatever else the decoder throws comes out. */
    static void hold(Operation operation, Answer answer) {
        new AnswerPromises(operation, answer).hold();
    }

    /** Decodes as the client would, with the secrets of these promises. */
    static Object decode(Operation operation, Answer answer) throws SendTalkException {
        return decode(operation, answer, SECRETS);
    }

    /** Decodes as the client would. */
    static Object decode(Operation operation, Answer answer, List<String> secrets) throws SendTalkException {
        return switch (operation) {
            case send -> ResponseDecoder.send(answer, secrets);
            case status -> ResponseDecoder.status(answer, secrets);
            case check -> ResponseDecoder.check(answer, secrets);
        };
    }

    private void hold() {
        try {
            value(decode(operation, answer));
        } catch (SendTalkException e) {
            failure(e);
        }
    }

    private void value(Object value) {
        assertThat(value.getClass().getSimpleName()).as("%s", this).isEqualTo(expected());
        assertThat(value.toString()).isNotEmpty();
        assertThat(value).hasSameHashCodeAs(value).isEqualTo(value);
        if (value instanceof SendResult result) {
            assertThat(result.id()).isEqualTo(text(data.path("id")));
        }
    }

    private void failure(SendTalkException e) {
        String name = expected();
        assertThat(e.getClass().getSimpleName()).as("%s", this).isEqualTo(name.replaceAll(",.*", ""));
        assertThat(e.getOperation()).isEqualTo(operation.name());
        assertThat(e.getHttpStatus()).isEqualTo(answer.httpStatus());
        assertThat(e.isOutcomeUnknown()).as("outcome unknown").isEqualTo(send && UNKNOWN_ON_SEND.get(name));
        assertThat(e.isRetryable())
                .as("retryable")
                .isEqualTo(name.equals("SendTalkRateLimitException") || !send && UNKNOWN_ON_SEND.get(name));
        assertThat(e.getCause()).isNull();
        assertThat(e.getSuppressed()).isEmpty();
        retryAfter(e.getRetryAfter());
        text(e);
    }

    static void retryAfter(@Nullable Duration retryAfter) {
        if (retryAfter != null) {
            assertThat(retryAfter).as("Retry-After").isPositive().isLessThanOrEqualTo(Duration.ofHours(1));
        }
    }

    private void text(SendTalkException e) {
        words("code", e.getCode(), envelope.path("error").path("code"));
        words("field", e.getField(), envelope.path("error").path("field"));
        words("reason", e.getReason(), data.path("reason"));
        words("API message", e.getApiMessage(), envelope.path("error").path("message"), data.path("message"));
        assertThat(e.toString()).endsWith(e.getMessage());
        String[] around = e.getMessage().split(Pattern.quote(summary(e)), -1);
        assertThat(around).as("what stands around the API's words in: %s", e).hasSize(2);
        assertThat(around[0]).matches(SENTENCE.pattern() + " \\(" + e.getOperation() + ", ");
        assertThat(around[1]).matches("\\)\\. " + SENTENCE.pattern());
        assertThat(e.getMessage()).hasSizeLessThan(MAX_MESSAGE_LENGTH);
    }

    /** An exception's words stand in their place in the answer, are one short line, and hold nothing that was sent. */
    private static void words(String name, @Nullable String words, JsonNode... places) {
        if (words == null) {
            return;
        }
        assertThat(Arrays.stream(places).anyMatch(place -> text(place) != null))
                .as("the %s '%s' stands in the answer", name, words)
                .isTrue();
        assertThat(words).as(name).hasSizeLessThanOrEqualTo(MAX_API_MESSAGE_LENGTH);
        assertThat(CONTROL.matcher(words).find()).as("a control in: %s", words).isFalse();
        assertThat(LONG_NUMBER.matcher(words).find())
                .as("a number in: %s", words)
                .isFalse();
        assertThat(words).as(name).doesNotContain("\"", "\\");
        String plain = plain(words);
        for (String secret : SECRETS) {
            assertThat(plain.contains(plain(secret)))
                    .as("%s in: %s", secret, words)
                    .isFalse();
        }
    }

    /** As nobody writes it: letters and digits only, so that no other way to write a secret hides it. */
    private static String plain(String text) {
        return text.replaceAll("[^\\p{IsAlphabetic}\\p{IsDigit}]", "").toLowerCase(Locale.ROOT);
    }

    private static String summary(SendTalkException e) {
        List<String> parts = new ArrayList<>();
        parts.add("HTTP " + e.getHttpStatus());
        add(parts, "status ", e.getStatus());
        add(parts, "code ", e.getCode());
        add(parts, "field ", e.getField());
        add(parts, "reason ", e.getReason());
        String summary = String.join(", ", parts);
        return e.getApiMessage() == null ? summary : summary + ": '" + e.getApiMessage() + '\'';
    }

    private static void add(List<String> parts, String name, @Nullable Object value) {
        if (value != null) {
            parts.add(name + value);
        }
    }

    /** The table: the name of what the answer is to become. */
    private String expected() {
        String code = code();
        boolean usualCode = code != null && code.matches("\\d{5}");
        int kind = kind(code, usualCode);
        if ((kind == 401 || kind == 403) && isEnvelope() || "40001".equals(code)) {
            return "SendTalkAuthenticationException";
        }
        if (kind == 404 && !send) {
            return operation == Operation.check ? "SendTalkApiException" : "SendTalkMessageNotFoundException";
        }
        if (kind == 400) {
            return "SendTalkValidationException";
        }
        if (kind == 429) {
            return "SendTalkRateLimitException";
        }
        if (kind / 100 == 5) {
            return "SendTalkServerException";
        }
        if (Boolean.FALSE.equals(flag(data.path("success")))) {
            return refused();
        }
        if (kind / 100 == 3 && kind != 303 || kind / 100 == 4) {
            return "SendTalkApiException";
        }
        boolean otherCode = kind / 100 == 2 && code != null && !usualCode;
        boolean saysTaken = Boolean.TRUE.equals(flag(data.path("success"))) || text(data.path("id")) != null;
        if (otherCode || kind == 0) {
            return saysTaken ? "SendTalkResponseException" : UNKNOWN_API;
        }
        return kind / 100 == 2 ? taken() : UNKNOWN_API;
    }

    private boolean isEnvelope() {
        JsonNode error = envelope.path("error");
        boolean onlyAStatus = envelope.size() == 1 && envelope.has("status");
        return error.isObject() || data.isObject() || data.isArray() || onlyAStatus;
    }

    private int kind(@Nullable String code, boolean usualCode) {
        if (usualCode) {
            return "49103".equals(code) ? 401 : Integer.parseInt(Objects.requireNonNull(code)) / 100;
        }
        BigDecimal status = number(envelope.path("status"));
        boolean failed = status != null
                && status.compareTo(BigDecimal.valueOf(400)) >= 0
                && status.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
        return failed ? status.intValue() : answer.httpStatus();
    }

    private @Nullable String code() {
        String code = text(envelope.path("error").path("code"));
        return code == null || code.strip().matches("0+") ? null : code.strip();
    }

    private String refused() {
        String reason = text(data.path("reason"));
        return switch (reason == null ? "" : reason.strip()) {
            case "invalid_recipient" -> "SendTalkInvalidRecipientException";
            case "insufficient_balance" -> "SendTalkInsufficientBalanceException";
            default -> "SendTalkRejectedException";
        };
    }

    private String taken() {
        boolean taken = Boolean.TRUE.equals(flag(data.path("success"))) && text(data.path("id")) != null;
        boolean known = text(data.path("status")) != null
                || flag(data.path("isPending")) != null
                || flag(data.path("isSent")) != null;
        boolean checked = flag(data.path("isRegistered")) != null;
        return switch (operation) {
            case send -> taken ? "SendResult" : "SendTalkResponseException";
            case status -> known ? "MessageStatus" : "SendTalkResponseException";
            case check -> checked ? "PhoneCheck" : "SendTalkResponseException";
        };
    }

    private static @Nullable String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() && !node.asText().isBlank() ? node.asText() : null;
    }

    private static @Nullable Boolean flag(JsonNode node) {
        String flag = node.isBoolean() || node.isTextual() ? node.asText() : "";
        return flag.equalsIgnoreCase("true") || flag.equalsIgnoreCase("false") ? Boolean.valueOf(flag) : null;
    }

    private static @Nullable BigDecimal number(JsonNode node) {
        if (!node.isNumber() && (!node.isTextual() || node.textValue().length() > 100)) {
            return null;
        }
        try {
            return new BigDecimal(node.asText().strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static JsonNode json(byte @Nullable [] body) {
        if (body == null) {
            return MissingNode.getInstance();
        }
        try {
            JsonNode json = JSON.readTree(plain(body));
            return json == null ? MissingNode.getInstance() : json;
        } catch (IOException | NumberFormatException e) {
            return MissingNode.getInstance();
        }
    }

    private static byte[] plain(byte[] body) throws IOException {
        if (!isGzip(body)) {
            return body;
        }
        byte[] plain = new Pieces(body).readNBytes(Answer.MAX_BYTES + 1);
        if (plain.length > Answer.MAX_BYTES) {
            throw new IOException("too large");
        }
        return plain;
    }

    /** Does not go on without an end where packed pieces are empty. */
    private static final class Pieces extends GZIPInputStream {
        private int calls;

        Pieces(byte[] packed) throws IOException {
            super(new ByteArrayInputStream(packed));
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (++calls > 51) {
                throw new IOException("more than fifty empty pieces");
            }
            int read = super.read(buffer, offset, length);
            calls--;
            return read;
        }
    }

    /** The answer, cut to what a person reads. */
    @Override
    public String toString() {
        String body = answer.body() == null ? "no body" : new String(answer.body(), UTF_8);
        return "the answer of HTTP %d to %s, %.2000s".formatted(answer.httpStatus(), send ? "send" : "status", body);
    }

    static boolean isGzip(byte[] body) {
        return body.length >= 2 && body[0] == 0x1f && body[1] == (byte) 0x8b;
    }
}
