package io.github.camelsendtalk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.sandbox.SandboxMain;
import io.github.camelsendtalk.support.Browser;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The sandbox and its page with more messages than it keeps; {@code mvn -P load -pl docs -am verify}. */
@Tag("load")
@EnabledIf(
        value = "io.github.camelsendtalk.support.Browser#isInstalled",
        disabledReason = "Chromium is not there: apt-get install chromium chromium-driver")
class InboxLoadTest {

    private static final int KEPT = 100_000;
    private static final int AT_ONCE = 50;
    private static final String BUSY = "6281211000101";
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private final HttpClient http = HttpClient.newHttpClient();
    private Process sandbox;
    private String baseUrl;

    @BeforeEach
    void startSandbox() throws IOException {
        sandbox = new ProcessBuilder(
                        jdk("java"),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SandboxMain.class.getName(),
                        "--port",
                        "0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines = sandbox.inputReader(StandardCharsets.UTF_8);
        baseUrl = lines.readLine().replaceAll("Inbox: (.*)/", "$1");
    }

    @AfterEach
    void endSandbox() throws InterruptedException {
        sandbox.destroy();
        sandbox.waitFor();
    }

    @Test
    void twoHundredThousandMessagesLeaveMemoryFlatAndThePageQuick() throws Exception {
        report("empty: %d KiB of heap in use", heapInUse());
        send(KEPT);
        long full = heapInUse();
        report("%,d messages kept: %d KiB of heap in use", KEPT, full);

        send(KEPT);
        long later = heapInUse();
        report("%,d messages later: %d KiB of heap in use", KEPT, later);
        assertThat(later).isLessThan(full + full / 10);

        try (Browser browser = new Browser(1200, 720)) {
            browser.open(baseUrl);
            browser.await("#forgotten", "The sandbox keeps the newest 100,000; 100,000 older ones are gone.");
            browser.await("[data-phone='" + BUSY + "']", "").click();
            browser.await("[data-id]", "Pesan nomor " + (KEPT - 1));

            long start = System.nanoTime();
            post(BUSY, "A message among many").join();
            browser.awaitTrue("document.querySelector('#messages').textContent.includes('A message among many')");
            Duration shown = Duration.ofNanos(System.nanoTime() - start);
            report(
                    "a new message is on the page after %d ms, of which up to 1,000 are the pause between two polls",
                    shown.toMillis());
            assertThat(shown).isLessThan(Duration.ofSeconds(3));
        }
        report("conversations: %d ms", durationOf("/_sandbox/conversations"));
        report("search: %d ms", durationOf("/_sandbox/conversations?search=nomor%2099"));
        report("one conversation: %d ms", durationOf("/_sandbox/messages?phone=" + BUSY));
    }

    private void send(int count) throws InterruptedException {
        Semaphore free = new Semaphore(AT_ONCE);
        Queue<Object> failures = new ConcurrentLinkedQueue<>();
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            free.acquire();
            post(i % 2 == 0 ? "6281" + (100_000 + i) + "555" : BUSY, "Pesan nomor " + i)
                    .whenComplete((answer, failure) -> {
                        if (failure != null) {
                            failures.add(failure);
                        } else if (answer.statusCode() != 200) {
                            failures.add(answer.statusCode());
                        }
                        free.release();
                    });
        }
        free.acquire(AT_ONCE);
        report(
                "%,d messages sent in %d s",
                count, Duration.ofNanos(System.nanoTime() - start).toSeconds());
        assertThat(failures).isEmpty();
    }

    private CompletableFuture<HttpResponse<String>> post(String phone, String body) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create(baseUrl + "/api/v1/message/send_whatsapp"))
                        .header("API-Key", "any")
                        .POST(BodyPublishers.ofString("{\"phone\": \"%s\", \"messageType\": \"text\", \"body\": \"%s\"}"
                                .formatted(phone, body)))
                        .build(),
                BodyHandlers.ofString());
    }

    private long durationOf(String path) throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(URI.create(baseUrl + path)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    /** In KiB, after a garbage collection. */
    private long heapInUse() throws IOException {
        jcmd("GC.run");
        Matcher used = USED.matcher(jcmd("GC.heap_info"));
        assertThat(used.find()).isTrue();
        return Long.parseLong(used.group(1));
    }

    private String jcmd(String command) throws IOException {
        Process jcmd = new ProcessBuilder(jdk("jcmd"), String.valueOf(sandbox.pid()), command).start();
        return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String jdk(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    private static void report(String line, Object... figures) {
        System.out.printf(line + "%n", figures);
    }
}
