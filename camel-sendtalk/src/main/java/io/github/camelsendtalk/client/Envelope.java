package io.github.camelsendtalk.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.camelsendtalk.client.http.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of an answer: {@code {"status": 200, "error": {"code": "", "message": "", "field": ""}, "data": {…}}}.
 *
 * <p>Reads whatever came and throws nothing: what is missing, or of another kind than the API writes, is null.
 */
final class Envelope {

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private static final int MAX_NUMBER_LENGTH = 100;

    private final JsonNode json;

    private Envelope(JsonNode json) {
        this.json = json;
    }

    static Envelope of(Answer answer) {
        return new Envelope(json(answer.body()));
    }

    boolean isObject() {
        return json.isObject();
    }

    /**
     * Whether the answer has the form of the API's, and not that of something in between, which has JSON of its own: an object
     * with {@code error} or {@code data} as the API writes them, or with nothing but a {@code status}.
     */
    boolean isOfTheApi() {
        return json.path("error").isObject()
                || json.path("data").isContainerNode()
                || json.has("status") && json.size() == 1;
    }

    boolean saysSuccess(boolean success) {
        return Boolean.valueOf(success).equals(flag("success"));
    }

    @Nullable
    Integer status() {
        return integer(json.path("status"));
    }

    @Nullable
    String error(String field) {
        return text(json.path("error").path(field));
    }

    @Nullable
    String data(String field) {
        return text(json.path("data").path(field));
    }

    @Nullable
    Boolean flag(String field) {
        return flag(json.path("data").path(field));
    }

    @Nullable
    Long time(String field) {
        return time(json.path("data").path(field));
    }

    @Nullable
    BigDecimal decimal(String field) {
        return decimal(json.path("data").path(field));
    }

    /** The JSON of the body, or a missing node where there is none: an error answer needs no readable body. */
    private static JsonNode json(byte @Nullable [] body) {
        if (body == null) {
            return MissingNode.getInstance();
        }
        try {
            JsonNode json = JSON.readTree(unzip(body));
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
        try (GZIPInputStream gzip = new BoundedGunzip(body)) {
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
    private static final class BoundedGunzip extends GZIPInputStream {

        private static final int MAX_EMPTY_PIECES = 50;

        private int depth;

        BoundedGunzip(byte[] packed) throws IOException {
            super(new ByteArrayInputStream(packed));
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (depth > MAX_EMPTY_PIECES) {
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
        if (!node.isTextual() || node.textValue().length() > MAX_NUMBER_LENGTH) {
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
