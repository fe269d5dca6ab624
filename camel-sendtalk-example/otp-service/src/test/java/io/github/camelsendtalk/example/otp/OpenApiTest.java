package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsendtalk.example.otp.RunningService.Answer;
import io.github.camelsendtalk.support.OpenApi;
import io.github.camelsendtalk.support.OpenApi.Example;
import io.github.camelsendtalk.support.OpenApi.Operation;
import io.github.camelsendtalk.support.OpenApi.Part;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The running service, held against {@code openapi.yaml}: all that it answers is described, and all that is described it answers. */
class OpenApiTest {

    private static final Path FILE = Path.of("src/main/resources/static/openapi.yaml");
    private static final Set<String> OUR_HEADERS = Set.of("Location", "Retry-After", "Content-Language");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static OpenApi openApi;
    private static RunningService service;

    /** What an operation answered. */
    private record Answered(Operation operation, Answer answer) {

        Part part() {
            return Part.answer(answer.status());
        }

        /** As {@link #kinds} has it. */
        String kind() {
            return "%s %d %s".formatted(operation.id(), answer.status(), answer.text("type"));
        }
    }

    @BeforeAll
    static void start() throws IOException {
        openApi = OpenApi.read(FILE);
        service = RunningService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static List<Example> examples() throws IOException {
        return OpenApi.read(FILE).examples();
    }

    @Test
    void aParserFindsNothingWrong() {
        assertThat(openApi.complaints()).isEmpty();
        assertThat(openApi.operations()).extracting(Operation::id).containsExactlyInAnyOrder("ask", "show", "check");
    }

    @Test
    void theServiceShowsIt() throws Exception {
        HttpResponse<String> shown = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(service.url("/openapi.yaml")))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).isEqualTo(Files.readString(FILE));
    }

    @Test
    void allAnswersAreDescribedAndAllThatIsDescribedIsAnswered() {
        Set<String> seen = new TreeSet<>();
        for (String language : Texts.LANGUAGES) {
            for (Problem problem : Problem.values()) {
                List<Answered> all = provoke(problem, language);
                assertThat(all).as("answers with %s", problem).isNotEmpty().allSatisfy(each -> {
                    assertThat(each.answer().text("type")).isEqualTo("urn:otp:" + problem.type());
                    assertIsIn(language, each.answer(), problem);
                });
                all.forEach(each -> seen.add(assertFits(each)));
            }
        }
        wellDone().forEach(each -> seen.add(assertFits(each)));
        notJson().forEach(each -> seen.add(assertFits(each)));

        assertThat(seen).isEqualTo(kinds());
    }

    private static void assertIsIn(String language, Answer answer, Problem problem) {
        assertThat(answer.headers().allValues("Content-Language")).containsExactly(language);
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/problem+json");
        assertThat(answer.text("title"))
                .isEqualTo(ResourceBundle.getBundle("problems", new Locale(language))
                        .getString(problem.type() + ".title")
                        .replace("''", "'"));
    }

    private static String assertFits(Answered answered) {
        Answer answer = answered.answer();
        assertThat(openApi.problems(answer.body(), answered.operation(), answered.part()))
                .as("%s: %s", answered.kind(), answer.body())
                .isEmpty();
        JsonNode headers = openApi.at(answered.operation(), answered.part()).path("headers");
        assertThat(OUR_HEADERS)
                .filteredOn(name -> answer.headers().firstValue(name).isPresent())
                .allMatch(headers::has, "is described for " + answered.kind());
        headers.properties().forEach(header -> {
            JsonNode described = openApi.resolved(header.getValue());
            List<String> values = answer.headers().allValues(header.getKey());
            assertThat(values.size())
                    .as("how often %s has %s", answered.kind(), header.getKey())
                    .isBetween(described.path("required").asBoolean() ? 1 : 0, 1);
            assertThat(values).allSatisfy(value -> assertIsAllowed(value, described.path("schema")));
        });
        assertThat(answer.headers().firstValue("Retry-After").orElse(""))
                .as("Retry-After, as in the body")
                .isEqualTo(answer.text("retryAfter"));
        return answered.kind();
    }

    /** Schemas of headers here have a pattern, or a list. */
    private static void assertIsAllowed(String value, JsonNode schema) {
        if (schema.has("enum")) {
            assertThat(schema.path("enum")).extracting(JsonNode::asText).contains(value);
        } else {
            assertThat(value).matches(schema.path("pattern").asText());
        }
    }

    /** All that is described: operation, status, and the type of the problem if it is one. */
    private static Set<String> kinds() {
        Set<String> kinds = new TreeSet<>();
        for (Operation operation : openApi.operations()) {
            for (Part part : openApi.parts(operation)) {
                if (!part.equals(Part.REQUEST)) {
                    String status = part.pointer().replaceAll(".*/", "");
                    types(operation, part).forEach(type -> kinds.add(operation.id() + " " + status + " " + type));
                }
            }
        }
        return kinds;
    }

    private static Stream<String> types(Operation operation, Part part) {
        JsonNode type = openApi.at(operation, part)
                .path("content")
                .path("application/problem+json")
                .at("/schema/properties/type");
        return type.has("enum")
                ? Stream.of(type.path("enum")).flatMap(all -> all.valueStream().map(JsonNode::asText))
                : Stream.of(type.path("const").asText());
    }

    /** All ways to be refused so. */
    private static List<Answered> provoke(Problem problem, String language) {
        return switch (problem) {
            case INVALID_REQUEST ->
                Stream.of("", "[]", "{", "null", "{\"a\": 1}", "{\"code\": {}}", "{} {}", "{\"code\": 1, \"code\": 2}")
                        .flatMap(body -> Stream.of(ask(body, language), check(UUID.randomUUID(), body, language)))
                        .toList();
            case TOO_LONG -> {
                String body = " ".repeat(5000);
                yield List.of(ask(body, language), check(UUID.randomUUID(), body, language));
            }
            case INVALID_PHONE -> List.of(ask("0812", "login", language), ask("", "login", language));
            case COUNTRY_NOT_ALLOWED -> List.of(ask("+65 8123 4567", "login", language));
            case UNKNOWN_PURPOSE -> List.of(ask(number(), "dinner", language));
            case UNKNOWN_LANGUAGE ->
                List.of(ask(Map.of("phone", number(), "purpose", "login", "language", "fr"), language));
            case TOO_SOON -> {
                String number = number();
                ask(number, "login", language);
                yield List.of(ask(number, "payment", language));
            }
            case NUMBER_LIMIT -> {
                String number = number();
                for (int i = 0; i < 5; i++) {
                    service.age(ask(number, "login", language).answer().id(), "2 min");
                }
                yield List.of(ask(number, "login", language));
            }
            case ADDRESS_LIMIT -> {
                UUID id = service.ask(number()).id();
                service.jdbc().update("""
                        INSERT INTO code
                        SELECT gen_random_uuid(), account, 'crowd', address, purpose, language, created_at, next_at, expires_at, tries_left
                        FROM code, generate_series(1, 100000) WHERE id = ?""", id);
                Answered refused = ask(number(), "login", language);
                service.jdbc().update("DELETE FROM code WHERE number = 'crowd'");
                yield List.of(refused);
            }
            case BUSY ->
                // again if a minute has just begun
                List.of(Awaitility.await()
                        .until(
                                () -> {
                                    service.jdbc()
                                            .update(
                                                    "UPDATE budget SET minute_codes = 100000, minute = date_trunc('minute', now())");
                                    Answered refused = ask(number(), "login", language);
                                    service.jdbc().update("UPDATE budget SET minute_codes = 0");
                                    return refused;
                                },
                                refused -> refused.answer().status() == 503));
            case BUDGET -> {
                service.jdbc().update("UPDATE budget SET more = more - 1000000");
                Answered refused = ask(number(), "login", language);
                service.jdbc().update("UPDATE budget SET more = more + 1000000");
                yield List.of(refused);
            }
            case UNKNOWN_CODE ->
                List.of(
                        show(UUID.randomUUID(), language),
                        show("me", language),
                        check(UUID.randomUUID(), Map.of("code", "123456"), language),
                        check("me", Map.of("code", "123456"), language));
            case INVALID_CODE ->
                Stream.of("12345", "1234567", "12345a", "١٢٣٤٥٦")
                        .map(guess -> check(UUID.randomUUID(), Map.of("code", guess), language))
                        .toList();
            case WRONG -> {
                Sent sent = send();
                yield List.of(check(sent.id(), Map.of("code", RunningService.notThe(sent.code())), language));
            }
            case EXPIRED -> {
                Sent sent = send();
                service.age(sent.id(), "5 min");
                yield List.of(check(sent.id(), Map.of("code", sent.code()), language));
            }
            case USED -> {
                Sent sent = send();
                service.check(sent.id(), sent.code());
                yield List.of(check(sent.id(), Map.of("code", sent.code()), language));
            }
            case REPLACED -> {
                Sent sent = send();
                service.age(sent.id(), "61 s");
                service.ask(sent.number());
                yield List.of(check(sent.id(), Map.of("code", sent.code()), language));
            }
            case BLOCKED -> {
                Sent sent = send();
                for (int i = 0; i < 5; i++) {
                    service.check(sent.id(), RunningService.notThe(sent.code()));
                }
                yield List.of(check(sent.id(), Map.of("code", sent.code()), language));
            }
            case UNAVAILABLE -> {
                service.jdbc().execute("ALTER TABLE code RENAME TO gone");
                try {
                    yield List.of(
                            ask(number(), "login", language),
                            show(UUID.randomUUID(), language),
                            check(UUID.randomUUID(), Map.of("code", "123456"), language));
                } finally {
                    service.jdbc().execute("ALTER TABLE gone RENAME TO code");
                }
            }
        };
    }

    /** A code that was sent, to whom. */
    private record Sent(UUID id, String number, String code) {}

    private static Sent send() {
        String number = number();
        return new Sent(service.ask(number).id(), number, service.codeSentTo(number));
    }

    private static List<Answered> wellDone() {
        String number = number();
        Answered asked = ask(number, "login", "id");
        UUID id = asked.answer().id();
        Answered seen = show(id, "id");
        Answered right = check(id, Map.of("code", service.codeSentTo(number)), "id");
        return List.of(asked, ask(number, "login", "id"), seen, right, show(id, "id"));
    }

    private static List<Answered> notJson() {
        return Stream.of("ask", "check")
                .map(openApi::operation)
                .map(operation -> new Answered(
                        operation,
                        RunningService.send(HttpRequest.newBuilder(URI.create(service.url(operation
                                        .path()
                                        .replace("{id}", UUID.randomUUID().toString()))))
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("{}"))
                                .build())))
                .toList();
    }

    private static Answered ask(String phone, String purpose, String language) {
        return ask(Map.of("phone", phone, "purpose", purpose, "language", "id"), language);
    }

    private static Answered ask(Object body, String language) {
        return new Answered(openApi.operation("ask"), service.post("/codes", body, "Accept-Language", language));
    }

    private static Answered check(Object id, Object body, String language) {
        return new Answered(
                openApi.operation("check"), service.post("/codes/" + id + "/check", body, "Accept-Language", language));
    }

    private static Answered show(Object id, String language) {
        return new Answered(
                openApi.operation("show"),
                RunningService.send(HttpRequest.newBuilder(URI.create(service.url("/codes/" + id)))
                        .header("Accept-Language", language)
                        .build()));
    }

    /** One that no code was sent to, and that the sandbox does nothing special with. */
    private static String number() {
        return "628121%05d99".formatted(NUMBERS.incrementAndGet());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleFitsItsSchema(Example example) {
        assertThat(openApi.problems(example.value(), example.operation(), example.part()))
                .as("%s", example.value())
                .isEmpty();
    }

    @Test
    void eachKindOfAnswerHasAnExampleWithSentencesOfTheService() {
        Set<String> titles = new TreeSet<>();
        for (Problem problem : Problem.values()) {
            for (String language : Texts.LANGUAGES) {
                titles.add(Problems.body(new ProblemException(problem), language)
                        .get("title")
                        .toString());
            }
        }
        Set<String> shown = new TreeSet<>();
        for (Example example : openApi.examples()) {
            if (!example.part().equals(Part.REQUEST)) {
                JsonNode value = example.value();
                String type = value.path("type").asText();
                shown.add(example.operation().id() + " "
                        + example.part().pointer().replaceAll(".*/", "") + " " + type);
                if (type.startsWith("urn:otp:")) {
                    assertThat(titles).contains(value.path("title").asText());
                }
            }
        }
        assertThat(shown).isEqualTo(kinds());
    }
}
