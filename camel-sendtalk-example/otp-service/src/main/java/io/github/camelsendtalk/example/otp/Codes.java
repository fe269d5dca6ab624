package io.github.camelsendtalk.example.otp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.SendTalkValidationException;
import io.github.camelsendtalk.outbox.MessageWriter;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.component.platform.http.springboot.PlatformHttpMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the routes do with codes that neither SQL nor YAML can: to read requests, to make codes, and to say what came of a guess. */
@Component("codes")
class Codes implements MessageWriter {

    private static final Pattern CODE = Pattern.compile("[0-9]{6}");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectReader FIELDS = JSON.readerForMapOf(String.class);

    private final Secret secret;
    private final Texts texts;
    private final Recipients recipients;
    private final Counts counts;

    Codes(Secret secret, Texts texts, Recipients recipients, Counts counts) {
        this.secret = secret;
        this.texts = texts;
        this.recipients = recipients;
        this.counts = counts;
    }

    /**
     * What is in a row of the outbox instead of the text.
     *
     * @param code the id of the code
     */
    record Template(UUID code, String purpose, String language) {}

    /** The parameters of {@code ask.sql}: a new id, and nothing that can be read without the secret. */
    Map<String, String> request(Message message) throws ProblemException, IOException {
        ServletRequest request = ((PlatformHttpMessage) message).getRequest();
        Map<String, String> fields = fields(message, Set.of("phone", "purpose", "language"));
        String purpose = oneOf(texts.purposes(), fields.get("purpose"), Problem.UNKNOWN_PURPOSE);
        String language = oneOf(Texts.LANGUAGES, fields.get("language"), Problem.UNKNOWN_LANGUAGE);
        String number = recipients.number(fields.get("phone"));
        UUID id = UUID.randomUUID();
        return Map.of(
                "id", id.toString(),
                "number", secret.hash(number),
                "address", secret.hash(Recipients.network(request.getRemoteAddr())),
                "purpose", purpose,
                "language", language,
                "sealed", secret.seal(number, id),
                "template", JSON.writeValueAsString(new Template(id, purpose, language)));
    }

    private static String oneOf(Collection<String> known, @Nullable String given, Problem problem)
            throws ProblemException {
        if (given == null || !known.contains(given)) {
            throw new ProblemException(problem, String.join(", ", known));
        }
        return given;
    }

    private static Map<String, String> fields(Message message, Set<String> names) throws ProblemException {
        try {
            // RequestGuard has made a character of each byte
            String body = Objects.requireNonNullElse(message.getBody(String.class), "");
            Map<String, String> fields = FIELDS.readValue(body.getBytes(ISO_8859_1));
            if (fields != null && names.containsAll(fields.keySet())) {
                fields.values().removeIf(Objects::isNull);
                return fields;
            }
        } catch (IOException e) {
            // what the parser says quotes the request
        }
        throw new ProblemException(Problem.INVALID_REQUEST, String.join(", ", new TreeSet<>(names)));
    }

    /** The id of the code that {@code ask.sql} let out, or the one before it if that has just been sent. */
    UUID admitted(@Body Map<String, Object> asked) throws ProblemException {
        if (asked.get("refusal") instanceof String refusal) {
            Object wait = asked.get("wait_seconds");
            throw new ProblemException(
                    Problem.ofType(refusal), wait == null ? "" : wait.toString(), Problems.retryAfter(wait));
        }
        return (UUID) asked.get("code");
    }

    /** The id in the path. */
    UUID id(@Header("CamelId") String id) throws ProblemException {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.UNKNOWN_CODE);
        }
    }

    /** Whether the guess of a request is right, before it is known whether it counts: so that it takes the same time if it does not. */
    boolean isRight(Message message, @Variable("id") UUID id) throws ProblemException {
        String guess = fields(message, Set.of("code")).get("code");
        if (guess == null || !CODE.matcher(guess).matches()) {
            throw new ProblemException(Problem.INVALID_CODE);
        }
        return secret.isCode(id, guess);
    }

    /** @param state the row of {@code state.sql}, if there is one */
    Map<String, Object> known(@Body @Nullable Map<String, Object> state) throws ProblemException {
        if (state == null) {
            throw new ProblemException(Problem.UNKNOWN_CODE);
        }
        return state;
    }

    /**
     * What to say of a guess.
     *
     * @param state how the code stands after it
     * @param counted the row of {@code check.sql}, if the guess counted
     */
    Map<String, Object> verdict(
            @Body Map<String, Object> state, @Variable("counted") @Nullable Map<String, Object> counted)
            throws ProblemException {
        if (counted == null) {
            String over = (String) state.get("state");
            throw new ProblemException(Problem.ofType(over), "", Map.of("result", over));
        }
        if (counted.get("result").equals("wrong")) {
            Object left = Objects.requireNonNull(counted.get("tries_left"));
            throw new ProblemException(Problem.WRONG, left, Map.of("result", "wrong", "triesLeft", left));
        }
        counts.right();
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("id", state.get("id"));
        verdict.put("purpose", state.get("purpose"));
        verdict.put("result", "right");
        return verdict;
    }

    /** The message with the code, made when it is sent: by whatever channel, it is the same code. */
    @Override
    public Map<String, Object> messageOf(Map<String, Object> row) throws SendTalkValidationException {
        try {
            Template template = JSON.readValue((String) row.get("body"), Template.class);
            String text = texts.text(template.purpose(), template.language(), secret.code(template.code()));
            String number = secret.open((String) row.get("phone"), template.code());
            return Map.of("phone", number, "messageType", "otp", "body", text);
        } catch (GeneralSecurityException e) {
            throw new SendTalkValidationException(
                    Operation.send,
                    "phone",
                    "The number was sealed with another otp.secret, and can't be opened: give all instances the same one.");
        } catch (JsonProcessingException | RuntimeException e) {
            throw new SendTalkValidationException(
                    Operation.send, "body", "The row holds no template of a code: let nothing else write to the lane.");
        }
    }
}
