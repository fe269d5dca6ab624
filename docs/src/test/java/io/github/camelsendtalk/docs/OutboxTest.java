package io.github.camelsendtalk.docs;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.common.Metadata.metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileConsumer;
import org.apache.camel.main.Main;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The route that README and the small projects have sends each file once, whatever happens to its folder and its process. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class OutboxTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OK = "6281212345678";
    private static final String NEVER_ANSWERED = "6281200000041";
    private static final String SEND = "/api/v1/message/send_whatsapp";
    private static final String README = "file:"
            + Document.ROOT.resolve("camel-sendtalk-example/three-lines/src/main/resources/camel/outbox.camel.yaml");
    private static final String MANY_AT_A_TIME = "classpath:examples/outbox.yaml";

    @RegisterExtension
    final SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    @TempDir
    Path outbox;

    private final List<Main> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Main::stop);
    }

    @ParameterizedTest(name = "R28: what is sent to {0} ends in {1}")
    @CsvSource({OK + ",.sent", "6281200000010,.failed", "6281200000043,.unknown"})
    void theFolderSaysWhatBecameOfAFile(String phone, String folder) throws Exception {
        start(README, phone);

        put("same.txt", "One");
        await().atMost(PATIENCE).until(() -> textsIn(folder), List.of("One")::equals);
        put("same.txt", "Two");
        await().atMost(PATIENCE).until(() -> textsIn(folder), List.of("One", "Two")::equals);

        assertThat(files("")).isEmpty();
        assertThat(files(".sending")).isEmpty();
    }

    @ParameterizedTest(name = "R28: a file is sent once where {0} is not a folder")
    @ValueSource(strings = {".camel", ".sent"})
    void aFileThatCantBeMovedAfterTheSendIsSentOnce(String blocked) throws Exception {
        Files.writeString(outbox.resolve(blocked), "in the way");
        CamelContext context = start(README, OK).getCamelContext();

        // each when Camel is done with those before it, and would take them again
        for (String text : List.of("One", "Two", "Three")) {
            put(text + ".txt", text);
            await().atMost(PATIENCE)
                    .until(() -> texts().contains(text)
                            && context.getInflightRepository().size() == 0);
        }

        assertThat(texts()).containsExactly("One", "Two", "Three");
    }

    @Test
    @DisplayName("R28: a file that can't be taken away before the send is sent when it can, and once")
    void aFileThatCantBeTakenAwayIsNotSent() throws Exception {
        Path inTheWay = Files.writeString(outbox.resolve(".sending"), "in the way");
        Main main = start(README, OK);
        AtomicInteger refusals = refusals(main);

        put("one.txt", "One");
        await().atMost(PATIENCE).until(() -> refusals.get() > 1);
        assertThat(texts()).isEmpty();
        assertThat(files("")).containsExactly("one.txt");
        Files.delete(inTheWay);

        await().atMost(PATIENCE).until(() -> textsIn(".sent"), List.of("One")::equals);
        assertThat(texts()).containsExactly("One");
    }

    @Test
    @DisplayName("R28: a file that was on its way when the process was killed is not sent again")
    void aFileThatWasOnItsWayIsLeftToAPerson() throws Exception {
        put("one.txt", "One");
        Process killed = RecipeMain.start(README, settings(NEVER_ANSWERED));
        try {
            sandbox.await(1, PATIENCE);
        } finally {
            killed.destroyForcibly().waitFor();
        }

        start(README, OK);
        put("two.txt", "Two");
        await().atMost(PATIENCE).until(() -> textsIn(".sent"), List.of("Two")::equals);

        assertThat(texts()).containsExactly("One", "Two");
        assertThat(textsIn(".sending")).containsExactly("One");
    }

    @Test
    @DisplayName("R29: a file that is still being written is sent when it is whole")
    void aFileIsSentWhole() throws Exception {
        start(README, OK);
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        try {
            Path file = outbox.resolve("long.txt");
            Files.writeString(file, "The beginning, ");
            writer.schedule(
                    () -> Files.writeString(file, "the middle ", StandardOpenOption.APPEND),
                    500,
                    TimeUnit.MILLISECONDS);
            writer.schedule(
                    () -> Files.writeString(file, "and the end", StandardOpenOption.APPEND), 3, TimeUnit.SECONDS);

            sandbox.await(1, PATIENCE);
        } finally {
            writer.shutdown();
        }

        assertThat(texts()).containsExactly("The beginning, the middle and the end");
    }

    @Test
    @DisplayName("R29: a file whose name begins with a dot is left alone until it is renamed")
    void aFileIsTakenWhenItIsRenamed() throws Exception {
        start(README, OK);
        Path hidden = Files.writeString(outbox.resolve(".a.txt"), "Hidden");
        Files.setLastModifiedTime(hidden, FileTime.from(Instant.EPOCH));
        put("b.txt", "Seen");
        sandbox.await(1, PATIENCE);
        assertThat(texts()).containsExactly("Seen");

        Files.move(hidden, outbox.resolve("a.txt"));

        sandbox.await(2, PATIENCE);
        assertThat(texts()).containsExactly("Seen", "Hidden");
    }

    @ParameterizedTest(name = "the route of {0} is the same")
    @ValueSource(strings = {"spring-boot/src/main/resources/camel", "quarkus/src/main/resources/camel", "cli"})
    void allProjectsHaveTheSameRoute(String folder) throws Exception {
        Path route =
                Document.ROOT.resolve("camel-sendtalk-example").resolve(folder).resolve("outbox.camel.yaml");
        String ofReadme = Files.readString(Path.of(README.substring("file:".length())));

        assertThat(route)
                .content()
                .isEqualTo(folder.equals("cli") ? ofReadme.replace("{{outbox}}", "outbox") : ofReadme);
    }

    @Test
    @DisplayName("R19: of 20 files, one at a time is sent")
    void oneFileAtATimeIsSent() throws Exception {
        answerAfter(100);
        put(20);

        start(README, OK);

        allAreSentOnce(20, 1, 100);
    }

    @Test
    @DisplayName("R19: 300 files at once, never more than 100 in flight, as the route says")
    void neverMoreInFlightThanTheRouteSays() throws Exception {
        answerAfter(500);
        put(300);

        start(MANY_AT_A_TIME, OK);

        allAreSentOnce(300, 100, 500);
    }

    @Test
    @Tag("load")
    @DisplayName("R19: 1,500 files at once, answers after 3 s, never more than 100 in flight")
    void fifteenHundredFiles() throws Exception {
        answerAfter(3_000);
        put(1_500);

        start(MANY_AT_A_TIME, OK);

        allAreSentOnce(1_500, 100, 3_000);
    }

    private void allAreSentOnce(int count, int inFlight, int delay) {
        await().atMost(PATIENCE.multipliedBy(2)).until(() -> files(".sent").size() == count);
        assertThat(texts()).hasSize(count).doesNotHaveDuplicates();
        List<Long> times = sandbox.wireMock().findAll(postRequestedFor(urlPathEqualTo(SEND))).stream()
                .map(LoggedRequest::getLoggedDate)
                .map(Date::getTime)
                .sorted()
                .toList();
        for (int i = inFlight; i < count; i++) {
            assertThat(times.get(i) - times.get(i - inFlight))
                    .as("ms from request %d to request %d", i - inFlight, i)
                    .isGreaterThanOrEqualTo(delay);
        }
    }

    /** Lets the sandbox accept every message, and say so after some time. */
    private void answerAfter(int millis) {
        sandbox.wireMock()
                .stubFor(post(SEND)
                        .withMetadata(metadata().attr("accepts", true))
                        .willReturn(okJson("""
                                {"status": 200, "error": {"code": "", "message": "", "field": ""},
                                 "data": {"success": true, "message": "", "reason": "", "id": "id-1"}}""").withFixedDelay(millis)));
    }

    /** Counts how often the route could not begin with a file. */
    private static AtomicInteger refusals(Main main) {
        AtomicInteger refusals = new AtomicInteger();
        FileConsumer consumer =
                (FileConsumer) main.getCamelContext().getRoutes().get(0).getConsumer();
        ExceptionHandler log = consumer.getExceptionHandler();
        consumer.setExceptionHandler(new ExceptionHandler() {
            @Override
            public void handleException(Throwable exception) {
                log.handleException(exception);
            }

            @Override
            public void handleException(String message, Throwable exception) {
                log.handleException(message, exception);
            }

            @Override
            public void handleException(String message, @Nullable Exchange exchange, Throwable exception) {
                refusals.incrementAndGet();
                log.handleException(message, exchange, exception);
            }
        });
        return refusals;
    }

    private Main start(String route, String phone) {
        Main main = RecipeMain.of(route, settings(phone));
        started.add(main);
        main.start();
        return main;
    }

    private Map<String, String> settings(String phone) {
        return Map.of(
                "camel.component.sendtalk.api-key",
                "key-of-the-outbox",
                "camel.component.sendtalk.base-url",
                sandbox.baseUrl(),
                "camel.component.sendtalk.phone-region",
                "ID",
                "outbox",
                outbox.toString(),
                "phone",
                phone);
    }

    private void put(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            put(i + ".txt", "File " + i);
        }
    }

    /** Puts a file there as one that was written a while ago. */
    private void put(String name, String text) throws IOException {
        Path file = Files.writeString(outbox.resolve("." + name), text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        Files.move(file, outbox.resolve(name));
    }

    private List<String> texts() {
        return sandbox.messages().stream().map(SandboxMessage::body).toList();
    }

    private List<String> textsIn(String folder) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String file : files(folder)) {
            texts.add(Files.readString(outbox.resolve(folder).resolve(file)));
        }
        return texts;
    }

    /** The names of the files that are not hidden, in their order. */
    private List<String> files(String folder) throws IOException {
        Path path = outbox.resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
