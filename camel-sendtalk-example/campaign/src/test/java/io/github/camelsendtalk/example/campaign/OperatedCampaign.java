package io.github.camelsendtalk.example.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.support.Series;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractDoubleAssert;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A process that sends and follows, and shows how it is. */
final class OperatedCampaign implements AutoCloseable {

    private static final String ACCOUNT = "sendtalk (sandbox)";
    private static final int TERMINATED = 143;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestDatabase tables = new TestDatabase();
    private final String name = tables.jdbc().queryForObject("SELECT current_database()", String.class);
    private final int port = freePort();
    private final Database database;
    private final Campaign campaign;
    private final CompletableFuture<Integer> run;
    private final HttpClient http = HttpClient.newHttpClient();

    OperatedCampaign(SendTalkSandbox sandbox) {
        try {
            Settings settings = Settings.read(
                    Map.of(),
                    Map.of(
                            "role", "send,follow",
                            "db.url", tables.url(),
                            "campaign.sandbox", sandbox.baseUrl(),
                            "management.port", String.valueOf(port),
                            "figures.delay", "100"));
            database = Database.open(settings);
            campaign = new Campaign(settings, database, null, new PrintStream(OutputStream.nullOutputStream()));
        } catch (RefusalException e) {
            throw new IllegalStateException(e);
        }
        run = CompletableFuture.supplyAsync(this::run);
        awaitUp();
    }

    private int run() {
        try {
            return campaign.run();
        } catch (RefusalException e) {
            throw new IllegalStateException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JdbcTemplate jdbc() {
        return tables.jdbc();
    }

    /** @param columns names and SQL expressions; the others are those of a text of a campaign that can be sent */
    void insert(Map<String, String> columns) {
        Map<String, String> row = new TreeMap<>(Map.of(
                "account", "'" + ACCOUNT + "'",
                "campaign", "'test'",
                "key", "gen_random_uuid()",
                "lane", "'campaign'",
                "state", "'QUEUED'",
                "message_type", "'text'",
                "phone", "'6281212345678'",
                "body", "'Our shop opens on Monday.'"));
        row.putAll(columns);
        jdbc().execute("INSERT INTO message (%s) VALUES (%s)"
                .formatted(String.join(", ", row.keySet()), String.join(", ", row.values())));
    }

    /** Closes the gate of a lane, or opens it in the past. */
    void closeGate(String lane, String exception, String until) {
        jdbc().update(
                        "INSERT INTO gate (account, lane, until, exception, reason) VALUES (?, ?, now() + CAST(? AS interval), ?, ?)",
                        ACCOUNT,
                        lane,
                        until,
                        exception,
                        "It was closed for a test.");
    }

    /** Ends all connections to the database, and lets no new ones in. */
    void shutDatabase() {
        server().execute("ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(name));
        server().queryForList("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ?", name);
    }

    void openDatabase() {
        server().execute("ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(name));
    }

    private JdbcTemplate server() {
        return new JdbcTemplate(new DriverManagerDataSource(tables.url().replace("/" + name, "/postgres")));
    }

    /** Forgets all rows and gates. */
    void clear() {
        jdbc().execute("DELETE FROM message; DELETE FROM gate");
    }

    boolean isUp() {
        return get("/observe/health").statusCode() == 200;
    }

    boolean isAlive() {
        return get("/observe/health/live").statusCode() == 200;
    }

    /** What the checks that are down say. */
    String complaints() {
        return get("/observe/health").body();
    }

    void awaitUp() {
        awaitHealth(this::isUp);
    }

    void awaitComplaint(String... words) {
        awaitHealth(() -> !isUp() && Arrays.stream(words).allMatch(complaints()::contains));
    }

    private void awaitHealth(Callable<Boolean> condition) {
        await().atMost(PATIENCE).ignoreExceptions().until(condition);
    }

    String scrape() {
        return get("/observe/metrics").body();
    }

    /** Waits until a figure is what it is to be. */
    void awaitFigure(String name, Map<String, String> labels, Consumer<AbstractDoubleAssert<?>> is) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Series found = Series.parse(scrape()).stream()
                    .filter(series -> series.is(name, labels))
                    .findFirst()
                    .orElse(null);
            assertThat(found).as(name + labels).isNotNull();
            is.accept(assertThat(found.value()).as(name + labels));
        });
    }

    private HttpResponse<String> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        campaign.interrupt(TERMINATED);
        run.join();
        database.close();
    }
}
