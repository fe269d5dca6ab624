package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.support.Series;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.util.StringHelper;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The service in this JVM, with a database of its own on the server of all tests, a sandbox, and a second channel that keeps all it gets. */
final class RunningService implements AutoCloseable {

    private static final EmbeddedPostgres SERVER = startServer();
    private static final AtomicInteger LAST = new AtomicInteger();
    static final String SECRET = UUID.randomUUID().toString();
    /** What leaves out the example's own second channel. Empty, it is the one that is used. */
    static final String WITHOUT = "camel.main.routes-exclude-pattern";

    private static final Pattern CODE = Pattern.compile("\\d{6}");
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String database;
    private final SendTalkSandbox sandbox;
    private final ConfigurableApplicationContext application;
    private final JdbcTemplate jdbc;

    /** What the second channel was given. */
    @Configuration
    static class SecondChannel {

        final List<Map<String, Object>> messages = new CopyOnWriteArrayList<>();

        /** What the probe was told while Camel made its routes. */
        volatile int readinessAtStart;

        /** What was answered to who asked then. */
        volatile int answerAtStart;

        @Bean
        RouteBuilder smsProvider(Environment environment) {
            return new RouteBuilder() {
                @Override
                @SuppressWarnings("unchecked")
                public void configure() {
                    readinessAtStart = statusOf(environment, "local.management.port", "/actuator/health/readiness");
                    answerAtStart = statusOf(environment, "local.server.port", "/codes/" + UUID.randomUUID());
                    if (environment.getRequiredProperty(WITHOUT).isEmpty()) {
                        return;
                    }
                    from("direct:sms")
                            .process(exchange ->
                                    messages.add(exchange.getMessage().getBody(Map.class)));
                }
            };
        }
    }

    private static int statusOf(Environment environment, String port, String path) {
        URI uri = URI.create("http://127.0.0.1:%s%s".formatted(environment.getProperty(port), path));
        return send(HttpRequest.newBuilder(uri).build()).status();
    }

    /** An answer of the service. */
    record Answer(int status, JsonNode body, HttpHeaders headers) {

        String text(String member) {
            return body.path(member).asText();
        }

        UUID id() {
            return UUID.fromString(text("id"));
        }
    }

    /** @param properties {@code name=value}, beside those that let tests ask as often as they like */
    static RunningService start(String... properties) {
        return new RunningService(createDatabase(), SendTalkSandbox.start(), List.of(), properties);
    }

    /** With beans beside those of the service. */
    static RunningService startWith(Class<?> configuration, String... properties) {
        return new RunningService(createDatabase(), SendTalkSandbox.start(), List.of(configuration), properties);
    }

    private static String createDatabase() {
        String database = "test" + LAST.incrementAndGet();
        new JdbcTemplate(SERVER.getPostgresDatabase()).execute("CREATE DATABASE " + database);
        return database;
    }

    /** Another instance on the same database, with the same secret and the same sandbox. */
    RunningService another(String... properties) {
        return new RunningService(database, sandbox, List.of(), properties);
    }

