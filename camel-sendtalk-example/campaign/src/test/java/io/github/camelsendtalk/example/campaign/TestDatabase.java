package io.github.camelsendtalk.example.campaign;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** One PostgreSQL server for all tests of this JVM, and a database for each. */
final class TestDatabase {

    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger LAST = new AtomicInteger();

    private final String url;
    private final JdbcTemplate jdbc;

    TestDatabase() {
        String name = "test" + LAST.incrementAndGet();
        new JdbcTemplate(SERVER.getPostgresDatabase()).execute("CREATE DATABASE " + name);
        url = SERVER.getJdbcUrl("postgres", name);
        jdbc = new JdbcTemplate(new DriverManagerDataSource(url));
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return url;
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    /** A column of the row on a line of the file. */
    Object of(int line, String column) {
        return jdbc.queryForMap("SELECT * FROM message WHERE line = ?", line).get(column);
    }

    void set(int line, Map<String, ?> columns) {
        columns.forEach(
                (column, value) -> jdbc.update("UPDATE message SET " + column + " = ? WHERE line = ?", value, line));
    }

    long count(String condition) {
        return jdbc.queryForObject("SELECT count(*) FROM message WHERE " + condition, Long.class);
    }
}
