package io.github.camelsendtalk.cluster.otp;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.github.camelsendtalk.cluster.Folders;
import io.github.camelsendtalk.cluster.JavaProcess;
import io.github.camelsendtalk.cluster.Outbox;
import io.github.camelsendtalk.cluster.Postgres;
import io.github.camelsendtalk.cluster.Row;
import io.github.camelsendtalk.cluster.Verdict;
import io.github.camelsendtalk.ledger.FaultyApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** A database, a server that plays SendTalk badly, instances of the service that use both, and clients. */
final class OtpCluster implements AutoCloseable {

    private static final List<String> JVM = List.of("-Xmx192m", "-XX:TieredStopAtLevel=1", "-Dproof.log=INFO");
    private static final String ACCOUNT = "sandbox";
    private static final Pattern SMS = Pattern.compile("(\\d+) .*?\\b(\\d{6})\\b.*");
    private static final int ANSWER_MILLIS = 50;
    private static final int MESSAGES_PER_LIMIT = 350;
    private static final int CLIENTS = 24;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int FEWEST_PER_SECOND = 30;

    private final Path folder;
    private final int codes;
    private final Postgres database;
    private final Outbox outbox;
    private final FaultyApi api;
    private final List<JavaProcess> instances = new ArrayList<>();
    private final Client client;
    private final Map<Integer, Client.Answer> told = new ConcurrentHashMap<>();
    private final AtomicInteger ended = new AtomicInteger();
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS, task -> {
        Thread thread = new Thread(task, "client");
        thread.setDaemon(true);
        return thread;
    });

    /** @param folder is emptied */
    OtpCluster(Path folder, int codes, long seed) throws IOException {
        this.folder = Folders.emptied(folder);
        this.codes = codes;
        api = new FaultyApi(codes, seed, ANSWER_MILLIS, Math.max(1, codes / MESSAGES_PER_LIMIT));
        database = new Postgres(this.folder.resolve("database"));
        outbox = new Outbox(database);
        client = new Client(addInstances(3));
    }

    private List<String> addInstances(int count) throws IOException {
        List<String> urls = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            int port = Postgres.freePort();
            Map<String, String> properties = properties("instance-" + i, port, database, api.baseUrl());
            properties.putAll(Outbox.SHORT_BOUNDS);
            properties.put("sms.file", folder.resolve("sms-%d.txt".formatted(i)).toString());
            instances.add(
                    new JavaProcess("instance-" + i, folder.resolve("instance-" + i), JVM, Instance.class, properties));
            urls.add("http://127.0.0.1:" + port);
        }
        for (JavaProcess instance : instances) {
            await(instance.name() + " to give a sign of life", () -> outbox.hasSign(instance));
            instance.countCpuFromNow();
        }
        return urls;
    }

    /** What an instance needs that is asked by clients behind a proxy. */
    static Map<String, String> properties(String name, int port, Postgres database, String apiUrl) {
        return new LinkedHashMap<>(Map.of(
                "otp.sandbox", "false",
                "spring.datasource.url", database.url(name),
                "otp.secret", "a secret that all instances of this proof have",
                "camel.component.sendtalk.base-url", apiUrl,
                "server.port", String.valueOf(port),
                "server.forward-headers-strategy", "native",
                "management.server.port", "-1",
                "otp.per-minute", "1000000",
                "otp.per-day", "1000000",
                // so that each code can be tried at the end
                "otp.validity", "1h"));
    }

    List<JavaProcess> instances() {
        return instances;
    }

    Postgres database() {
        return database;
    }

    /** Clients begin to ask, for one number each, and then for the next. */
    void askForAll() {
        IntStream.range(0, codes)
                .forEach(number -> clients.execute(() -> {
                    try {
                        told.put(number, client.ask(number));
                    } catch (ConditionTimeoutException e) {
                        System.out.println(e.getMessage());
                    } finally {
                        ended.incrementAndGet();
                    }
                }));
    }

    /** Waits until such a part of the requests has been answered. */
    void awaitAnswered(double share) {
        await("%.0f %% of the requests answered".formatted(share * 100), () -> ended.get() >= share * codes);
    }

    /** Kills an instance while it has rows on their way, and gives these. */
    Set<Long> kill(JavaProcess instance) {
        await(
                instance.name() + " to have rows on their way",
                () -> !outbox.sendingOf(instance).isEmpty());
        return outbox.kill(instance);
    }

    /** Waits until nothing more is sent by any channel; what is so after all is for the verdict. */
    void awaitRest() {
        try {
            await("the end of all rows", () -> outbox.isAtRest() && outbox.count("""
                    code c JOIN message m ON m.account = '%s' AND m.key = c.id::text
                    WHERE c.watch_at IS NOT NULL AND m.state NOT IN ('SENT', 'UNKNOWN', 'PARKED')""", ACCOUNT) == 0);
        } catch (ConditionTimeoutException e) {
            System.out.println(e.getMessage());
        }
    }

    private void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .pollInterval(Duration.ofMillis(50))
                .atMost(PATIENCE.plusSeconds(codes / FEWEST_PER_SECOND))
                .until(() -> {
                    instances.forEach(JavaProcess::requireAlive);
                    return condition.call();
                });
    }

    /** Tries each code that came, asks how it stands, and ends all instances. */
    CodesVerdict verdict(Set<Long> claimed) throws IOException {
        Map<Integer, List<String>> texted = texted();
        Map<Integer, Code> byNumber = new ConcurrentHashMap<>();
        IntStream.range(0, codes)
                .mapToObj(number -> clients.submit(() ->
                        byNumber.put(number, code(number, texted.getOrDefault(number, List.of())))))
                .toList()
                .forEach(OtpCluster::join);
        Duration cpu = instances.stream().map(JavaProcess::cpu).reduce(Duration.ZERO, Duration::plus);
        instances.stream().filter(JavaProcess::isAlive).forEach(JavaProcess::terminate);

        Map<String, Integer> numbers = byNumber.values().stream()
                .filter(code -> code.id() != null)
                .collect(toMap(code -> String.valueOf(code.id()), Code::number, Math::min));
        List<Row> whatsApp = rows(ACCOUNT, numbers);
        List<Row> second = rows(ACCOUNT + "-sms", numbers);
        Set<Long> claimedOfSecond =
                second.stream().map(Row::id).filter(claimed::contains).collect(Collectors.toCollection(TreeSet::new));
        Set<Long> claimedOfFirst = new TreeSet<>(claimed);
        claimedOfFirst.removeAll(claimedOfSecond);
        CodesVerdict verdict = new CodesVerdict(
                byNumber.values().stream()
                        .sorted((a, b) -> a.number() - b.number())
                        .toList(),
                Verdict.ofTheEnd(codes, api::received, whatsApp, claimedOfFirst),
                second,
                outbox.count("code"),
                claimedOfSecond);
        verdict.add("requests without an answer, asked again elsewhere", client.broken());
        verdict.add("answers that said 'unavailable', asked again elsewhere", client.unavailable());
        verdict.add(
                "CPU of the instances per code, with its check, ms", "%.2f".formatted((double) cpu.toMillis() / codes));
        return verdict;
    }

    private static void join(Future<?> future) {
        try {
            future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the second channel got for each number: the codes. */
    private Map<Integer, List<String>> texted() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= instances.size(); i++) {
            Path file = folder.resolve("sms-%d.txt".formatted(i));
            if (Files.exists(file)) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines.stream()
                .map(OtpCluster::sms)
                .collect(groupingBy(
                        sms -> number(sms.group(1)), Collectors.mapping(sms -> sms.group(2), Collectors.toList())));
    }

    private static Matcher sms(String line) {
        Matcher sms = SMS.matcher(line);
        if (!sms.matches()) {
            throw new IllegalStateException("The second channel got what is no code: " + line);
        }
        return sms;
    }

    private static int number(String phone) {
        return Integer.parseInt(phone.substring(FaultyApi.phone(0).length() - 8));
    }

    private Code code(int number, List<String> texted) {
        FaultyApi.Received received = api.received(number);
        Set<String> texts = new TreeSet<>(api.codes(number));
        texts.addAll(texted);
        Client.Answer answer = told.get(number);
        UUID id = answer != null && answer.status() == 202 ? UUID.fromString(answer.text("id")) : null;
        boolean isRight = !received.isMisdirected() && texts.size() <= 1;
        if (id != null && isRight && !texts.isEmpty()) {
            isRight = client.check(number, id, texts.iterator().next())
                    .text("result")
                    .equals("right");
        }
        Client.Answer state = id == null ? null : client.show(number, id);
        return new Code(
                number,
                id,
                received.times(),
                texted.size(),
                isRight,
                delivery(state),
                "number %d was told %s; it got %s; SendTalk: %s; second channel: %d; it stands at %s"
                        .formatted(number, answer, texts, received.story(), texted.size(), state));
    }

    private static @Nullable String delivery(Client.@Nullable Answer state) {
        return state == null || state.status() != 200 ? null : state.text("delivery");
    }

    private List<Row> rows(String account, Map<String, Integer> numbers) {
        return database
                .jdbc()
                .query(
                        "SELECT * FROM (%s) AS rows WHERE account = ?".formatted(Row.QUERY),
                        (result, i) -> row(result, numbers),
                        account)
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }

    /** One of an id that no client was told counts in the number of codes. */
    private static @Nullable Row row(ResultSet result, Map<String, Integer> numbers) throws SQLException {
        Integer number = numbers.get(result.getString("key"));
        return number == null ? null : Row.ofMessage(result, number);
    }

    @Override
    public void close() throws IOException {
        clients.shutdownNow();
        try (api;
                database) {
            instances.forEach(JavaProcess::close);
        }
    }
}
