package io.github.camelsendtalk.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the tables of the outbox say of the processes that use them. */
public final class Outbox {

    /**
     * So that rows are parked soon. What a claimed row may wait and the two bounds of its call are 7 s together, so that 9 s
     * after a worker's last sign none of its rows is still to be sent.
     */
    public static final Map<String, String> SHORT_BOUNDS = Map.of(
            "claim.validity", "3s",
            "camel.component.sendtalk.connection-request-timeout", "2s",
            "camel.component.sendtalk.request-timeout", "2s",
            "park.after", "9 s",
            "sweep.delay", "1000");

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
