package io.github.camelsendtalk.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.camelsendtalk.client.http.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * One file of {@code src/test/resources/answers}: an answer of the API, and what is to become of it.
 *
 * <p>The body is a text, a JSON object, or {@code base64}; {@code gzip: true} packs it. {@code expected} holds an
 * exception with its getters, or the fields of the value; what it does not name must be null.
 */
record AnswerCase(String name, String operation, Answer answer, JsonNode expected) {

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    static List<AnswerCase> all() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.sorted().map(AnswerCase::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(AnswerCase.class.getResource("/answers"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AnswerCase read(Path file) {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            return new AnswerCase(
                    "case %s: %s"
                            .formatted(json.get("case"), json.get("description").textValue()),
                    json.get("operation").textValue(),
                    new Answer(
                            json.get("httpStatus").intValue(),
                            body(json),
                            json.path("headers").path("Retry-After").textValue()),
                    json.get("expected"));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static byte[] body(JsonNode json) throws IOException {
        byte[] body = json.has("base64")
                ? Base64.getDecoder().decode(json.get("base64").textValue())
                : text(json.get("body")).getBytes(StandardCharsets.UTF_8);
        return json.path("gzip").asBoolean() ? gzip(body) : body;
    }

    private static String text(JsonNode body) {
        return body.isTextual() ? body.textValue() : body.toString();
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    boolean isFailure() {
        return expected.has("exception");
    }

    /** The expected field, missing where it is to be null. */
    JsonNode field(String name) {
        JsonNode node = expected.path(name);
        return node.isNull() ? MissingNode.getInstance() : node;
    }

    /** Decodes the answer as the client would. */
    Object decode(List<String> secrets) throws SendTalkException {
        return operation.equals("send")
                ? ResponseDecoder.send(answer, secrets)
                : ResponseDecoder.status(answer, secrets);
    }

    @Override
    public String toString() {
        return name;
    }
}
