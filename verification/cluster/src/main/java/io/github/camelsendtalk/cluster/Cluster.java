package io.github.camelsendtalk.cluster;

import io.github.camelsendtalk.ledger.FaultyApi;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A database, a server that plays SendTalk badly, and processes of a campaign that use both. */
final class Cluster implements AutoCloseable {

    /** Small, and without the second compiler, which would take more time than it saves. */
    private static final List<String> JVM = List.of("-Xmx128m", "-XX:TieredStopAtLevel=1");

    private static final int ANSWER_MILLIS = 50;
    /** Each 429 holds up all for a second or more: there are some ten, however many messages there are. */
    private static final int MESSAGES_PER_LIMIT = 350;

    private static final int MESSAGES_PER_CODE = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int FEWEST_PER_SECOND = 50;

    private final Path folder;
    private final int messages;
    private final Postgres database;
    private final Outbox outbox;
    private final FaultyApi api;
    private final List<JavaProcess> workers = new ArrayList<>();
    private final List<JavaProcess> processes = new ArrayList<>();
    private Duration cpuOfIdleDatabase = Duration.ZERO;

    /** @param folder is emptied */
    Cluster(Path folder, int messages, long seed) throws IOException {
        this.folder = Folders.emptied(folder);
        this.messages = messages;
        api = new FaultyApi(messages, seed, ANSWER_MILLIS, Math.max(1, messages / MESSAGES_PER_LIMIT));
        database = new Postgres(this.folder.resolve("database"));
        outbox = new Outbox(database);
    }

    Postgres database() {
        return database;
    }

    FaultyApi api() {
        return api;
    }

    /** Starts processes that send and follow, and waits for the first sign of life of each. */
    List<JavaProcess> addWorkers(int count) throws IOException {
        List<JavaProcess> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JavaProcess worker = start("worker-" + (workers.size() + 1), "send,follow", Outbox.SHORT_BOUNDS);
            workers.add(worker);
            added.add(worker);
        }
        for (JavaProcess worker : added) {
            await(worker.name() + " to give a sign of life", () -> outbox.hasSign(worker));
            worker.countCpuFromNow();
        }
        return added;
    }

    /** Has a process read a file with all messages, and waits until they are in the table. */
    void feed() throws IOException {
        Path file = folder.resolve("messages.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("phone,messageType,body\n");
            for (int message = 0; message < messages; message++) {
                out.write("%s,%s,%suntuk Anda\n"
                        .formatted(
                                FaultyApi.phone(message),
                                message % MESSAGES_PER_CODE == 0 ? "otp" : "text",
                                FaultyApi.text(message)));
            }
        }
        cpuOfIdleDatabase = database.cpu();
        JavaProcess feeder = start("feeder", "feed", Map.of("campaign.file", file.toString()));
        await("all messages in the table", () -> {
            feeder.requireAlive();
            return outbox.count("message") >= messages;
        });
    }

    private JavaProcess start(String name, String role, Map<String, String> more) throws IOException {
        JavaProcess process =
                CampaignProcess.start(name, folder.resolve(name), JVM, role, database, api.baseUrl(), more);
        processes.add(process);
        return process;
    }

    void awaitTaken(double share) {
        await("%.0f %% of the messages taken".formatted(share * 100), () -> api.taken() >= share * messages);
    }

    /** Waits until no row is waiting or on its way; what is so after all is for the verdict. */
    void awaitEndOfAllRows() {
        try {
            await("the end of all rows", outbox::isAtRest);
        } catch (ConditionTimeoutException e) {
            System.out.println(e.getMessage());
        }
    }

    /**
     * Kills a worker while it has rows on their way, and waits until the database has noticed.
     *
     * @return the rows that it left behind
     */
    Set<Long> kill(JavaProcess worker) {
        await(
                worker.name() + " to have rows on their way",
                () -> outbox.sendingOf(worker).size() > 9);
        return outbox.kill(worker);
    }

    private void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .pollInterval(Duration.ofMillis(50))
                .atMost(PATIENCE.plusSeconds(messages / FEWEST_PER_SECOND))
                .until(() -> {
                    workers.forEach(JavaProcess::requireAlive);
                    return condition.call();
                });
    }

    /** What became of each message, as the table has it. */
    List<Row> rows() {
        return database.jdbc().query(Row.QUERY, Row::of);
    }

    /** Asks all that still run to end, and waits until they have. */
    void terminateAll() {
        processes.stream().filter(JavaProcess::isAlive).forEach(JavaProcess::terminate);
    }

    /** Adds how fast it was, and what it cost. */
    void addFigures(Verdict verdict) throws IOException {
        Double seconds = database.jdbc()
                .queryForObject(
                        "SELECT extract(epoch FROM max(ended_at) FILTER (WHERE state <> 'PARKED') - min(claimed_at)) FROM message",
                        Double.class);
        Duration cpu = workers.stream().map(JavaProcess::cpu).reduce(Duration.ZERO, Duration::plus);
        verdict.add("seconds from the first claim to the last outcome", "%.1f".formatted(seconds));
        verdict.add("messages per second", "%.0f".formatted(messages / seconds));
        verdict.add("CPU of the workers per message, but for their start, ms", perMessage(cpu));
        verdict.add(
                "CPU of PostgreSQL per message, ms", perMessage(database.cpu().minus(cpuOfIdleDatabase)));
    }

    private String perMessage(Duration cpu) {
        return "%.2f".formatted((double) cpu.toMillis() / messages);
    }

    @Override
    public void close() throws IOException {
        try (api;
                database) {
            processes.forEach(JavaProcess::close);
        }
    }
}
