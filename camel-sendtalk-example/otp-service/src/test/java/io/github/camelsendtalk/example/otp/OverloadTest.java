package io.github.camelsendtalk.example.otp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsendtalk.example.otp.RunningService.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** More is asked of an instance than it can do, or of the database. */
class OverloadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PHONE = "0812-9000-%04d";
    private static final AtomicInteger NUMBERS = new AtomicInteger(1000);

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void requestsThatTheDatabaseHoldsUpLeaveConnectionsToTheOutbox() {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();

        whileNobodyWritesCodes(() -> {
            answers.addAll(ask(service, 30));
            service.awaitFigure("executor_queued_tasks", Map.of(), 20);
            await().atMost(PATIENCE).until(() -> service.figure("hikaricp_connections_active", Map.of()) >= 10);
            assertThat(service.figure("hikaricp_connections_pending", Map.of())).isZero();
            assertThat(answers).noneMatch(CompletableFuture::isDone);
        });

        assertThat(answers.stream().map(CompletableFuture::join))
                .extracting(Answer::status)
                .containsOnly(202);
    }

    @Test
    void whatHasWaitedTooLongIsRefusedAndDoesNothing() {
        UUID id = service.ask(PHONE.formatted(0)).id();
        String code = service.codeSentTo("6281290000000");
        List<CompletableFuture<Answer>> answers = new ArrayList<>();

        try (RunningService impatient = service.another("otp.patience=4s")) {
            assertThat(impatient.show(id).text("state")).isEqualTo("open");
            long before = codes();
            whileNobodyWritesCodes(() -> {
                answers.addAll(ask(impatient, 20));
                impatient.awaitFigure("executor_queued_tasks", Map.of(), 10);
                answers.add(impatient.postAsync("/codes/" + id + "/check", Map.of("code", code)));
                long from = System.nanoTime();
                await().atMost(PATIENCE).until(() -> System.nanoTime() - from > 4_500_000_000L);
            });

            assertThat(answers.stream().map(CompletableFuture::join))
                    .extracting(answer -> answer.status() + answer.text("type"))
                    .haveExactly(10, new Condition<>("202"::equals, "a code"))
                    .haveExactly(11, new Condition<>("503urn:otp:unavailable"::equals, "a refusal"));
            assertThat(codes()).isEqualTo(before + 10);
            assertThat(service.show(id).text("state")).isEqualTo("open");
        }
    }

    private static void whileNobodyWritesCodes(Runnable steps) {
        new TransactionTemplate(new JdbcTransactionManager(service.jdbc().getDataSource()))
                .executeWithoutResult(status -> {
                    service.jdbc().execute("LOCK TABLE code IN SHARE MODE");
                    steps.run();
                });
    }

    private static List<CompletableFuture<Answer>> ask(RunningService asked, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> PHONE.formatted(NUMBERS.incrementAndGet()))
                .map(phone -> asked.postAsync("/codes", Map.of("phone", phone, "purpose", "login", "language", "id")))
                .toList();
    }

    private static long codes() {
        return service.jdbc().queryForObject("SELECT count(*) FROM code", Long.class);
    }

    @Test
    void whoSendsARequestSlowlyHoldsUpNobody() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                slow.add(beginToGuess());
            }

            assertThat(service.show(UUID.randomUUID()).status()).isEqualTo(404);

            for (Socket socket : slow) {
                assertThat(socket.getInputStream().available())
                        .as("answered before")
                        .isZero();
            }
            slow.get(0).getOutputStream().write("ode\": \"12345\"}".getBytes(UTF_8));
            assertThat(answer(slow.get(0))).startsWith("HTTP/1.1 400").contains("urn:otp:invalid-code");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void whoEndsInTheMiddleOfARequestIsRefused() throws IOException {
        try (Socket socket = beginToGuess()) {
            socket.shutdownOutput();

            assertThat(answer(socket)).startsWith("HTTP/1.1 400");
        }
    }

    /** Sends the first 3 bytes of a guess of 17. */
    private static Socket beginToGuess() throws IOException {
        URI uri = URI.create(service.url("/codes/" + UUID.randomUUID() + "/check"));
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream()
                .write("""
                POST %s HTTP/1.1\r
                Host: %s\r
                Content-Type: application/json\r
                Content-Length: 17\r
                Connection: close\r
                \r
                {"c""".formatted(uri.getPath(), uri.getAuthority()).getBytes(UTF_8));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
}
