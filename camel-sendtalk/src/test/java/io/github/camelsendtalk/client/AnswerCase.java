package io.github.camelsendtalk.client;

import static com.github.tomakehurst.wiremock.common.Gzip.gzip;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelsendtalk.client.http.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One file of {@code src/test/resources/answers}: an answer of the API, and what is to become of it.
 *
 * <p>The body is a text, a JSON object, or {@code base64}; {@code gzip: true} packs it. {@code expected} holds an
 * exception with its getters, or the fields of the value; what it does not name must be null.
 */
record AnswerCase(String name, String operation, Answer answer, JsonNode expected) {

    /** Reads what can be read in one way only. */
    static final ObjectReader JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    static List<AnswerCase> all() {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/answers"))) {
            return files.sorted().map(AnswerCase::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AnswerCase read(Path file) {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            return new AnswerCase(
                    "case " + json.get("case") + ": " + json.get("description").textValue(),
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
                ? json.get("base64").binaryValue()
                : text(json.get("body")).getBytes(StandardCharsets.UTF_8);
        return json.path("gzip").asBoolean() ? gzip(body) : body;
    }

    private static String text(JsonNode body) {
        return body.isTextual() ? body.textValue() : body.toString();
    }

    boolean isFailure() {
        return expected.has("exception");
    }

    /** The expected field, null or missing where it is to be null. */
    JsonNode field(String name) {
        return expected.path(name);
    }

    /** Decodes the answer as the client would. */
    Object decode(List<String> secrets) throws SendTalkException {
        return AnswerPromises.decode(Operation.valueOf(operation), answer, secrets);
    }

    @Override
    public String toString() {
        return name;
    }
}
