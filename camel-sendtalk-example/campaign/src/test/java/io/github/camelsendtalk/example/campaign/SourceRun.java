package io.github.camelsendtalk.example.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.main.Main;
import org.apache.camel.spi.InflightRepository.InflightExchange;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A source and the table that it puts messages into. Nobody sends them. */
final class SourceRun implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The pool gives up after 5 s, and the next try begins a second later. */
    private static final Duration LONGEST_TRY = Duration.ofMillis(6_500);

    private final TestDatabase table = new TestDatabase();
    private final JdbcTemplate server =
            new JdbcTemplate(new DriverManagerDataSource(table.url().replaceFirst("/\\w+\\?", "/postgres?")));
    private final String name = query("SELECT current_database()").get(0);
    private final Database database;
    private Main main = new Main();

    SourceRun() throws RefusalException {
        database = Database.open(Settings.read(Map.of(), Map.of("db.url", table.url())));
    }

    /** @param routes such as {@code sources/jms} */
    SourceRun start(Map<String, String> settings, String... routes) {
        main = new Main();
        main.configure()
                .withRoutesIncludePattern(Stream.of(routes)
                        .map(route -> (route.equals("enqueue") ? "outbox/" : "camel/") + route)
                        .map("classpath:%s.camel.yaml"::formatted)
                        .collect(Collectors.joining(",")));
        main.configure().withInflightRepositoryBrowseEnabled(true);
        main.addOverrideProperty("outbox.account", "test");
        settings.forEach(main::addOverrideProperty);
        main.bind("dataSource", database.dataSource());
        main.start();
        return this;
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    void stop() {
        main.stop();
    }

    /** Lets a route fail at its end, once, as if the process had died there; counts how often it came to its end. */
    AtomicInteger failOnceAtTheEndOf(String route) throws Exception {
        AtomicInteger ends = new AtomicInteger();
        AdviceWith.adviceWith(
                context(),
                route,
                advice -> advice.weaveAddLast().process(exchange -> {
                    if (ends.incrementAndGet() == 1) {
                        throw new IOException("The process has died");
                    }
                }));
        return ends;
    }

    /** The database refuses all connections, as one that is down. */
    void takeTheDatabaseAway() {
        server.execute("ALTER DATABASE %s WITH ALLOW_CONNECTIONS false".formatted(name));
        server.queryForList("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ?", name);
    }

    void bringTheDatabaseBack() {
        server.execute("ALTER DATABASE %s WITH ALLOW_CONNECTIONS true".formatted(name));
    }

    /** Waits until a message has been in a route for longer than a try to reach the database lasts. */
    void awaitAnotherTryIn(String route) {
        await().atMost(PATIENCE).until(() -> {
            InflightExchange oldest = context().getInflightRepository().oldest(route);
            return oldest != null && oldest.getDuration() > LONGEST_TRY.toMillis();
        });
    }

    void update(String sql, Object... parameters) {
        table.jdbc().update(sql, parameters);
    }

    /** The first column of what a query finds. */
    List<String> query(String sql) {
        return table.jdbc().queryForList(sql, String.class);
    }

    /** The rows of the table: campaign, key, lane, phone, text. */
    List<String> rows() {
        return query("SELECT concat_ws('|', campaign, key, lane, phone, body) FROM message ORDER BY id");
    }

    /** Waits until these are the rows. */
    void awaitRows(String... rows) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rows()).containsExactlyInAnyOrder(rows));
    }

    @Override
    public void close() {
        main.stop();
        database.close();
    }
}
