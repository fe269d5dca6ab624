package io.github.camelsendtalk.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns an HTTP answer into a value or one of our exceptions, and throws nothing else.
 *
 * <p>The API answers errors with HTTP 200 as well, so the envelope counts before the HTTP status:
 * {@code {"status": 200, "error": {"code": "", "message": "", "field": ""}, "data": {…}}}.
 */
final class ResponseDecoder {

    private static final ObjectReader ENVELOPE = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    // what our exceptions depend on is never redacted, so that no message text can change them
    private static final Pattern CODE = Pattern.compile("\\d{5}");
    private static final Pattern FIELD = Pattern.compile("phone|messageType|body|file[nN]ame|caption|id");
    private static final Pattern REASON = Pattern.compile("invalid_recipient|insufficient_balance");

    private static final int LONGEST_NUMBER = 100;

    /** The kind of an answer whose error code is of another form and whose status says nothing of an error. */
    private static final int ERROR_WITHOUT_KIND = 0;

    private final String operation;
    private final Answer answer;
    private final JsonNode envelope;
    private final JsonNode data;
    private final Redactor redactor;
    private final @Nullable String code;

    private ResponseDecoder(String operation, Answer answer, List<String> secrets) {
        this.operation = operation;
        this.answer = answer;
        this.envelope = envelope(answer.body());
        this.data = envelope.path("data");
        this.redactor = new Redactor(secrets);
        this.code = code(envelope.path("error").path("code"));
    }

    /** @param secrets what must not be repeated of the API's words: the key, the number, the text */
    static SendResult send(Answer answer, List<String> secrets) throws SendTalkException {
        return new ResponseDecoder("send", answer, secrets).sendResult();
    }

    /** @param secrets what must not be repeated of the API's words: the key, what was asked for */
    static MessageStatus status(Answer answer, List<String> secrets) throws SendTalkException {
        return new ResponseDecoder("status", answer, secrets).messageStatus();
    }

    private SendResult sendResult() throws SendTalkException {
        throwFailure();
        String id = text(data.path("id"));
        if (!saysSuccess(true) || id == null) {
            throw unreadable("it does not say that the message was taken and under which id");
        }
        return new SendResult(id, redactor.redact(text(data.path("message"))));
    }

    private MessageStatus messageStatus() throws SendTalkException {
        throwFailure();
        MessageStatus status = new MessageStatus(
                text(data.path("status")),
                flag(data.path("isPending")),
                flag(data.path("isSent")),
                time(data.path("sentTime")),
                text(data.path("currency")),
                decimal(data.path("price")),
                time(data.path("createdTime")));
        if (status.status() == null && status.isPending() == null && status.isSent() == null) {
            throw unreadable("it does not say how the message stands");
        }
        return status;
    }

    /** The whole error mapping, in the order of the table in {@code docs/sendtalk-component.adoc}. */
    private void throwFailure() throws SendTalkException {
        int kind = kind();
        if (isSuccess(kind)) {
            return;
        }
        ErrorDetails details = details();
        if ((kind == 401 || kind == 403) && isEnvelope() || "40001".equals(code)) {
            throw new SendTalkAuthenticationException(
                    failed("SendTalk does not accept the API key", "Check the option apiKey.", details), details);
        }
        if (kind == 404 && operation.equals("status")) {
            throw new SendTalkMessageNotFoundException(
                    failed(
                            "SendTalk does not know the message",
                            "Check the id and whether the key is the sender's.",
                            details),
                    details);
        }
        if (kind == 400) {
            throw new SendTalkValidationException(
                    failed("SendTalk finds the request wrong", "Correct the field that it names.", details), details);
        }
        if (kind == 429) {
            throw new SendTalkRateLimitException(
                    failed("SendTalk is asked too often", "Nothing was sent: try again later.", details), details);
        }
        if (kind >= 500 && kind < 600) {
            throw new SendTalkServerException(failed("SendTalk failed", unknownOrRepeatable(), details), details);
        }
        if (saysSuccess(false)) {
            throw refused(details);
        }
        throw unexpected(kind, details);
    }

    private boolean isSuccess(int kind) {
        return kind >= 200 && kind <= 299 && envelope.isObject() && !saysSuccess(false);
    }

    private boolean saysSuccess(boolean success) {
        return Boolean.valueOf(success).equals(flag(data.path("success")));
    }

    /**
     * Whether the answer has the form of the API's, and not that of something in between, which has JSON of its own: an object
     * with {@code error} or {@code data} as the API writes them, or with nothing but a {@code status}.
     */
    private boolean isEnvelope() {
        return envelope.path("error").isObject()
                || data.isContainerNode()
                || envelope.has("status") && envelope.size() == 1;
    }

    private SendTalkException unexpected(int kind, ErrorDetails details) {
        if (kind == 401 || kind == 403) {
            return new SendTalkApiException(
                    failed(
                            "The call was refused on its way, not by SendTalk",
                            "A proxy, a firewall or a portal answered: check the network and the options baseUrl and proxyHost.",
                            details),
                    details);
        }
        if (kind == 407) {
            return new SendTalkApiException(
                    failed(
                            "A proxy asks for a login",
                            "Check the options proxyHost, proxyUsername and proxyPassword.",
                            details),
                    details);
        }
        if (kind >= 300 && kind < 500 && kind != 303) {
            return new SendTalkApiException(
                    failed("SendTalk gave an unexpected answer", "Check the options baseUrl and proxyHost.", details),
                    details);
        }
        if (kind >= 200 && kind <= 299) {
            return unreadable(answer.body() == null ? "it is longer than 1 MiB" : "it is not a JSON object");
        }
        if (kind == ERROR_WITHOUT_KIND && (saysSuccess(true) || text(data.path("id")) != null)) {
            return unreadable("it carries an error code and a success at once");
        }
        return new SendTalkApiException(
                failed("SendTalk gave an unexpected answer", unknownOrRepeatable(), details),
                details,
                details.isSend(),
                !details.isSend());
    }

