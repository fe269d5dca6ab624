package io.github.camelsendtalk.cluster;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the tables of the outbox say of the processes that use them. */
public final class Outbox {

    private final JdbcTemplate jdbc;

    public Outbox(Postgres database) {
        jdbc = database.jdbc();
    }

    /** Whether the worker of a process has given a sign of life. */
    public boolean hasSign(JavaProcess process) {
        String table = jdbc.queryForObject("SELECT to_regclass('worker')::text", String.class);
        return table != null && count("worker WHERE name ~ '%s'", process.workerPattern()) > 0;
    }

    /** The rows that a process has on their way. */
    public Set<Long> sendingOf(JavaProcess process) {
        return new TreeSet<>(jdbc.queryForList(
                "SELECT id FROM message WHERE state = 'SENDING' AND worker ~ ?", Long.class, process.workerPattern()));
    }

    /** Whether no row is waiting or on its way. */
    public boolean isAtRest() {
        return count("message WHERE state = 'QUEUED'") == 0 && count("message WHERE state = 'SENDING'") == 0;
    }

    /**
     * Kills a process, and waits until the database has noticed.
     *
     * @return the rows that it left behind
     */
    public Set<Long> kill(JavaProcess process) {
        process.kill();
        Awaitility.await("the end of its connections")
                .pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofMinutes(1))
                .until(() -> count("pg_stat_activity WHERE application_name = '%s'", process.name()) == 0);
        return sendingOf(process);
    }

    public long count(String from, Object... words) {
        Long count = jdbc.queryForObject("SELECT count(*) FROM " + from.formatted(words), Long.class);
        return count == null ? 0 : count;
    }
}
