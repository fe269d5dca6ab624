package io.github.camelsendtalk.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A database, a server that plays SendTalk well, and processes of a campaign that use both. */
final class SpeedRun implements AutoCloseable {

    static final String TEXT =
            "Halo, your order RJ-%d is on its way. Thank you for shopping with us, and see you soon again.";

    private static final Pattern CODE = Pattern.compile("Your code is (\\d+)");
    private static final List<String> JVM = List.of("-Xmx256m");
    private static final String ACCOUNT = "sendtalk (sandbox)";
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Path folder;
    private final PromptApi api;
    private final Postgres database;
    private final List<JavaProcess> processes = new ArrayList<>();

    /** @param answerMillis how long the server takes for an answer */
    SpeedRun(String name, int answerMillis) throws IOException {
        folder = Folders.emptied(Path.of("target", "speed", name));
        api = new PromptApi(answerMillis, CODE);
        database = new Postgres(folder.resolve("database"));
    }

    Path folder() {
        return folder;
    }

    Postgres database() {
        return database;
    }

    /** Starts a process, and waits until it has made the tables and given a sign of life. */
    JavaProcess start(String role, Map<String, String> more) throws IOException {
        String name = "process-" + (processes.size() + 1);
        JavaProcess process =
                CampaignProcess.start(name, folder.resolve(name), JVM, role, database, api.baseUrl(), more);
        processes.add(process);
        await(
                "the sign of life of " + name,
                processes.size(),
                () -> count("pg_class WHERE relname = 'worker'") == 0 ? 0 : count("worker"));
        return process;
    }

    /** Puts rows of a campaign into the table. */
    void insert(int rows) {
        database.jdbc()
                .update("INSERT INTO campaign (account, name) VALUES (?, 'speed') ON CONFLICT DO NOTHING", ACCOUNT);
        database.jdbc().update("""
                INSERT INTO message (account, campaign, key, lane, phone, message_type, body, state)
                SELECT ?, 'speed', 'row ' || i, 'campaign', '62812' || (10000000 + i), 'text', format(?, i), 'QUEUED'
                FROM generate_series(1, ?) AS i
                """, ACCOUNT, TEXT.replace("%d", "%s"), rows);
        database.jdbc().execute("ANALYZE message");
    }

    void insertCode(int code) {
        database.jdbc().update("""
                INSERT INTO message (account, campaign, key, lane, phone, message_type, body, state, expires_at)
                VALUES (?, 'speed', 'code ' || ?, 'code', '6281312345678', 'otp', 'Your code is ' || ?, 'QUEUED', now() + interval '5 min')
                """, ACCOUNT, code, code);
    }

    /** Waits until so many rows were sent, and says how many there are then. */
    int awaitSent(int rows) {
        return await("%d sent rows".formatted(rows), rows, () -> count("message WHERE state = 'SENT'"));
    }

    /** Waits until the status of so many rows is final. */
    void awaitFollowed(int rows) {
        await("%d final statuses".formatted(rows), rows, () -> count("message WHERE is_sent"));
    }

    void awaitCodes(int codes) {
        await("%d codes".formatted(codes), codes, () -> api.arrivals().size());
    }

    /** When a code came to the server, by {@link System#nanoTime()}. */
    long arrival(int code) {
        return api.arrivals().get(String.valueOf(code));
    }

    /** To count the rows of a large table takes CPU, too: so little that it does not show. */
    private int await(String what, int atLeast, IntSupplier figure) {
        AtomicInteger last = new AtomicInteger();
        AtomicReference<Duration> pause = new AtomicReference<>(Duration.ofMillis(500));
        Awaitility.await(what)
                .pollInterval((poll, previous) -> pause.get())
                .atMost(PATIENCE)
                .until(() -> {
                    processes.forEach(JavaProcess::requireAlive);
                    long begun = System.nanoTime();
                    last.set(figure.getAsInt());
                    pause.set(Duration.ofNanos(Math.max(500_000_000, 50 * (System.nanoTime() - begun))));
                    return last.get() >= atLeast;
                });
        return last.get();
    }

    private int count(String from) {
        Integer count = database.jdbc().queryForObject("SELECT count(*) FROM " + from, Integer.class);
        return count == null ? 0 : count;
    }

    @Override
    public void close() {
        try (api;
                database) {
            processes.forEach(JavaProcess::close);
        }
    }
}
