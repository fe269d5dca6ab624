package io.github.camelsendtalk.cluster.otp;

import io.github.camelsendtalk.cluster.Folders;
import io.github.camelsendtalk.cluster.JavaProcess;
import io.github.camelsendtalk.cluster.Outbox;
import io.github.camelsendtalk.cluster.Postgres;
import io.github.camelsendtalk.ledger.FaultyApi;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A database, a sandbox, and instances of the service that use both. */
final class OtpSpeedRun implements AutoCloseable {

    private static final List<String> JVM = List.of("-Xmx256m", "-Dproof.log=INFO");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int IN_FLIGHT = 64;
    /** Of ten thousand numbers the sandbox may treat the first thousand as it likes. */
    private static final int SPECIAL = 1_000;

    private static final int ORDINARY = 10_000 - SPECIAL;

    private final Path folder;
    private final SendTalkSandbox sandbox = SendTalkSandbox.start();
    private final Postgres database;
    private final List<JavaProcess> instances = new ArrayList<>();
    private final Client client;
    private final AtomicInteger refused = new AtomicInteger();

    OtpSpeedRun(String name, int count, Map<String, String> more) throws IOException {
        folder = Folders.emptied(Path.of("target", "speed", name));
        database = new Postgres(folder.resolve("database"));
        List<String> urls = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            urls.add(start("instance-" + i, more));
        }
        Outbox outbox = new Outbox(database);
        for (JavaProcess instance : instances) {
            await("a sign of life", () -> outbox.hasSign(instance));
        }
        client = new Client(urls);
        // the first sign comes while the instance still starts, and answers that it is out of order
        for (int i = 0; i < count; i++) {
            client.show(i, UUID.randomUUID());
        }
    }

    OtpSpeedRun(String name, int count) throws IOException {
        this(name, count, Map.of());
    }

    private String start(String name, Map<String, String> more) throws IOException {
        int port = Postgres.freePort();
        Map<String, String> properties = OtpCluster.properties(name, port, database, sandbox.baseUrl());
        properties.put("sms.file", folder.resolve("sms.txt").toString());
        // all go to SendTalk, however long they wait
        properties.put("otp.second-channel-after", "1h");
        // also those that meet no connection while an instance that has just started is asked for all that it can
        properties.put("campaign.tries", "20");
        properties.putAll(more);
        instances.add(new JavaProcess(name, folder.resolve(name), JVM, Instance.class, properties));
        return "http://127.0.0.1:" + port;
    }

    Client client() {
        return client;
    }

    SendTalkSandbox sandbox() {
        return sandbox;
    }

    Postgres database() {
        return database;
    }

    /**
     * Asks for codes at their times, whether answers come or not.
     *
     * @return how long each took until it came to the sandbox, in milliseconds
     */
    long[] askAtRate(int first, int codes, int perSecond) throws InterruptedException {
        sandbox.clear();
        long[] asked = new long[codes];
        long begun = System.nanoTime();
        for (int i = 0; i < codes; i++) {
            TimeUnit.NANOSECONDS.sleep(begun + i * (1_000_000_000L / perSecond) - System.nanoTime());
            asked[i] = System.currentTimeMillis();
            client.askAsync(ordinary(first + i)).thenAccept(this::count);
        }
        Map<String, Long> arrivals = arrivals(codes);
        return IntStream.range(0, codes)
                .mapToLong(i -> arrivals.get(FaultyApi.phone(ordinary(first + i))) - asked[i])
                .toArray();
    }

    /** Asks for codes as fast as they are answered, and waits until all have come to the sandbox; gives the seconds that both took. */
    double[] askFast(int first, int codes) throws InterruptedException {
        sandbox.clear();
        Semaphore free = new Semaphore(IN_FLIGHT);
        long begun = System.nanoTime();
        for (int i = 0; i < codes; i++) {
            free.acquire();
            client.askAsync(ordinary(first + i)).whenComplete((status, failure) -> {
                count(failure == null ? status : 0);
                free.release();
            });
        }
        free.acquire(IN_FLIGHT);
        double asked = (System.nanoTime() - begun) / 1e9;
        arrivals(codes);
        return new double[] {asked, (System.nanoTime() - begun) / 1e9};
    }

    /** The number with this index among those whose last four digits mean nothing to the sandbox. */
    private static int ordinary(int index) {
        return index / ORDINARY * 10_000 + SPECIAL + index % ORDINARY;
    }

    private void count(int status) {
        if (status != 202) {
            refused.incrementAndGet();
        }
    }

    /**
     * Waits until so many codes have come, and no more.
     *
     * @return when each came, by its number
     * @throws IllegalStateException where one was not let out, came twice, or went by the second channel
     */
    private Map<String, Long> arrivals(int codes) {
        List<SandboxMessage> messages = sandbox.await(codes, PATIENCE);
        Map<String, Long> arrivals = messages.stream()
                .collect(Collectors.toMap(SandboxMessage::phone, SandboxMessage::createdTime, Math::min));
        boolean isSms = Files.exists(folder.resolve("sms.txt"));
        if (refused.get() > 0 || messages.size() != codes || arrivals.size() != codes || isSms) {
            throw new IllegalStateException(
                    "Of %d requests %d were given no id; %d messages came to %d numbers; second channel: %s"
                            .formatted(codes, refused.get(), messages.size(), arrivals.size(), isSms));
        }
        return arrivals;
    }

    private void await(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .pollInterval(Duration.ofMillis(10))
                .atMost(PATIENCE)
                .until(() -> {
                    instances.forEach(JavaProcess::requireAlive);
                    return condition.getAsBoolean();
                });
    }

    Duration cpuOfInstances() {
        return instances.stream().map(JavaProcess::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        try (sandbox;
                database) {
            instances.forEach(JavaProcess::close);
        }
    }
}