    private RunningService(String database, SendTalkSandbox sandbox, List<Class<?>> beans, String... properties) {
        this.database = database;
        this.sandbox = sandbox;
        String url = SERVER.getJdbcUrl("postgres", database);
        this.jdbc = new JdbcTemplate(new DriverManagerDataSource(url));
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                WITHOUT,
                "**/sms.camel.yaml",
                "camel.component.sendtalk.base-url",
                sandbox.baseUrl(),
                "spring.datasource.url",
                url,
                "otp.secret",
                SECRET,
                "otp.sandbox",
                "false",
                "otp.per-address",
                "100000",
                "otp.per-minute",
                "100000",
                "server.port",
                "0",
                "management.server.port",
                "0"));
        for (String property : properties) {
            settings.put(StringHelper.before(property, "="), StringHelper.after(property, "="));
        }
        // a name that is given twice would have both values
        this.application = new SpringApplicationBuilder(OtpServiceApplication.class, SecondChannel.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("sandboxOfTheTests", sandbox))
                .sources(beans.toArray(Class<?>[]::new))
                .run(settings.entrySet().stream()
                        .map(setting -> "--%s=%s".formatted(setting.getKey(), setting.getValue()))
                        .toArray(String[]::new));
    }

    private static EmbeddedPostgres startServer() {
        try {
            return EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SendTalkSandbox sandbox() {
        return sandbox;
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    List<Map<String, Object>> sms() {
        return application.getBean(SecondChannel.class).messages;
    }

    String url(String path) {
        return "http://127.0.0.1:%s%s".formatted(application.getEnvironment().getProperty("local.server.port"), path);
    }

    String managementUrl(String path) {
        return "http://127.0.0.1:%s%s"
                .formatted(application.getEnvironment().getProperty("local.management.port"), path);
    }

    Answer ask(String phone) {
        return ask(phone, "login");
    }

    Answer ask(String phone, String purpose) {
        return post("/codes", Map.of("phone", phone, "purpose", purpose, "language", "id"));
    }

    Answer check(UUID id, String code) {
        return post("/codes/" + id + "/check", Map.of("code", code));
    }

    Answer show(UUID id) {
        return send(request("/codes/" + id).GET().build());
    }

    /** @param headers names and values, in turns */
    Answer post(String path, Object body, String... headers) {
        return send(postRequest(path, body, headers));
    }

    /** @param headers names and values, in turns */
    CompletableFuture<Answer> postAsync(String path, Object body, String... headers) {
        return HTTP.sendAsync(postRequest(path, body, headers), BodyHandlers.ofString())
                .thenApply(RunningService::answer);
    }

    private HttpRequest postRequest(String path, Object body, String... headers) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body instanceof String text ? text : json(body)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url(path)));
    }

    private static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Answer send(HttpRequest request) {
        try {
            return answer(HTTP.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        try {
            return new Answer(response.statusCode(), JSON.readTree(response.body()), response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The code of the last message to a number. */
    String codeSentTo(String phone) {
        List<SandboxMessage> messages = Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> sandbox.messagesTo(phone), sent -> !sent.isEmpty());
        return codeIn(messages.get(messages.size() - 1).body());
    }

    static String codeIn(String text) {
        Matcher code = CODE.matcher(text);
        if (!code.find()) {
            throw new AssertionError("There is no code in: " + text);
        }
        return code.group();
    }

    /** Another code than this one. */
    static String notThe(String code) {
        return code.equals("000000") ? "000001" : "000000";
    }

    /** Lets a code be older than it is. */
    void age(UUID id, String by) {
        jdbc.update("""
                UPDATE code SET created_at = created_at - i, next_at = next_at - i, expires_at = expires_at - i, watch_at = watch_at - i
                FROM CAST(? AS interval) AS i WHERE id = ?""", by, id);
    }

    /** A column of the code's message. */
    Object messageOf(UUID id, String column) {
        return jdbc.queryForMap("SELECT * FROM message WHERE account = 'sandbox' AND key = ?", id.toString())
                .get(column);
    }

    /** What the management port says. */
    Answer management(String path) {
        return send(HttpRequest.newBuilder(URI.create(managementUrl(path))).build());
    }

    Answer managementPost(String path, Object body) {
        return send(HttpRequest.newBuilder(URI.create(managementUrl(path)))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body instanceof String text ? text : json(body)))
                .build());
    }

    /** What Prometheus scrapes. */
    String scrape() {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create(managementUrl("/actuator/prometheus")))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The sum of a figure over all series with these labels. */
    double figure(String name, Map<String, String> labels) {
        return Series.parse(scrape()).stream()
                .filter(series -> series.is(name, labels))
                .mapToDouble(Series::value)
                .sum();
    }

    /** Waits until a figure is what it is to be. */
    void awaitFigure(String name, Map<String, String> labels, double value) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Series.parse(scrape()))
                        .filteredOn(series -> series.is(name, labels))
                        .extracting(Series::value)
                        .as(name + labels)
                        .containsExactly(value));
    }

    /** Ends all connections to the database, and lets no new ones in. */
    void shutDatabase() {
        JdbcTemplate server = new JdbcTemplate(SERVER.getPostgresDatabase());
        server.execute("ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(database));
        server.queryForList("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ?", database);
    }

    void openDatabase() {
        new JdbcTemplate(SERVER.getPostgresDatabase())
                .execute("ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(database));
    }

    /** Ends the instance; the first one also ends the sandbox. */
    @Override
    public void close() {
        application.close();
    }
}
