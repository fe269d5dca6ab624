package io.github.camelsendtalk.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The recipes of the page "Around a send" do what it says. */
class AroundASendTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PHONE = "0812-3456-7890";
    private static final String NUMBER = "6281234567890";

    @RegisterExtension
    static SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    private final List<String> ends = new ArrayList<>();
    private final Map<String, String> settings = new TreeMap<>();
    private final Main main = new Main();
    private ProducerTemplate template;

    AroundASendTest() {
        main.setDefaultPropertyPlaceholderLocation("false");
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    private void start(String recipe) {
        settings.put("camel.component.sendtalk.api-key", "key-of-the-recipes");
        settings.put("camel.component.sendtalk.base-url", sandbox.baseUrl());
        if (recipe != null) {
            main.configure().withRoutesIncludePattern("classpath:recipes/" + recipe);
        }
        settings.forEach(main::addOverrideProperty);
        main.start();
        template = main.getCamelContext().createProducerTemplate();
    }

    /** Where a recipe leaves the rest to its user. */
    private void end(String uri) {
        main.configure()
                .addRoutesBuilder(RunningExample.end(
                        uri, exchange -> ends.add(exchange.getMessage().getBody(String.class))));
    }

    private Object send(String uri, Object body, String phone) {
        return template.requestBodyAndHeader(uri, body, "phone", phone);
    }

    private SandboxMessage onlyMessage() {
        assertThat(sandbox.messages()).hasSize(1);
        return sandbox.messages().get(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"phone": "0812-3456-7890", "code": "4711"}         | 202 | id
            {"phone": "0812-3456-7890", "code": 4711}           | 202 | id
            {"phone": "0812-3456-7890"}                         | 400 | detail
            {"phone": "0812-3456-7890", "code": "4711, sincerely yours"} | 400 | detail
            {"phone": "0812", "code": "4711"}                   | 400 | detail
            {"code": "4711"}                                    | 400 | detail
            ["0812-3456-7890", "4711"]                          | 400 | detail
            4711                                                | 400 | detail
            {"phone": "6281212340001", "code": "4711"}          | 422 | detail
            {"phone": "6281212340010", "code": "4711"}          | 503 | detail
            {"phone": "6281212340002", "code": "4711"}          | 503 | detail
            {"phone": "6281212340012", "code": "4711"}          | 500 | detail
            """)
    void whoAsksOverHttpIsToldWhatToDo(String json, int status, String field) throws Exception {
        HttpResponse<String> answer = post(json);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode object = new ObjectMapper().readTree(answer.body());
        assertThat(object.get(field).asText()).isNotBlank().doesNotContain("4711", "0812");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith(status == 202 ? "application/json" : "application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
    }

    private HttpResponse<String> post(String json) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        settings.put("camel.server.enabled", "true");
        settings.put("camel.server.port", String.valueOf(port));
        start("rest.yaml");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/codes"))
                .header("Content-Type", "application/json")
                .header("phone", "6281299999999")
                .header("CamelSendTalkPhone", "6281299999999")
                .POST(BodyPublishers.ofString(json))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    @Test
    void aHeaderFromOutsideIsNoRecipient() throws Exception {
        assertThat(post("{\"phone\": \"0812-3456-7890\", \"code\": \"4711\"}").statusCode())
                .isEqualTo(202);

        assertThat(onlyMessage().phone()).isEqualTo(NUMBER);
        assertThat(onlyMessage().body()).isEqualTo("Your code is 4711. It is valid for 5 minutes.");
    }

    @Test
    void aCodeThatComesTooLateIsNotSent() {
        start("expiry.yaml");
        long now = System.currentTimeMillis();
        template.sendBodyAndHeaders("seda:codes", "late", Map.of("phone", PHONE, "validUntil", now - 1000));
        template.sendBodyAndHeaders("seda:codes", "in time", Map.of("phone", PHONE, "validUntil", now + 60_000));

        sandbox.await(1, PATIENCE);
        assertThat(onlyMessage().body()).isEqualTo("in time");
    }

    @Test
    void eachOfManyHasAnOutcomeOfItsOwn() {
        start("everybody.yaml");

        List<?> outcomes = template.requestBody(
                "direct:everybody",
                Map.of("text", "We open at 9.", "phones", List.of(PHONE, "0812", "6281212340012")),
                List.class);

        assertThat(outcomes).hasSize(3);
        assertThat(outcomes.get(0)).isEqualTo(sandbox.messagesTo(NUMBER).get(0).id());
        assertThat(outcomes.get(1).toString()).startsWith("not sent: ");
        assertThat(outcomes.get(2).toString()).startsWith("unknown: ");
        assertThat(sandbox.messagesTo(NUMBER).get(0).body()).isEqualTo("We open at 9.");
    }

    private Database database(String table) throws Exception {
        Database database = new Database();
        database.execute(
                new String(getClass().getResourceAsStream("/recipes/" + table).readAllBytes(), StandardCharsets.UTF_8));
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        main.bind("database", source);
        return database;
    }

    @Test
    void aStatusIsAskedForUntilItIsFinal() throws Exception {
        Database database = database("follow.sql");
        settings.put("follow.delay", "100");
        start("follow.yaml");

        send("direct:notice", "We open at 9.", PHONE);

        await().atMost(PATIENCE)
                .until(() -> database.query("SELECT status FROM sent WHERE status IS NOT NULL")
                        .contains("sent"));
    }

    @ParameterizedTest
    @CsvSource({"6281212340010, 1", "0812, 1", "6281212340001, 1", "6281212340012, 0", "0812-3456-7890, 0"})
    void theSecondChannelIsForWhatSurelyWasNotSent(String phone, int texts) {
        end("direct:sms");
        start("second-channel.yaml");

        template.send("direct:code", exchange -> {
            exchange.getMessage().setBody("Your code is 4711");
            exchange.getMessage().setHeader("phone", phone);
        });

        assertThat(ends).hasSize(texts).allMatch("Your code is 4711"::equals);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void anOfferIsHeldBackByNight(int hours) {
        DateTimeFormatter clock = DateTimeFormatter.ofPattern("HHmm");
        main.setDefaultPropertyPlaceholderLocation("classpath:recipes/quiet-hours.properties");
        ZonedDateTime now = ZonedDateTime.now(ZoneId.of("Asia/Jakarta"));
        end("direct:in-the-morning");
        // the hour that holds this moment, or two that do not
        settings.put(
                "day",
                hours < 0
                        ? "0000..2359"
                        : now.plusHours(2).format(clock) + ".."
                                + now.plusHours(2).format(clock));
        start("quiet-hours.yaml");

        send("direct:notice", "We open at 9.", PHONE);

        assertThat(ends).hasSize(hours < 0 ? 0 : 1);
        assertThat(sandbox.messages()).hasSize(hours < 0 ? 1 : 0);
    }

    @Test
    void whoDoesNotWantOffersGetsNone() throws Exception {
        database("opt-out.sql").execute("INSERT INTO opt_out VALUES ('6281234567890')");
        start("opt-out.yaml");

        send("direct:offer", "Only today", "+62 812 3456 7890");
        send("direct:offer", "Only today", "0813-1234-5678");

        assertThat(onlyMessage().phone()).isEqualTo("6281312345678");
    }

    @Test
    void aNumberOfAnotherCountryGetsNothing() {
        start("countries.yaml");

        send("direct:code", "Your code is 4711", "+65 8123 4567");
        assertThatThrownBy(() -> send("direct:code", "Your code is 4711", "+7 912 345-67-89"))
                .isInstanceOf(CamelExecutionException.class)
                .hasRootCauseMessage("We send to Indonesia, Malaysia and Singapore only.");

        assertThat(onlyMessage().phone()).isEqualTo("6581234567");
    }

    @Test
    void anEmptyBalanceIsSaidOnce() {
        end("direct:alert");
        start("balance.yaml");

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> send("direct:code", "Your code is 4711", "6281212340002"))
                    .isInstanceOf(CamelExecutionException.class);
        }

        assertThat(ends).containsExactly("SendTalk's balance is empty: nothing is sent until somebody tops it up.");
    }

    @Test
    void aRouteThatIsChangedIsUsedAtOnce(@TempDir Path folder) throws Exception {
        Path route = Files.writeString(folder.resolve("code.camel.yaml"), route("Your code is ${body}"));
        main.setDefaultPropertyPlaceholderLocation("classpath:recipes/reload.properties");
        settings.put("camel.main.routes-include-pattern", "file:" + folder + "/*.camel.yaml");
        settings.put("camel.main.routes-reload-directory", folder.toString());
        start(null);
        send("direct:code", "4711", PHONE);

        Files.writeString(route, route("Kode Anda ${body}"));

        await().atMost(PATIENCE).untilAsserted(() -> {
            send("direct:code", "4711", PHONE);
            assertThat(sandbox.messages()).extracting(SandboxMessage::body).contains("Kode Anda 4711");
        });
    }

    private static String route(String text) {
        return """
                - from:
                    uri: direct:code
                    steps:
                      - setBody: {simple: "%s"}
                      - to: sendtalk:send?phoneRegion=ID
                """.formatted(text);
    }
}