    private static SendTalkRejectedException refused(ErrorDetails details) {
        String reason = details.reason() == null ? "" : details.reason();
        return switch (reason) {
            case "invalid_recipient" ->
                new SendTalkInvalidRecipientException(
                        failed("SendTalk refused the recipient", "Check that the number is on WhatsApp.", details),
                        details);
            case "insufficient_balance" ->
                new SendTalkInsufficientBalanceException(
                        failed("The SendTalk balance is too low for the message", "Top up the account.", details),
                        details);
            default ->
                new SendTalkRejectedException(
                        failed("SendTalk refused the message", "See the reason that it gives.", details), details);
        };
    }

    /**
     * The first three digits of a five-digit error code, else the envelope's status from 400 on, else the HTTP status.
     * {@code 49103} is a wrong key (seen, not documented). An error code of another form is never a success.
     */
    private int kind() {
        if ("49103".equals(code)) {
            return 401;
        }
        if (code != null && CODE.matcher(code).matches()) {
            return Integer.parseInt(code.substring(0, 3));
        }
        Integer status = integer(envelope.path("status"));
        if (status != null && status >= 400) {
            return status;
        }
        boolean success = answer.httpStatus() >= 200 && answer.httpStatus() <= 299;
        return code != null && success ? ERROR_WITHOUT_KIND : answer.httpStatus();
    }

    private ErrorDetails details() {
        JsonNode error = envelope.path("error");
        String message = text(error.path("message"));
        return new ErrorDetails(
                operation,
                answer.httpStatus(),
                integer(envelope.path("status")),
                code,
                word(error.path("field"), FIELD),
                word(data.path("reason"), REASON),
                redactor.redact(message != null ? message : text(data.path("message"))),
                RetryAfter.parse(answer.retryAfter(), Instant.now()));
    }

    /** The error code; zero says that there is none. */
    private @Nullable String code(JsonNode node) {
        String code = word(node, CODE);
        return code != null && code.matches("0+") ? null : code;
    }

    private @Nullable String word(JsonNode node, Pattern known) {
        String word = text(node);
        return word != null && known.matcher(word.strip()).matches() ? word.strip() : redactor.redact(word);
    }

    private SendTalkResponseException unreadable(String why) {
        ErrorDetails details = details();
        return new SendTalkResponseException(
                failed("SendTalk answered with a success that can't be read: " + why, unknownOrRepeatable(), details),
                details);
    }

    private String unknownOrRepeatable() {
        return operation.equals("send")
                ? "The message may have been taken all the same: do not repeat it blindly."
                : "Asking again is safe.";
    }

    private static String failed(String what, String advice, ErrorDetails details) {
        return "%s (%s, %s). %s".formatted(what, details.operation(), details.summary(), advice);
    }

    /** The JSON of the body, or a missing node where there is none: an error answer needs no readable body. */
    private static JsonNode envelope(byte @Nullable [] body) {
        if (body == null) {
            return MissingNode.getInstance();
        }
        try {
            JsonNode json = ENVELOPE.readTree(unzip(body));
            return json == null ? MissingNode.getInstance() : json;
        } catch (IOException | NumberFormatException e) {
            // Jackson throws the second for an exponent beyond int
            return MissingNode.getInstance();
        }
    }

    /** We ask for no compression, but a proxy in between may not care, and may lose the header that says so. */
    private static byte[] unzip(byte[] body) throws IOException {
        if (body.length < 2 || body[0] != 0x1f || body[1] != (byte) 0x8b) {
            return body;
        }
        try (GZIPInputStream gzip = new Unpacking(body)) {
            byte[] plain = gzip.readNBytes(Answer.MAX_BYTES + 1);
            if (plain.length > Answer.MAX_BYTES) {
                throw new IOException("too large");
            }
            return plain;
        }
    }

    /**
     * Reads packed bytes. {@link GZIPInputStream} goes on to the next piece, where one is empty, in a call within its call,
     * so that some thousand empty ones overflow the stack.
     */
    private static final class Unpacking extends GZIPInputStream {

        private static final int MOST_EMPTY_PIECES = 50;

        private int depth;

        Unpacking(byte[] packed) throws IOException {
            super(new ByteArrayInputStream(packed));
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (depth > MOST_EMPTY_PIECES) {
                throw new IOException("too many empty pieces");
            }
            depth++;
            try {
                return super.read(buffer, offset, length);
            } finally {
                depth--;
            }
        }
    }

    private static @Nullable String text(JsonNode node) {
        String text = node.isValueNode() && !node.isNull() ? node.asText() : null;
        return text == null || text.isBlank() ? null : text;
    }

    private static @Nullable Boolean flag(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        String text = node.textValue();
        if ("true".equalsIgnoreCase(text)) {
            return true;
        }
        return "false".equalsIgnoreCase(text) ? false : null;
    }

    private static @Nullable Integer integer(JsonNode node) {
        BigDecimal number = decimal(node);
        return number == null || number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0
                ? null
                : number.intValue();
    }

    private static @Nullable Long time(JsonNode node) {
        BigDecimal number = decimal(node);
        return number == null || number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? null
                : number.longValue();
    }

    private static @Nullable BigDecimal decimal(JsonNode node) {
        if (node.isNumber()) {
            return node.decimalValue();
        }
        if (!node.isTextual() || node.textValue().length() > LONGEST_NUMBER) {
            // to read a million digits takes seconds of an I/O thread
            return null;
        }
        try {
            return new BigDecimal(node.textValue().strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
