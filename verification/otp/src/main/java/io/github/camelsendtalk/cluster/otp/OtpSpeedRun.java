package io.github.camelsendtalk.cluster.otp;

import io.github.camelsendtalk.cluster.JavaProcess;
import io.github.camelsendtalk.cluster.Outbox;
import io.github.camelsendtalk.cluster.Postgres;
import io.github.camelsendtalk.cluster.PromptApi;
import io.github.camelsendtalk.ledger.FaultyApi;
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
import java.util.regex.Pattern;
import org.apache.commons.io.file.PathUtils;
import org.awaitility.Awaitility;

/** A database, a server that plays SendTalk well, and instances of the service that use both. */
final class OtpSpeedRun implements AutoCloseable {

    private static final List<String> JVM = List.of("-Xmx256m", "-Dproof.log=INFO");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int IN_FLIGHT = 64;
    private static final Pattern PHONE = Pattern.compile("\"phone\":\"(\\d+)\"");

    private final Path folder;
    private final PromptApi api;
    private final Postgres database;
    private final List<JavaProcess> instances = new ArrayList<>();
    private final Client client;
    private final AtomicInteger refused = new AtomicInteger();

    OtpSpeedRun(String name, int count, Pattern key, Map<String, String> more) throws IOException {
        folder = Path.of("target", "speed", name).toAbsolutePath();
        if (Files.exists(folder)) {
            PathUtils.deleteDirectory(folder);
        }
        Files.createDirectories(folder);
        api = new PromptApi(0, key);
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
        this(name, count, PHONE, Map.of());
    }

    private String start(String name, Map<String, String> more) throws IOException {
        int port = Postgres.freePort();
        Map<String, String> properties = OtpCluster.properties(name, port, database, api.baseUrl());
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

    PromptApi api() {
        return api;
    }

    Postgres database() {
        return database;
    }

    /**
     * Asks for codes at their times, whether answers come or not.
     *
     * @return how long each took until it came to the API, in nanoseconds
     */
    long[] askAtRate(int first, int codes, int perSecond) throws InterruptedException {
        long[] asked = new long[codes];
        long begun = System.nanoTime();
        for (int i = 0; i < codes; i++) {
            TimeUnit.NANOSECONDS.sleep(begun + i * (1_000_000_000L / perSecond) - System.nanoTime());
            asked[i] = System.nanoTime();
            client.askAsync(first + i).thenAccept(this::count);
        }
        awaitArrivals(first + codes);
        long[] nanos = new long[codes];
        for (int i = 0; i < codes; i++) {
            nanos[i] = arrival(first + i) - asked[i];
        }
        return nanos;
    }

    /** Asks for codes as fast as they are answered, and waits until all have come to the API; gives the seconds that both took. */
    double[] askFast(int first, int codes) throws InterruptedException {
        Semaphore free = new Semaphore(IN_FLIGHT);
        long begun = System.nanoTime();
        for (int i = 0; i < codes; i++) {
            free.acquire();
            client.askAsync(first + i).whenComplete((status, failure) -> {
                count(failure == null ? status : 0);
                free.release();
            });
        }
        free.acquire(IN_FLIGHT);
        double asked = (System.nanoTime() - begun) / 1e9;
        awaitArrivals(first + codes);
        return new double[] {asked, (System.nanoTime() - begun) / 1e9};
    }

    private void count(int status) {
        if (status != 202) {
            refused.incrementAndGet();
        }
    }

    private long arrival(int number) {
        return api.arrivals().get(FaultyApi.phone(number));
    }

    private void awaitArrivals(int codes) {
        await(codes + " codes at the API", () -> api.arrivals().size() >= codes);
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

    /** Fails where a code was not let out, came twice, or went by the second channel. */
    void requireEachOnce() {
        if (refused.get() > 0 || api.taken() != api.arrivals().size() || Files.exists(folder.resolve("sms.txt"))) {
            throw new IllegalStateException("%d requests without an id, %d messages to %d numbers, second channel: %s"
                    .formatted(
                            refused.get(),
                            api.taken(),
                            api.arrivals().size(),
                            Files.exists(folder.resolve("sms.txt"))));
        }
    }

    Duration cpuOfInstances() {
        return instances.stream().map(JavaProcess::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        try (api;
                database) {
            instances.forEach(JavaProcess::close);
        }
    }
}
