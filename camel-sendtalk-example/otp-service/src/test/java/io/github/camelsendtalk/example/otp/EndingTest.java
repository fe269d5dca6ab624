package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsendtalk.example.otp.RunningService.Answer;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How an instance ends while it has much to do, beside another one. */
class EndingTest {

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start("otp.second-channel-after=60s");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void anInstanceThatEndsAnswersWhatIsInAndLosesNothing() throws Exception {
        RunningService ending = service.another();
        Queue<UUID> accepted = new ConcurrentLinkedQueue<>();
        // under way for three seconds
        IntStream.range(0, 60)
                .forEach(n ->
                        accepted.add(ending.ask("0812-32%02d-0040".formatted(n)).id()));
        CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> askUntilNobodyIsLetIn(ending, accepted));
        await().until(() -> accepted.size() > 70);

        ending.close();

        asking.get();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> service.jdbc()
                        .queryForList(
                                "SELECT FROM message WHERE state IN ('QUEUED', 'SENDING') AND account = 'sandbox'")
                        .isEmpty());
        assertThat(accepted)
                .allSatisfy(id -> assertThat(service.messageOf(id, "state")).isEqualTo("SENT"));
        assertThat(service.sandbox().messages())
                .extracting(SandboxMessage::phone)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(accepted.size());
    }

    private static void askUntilNobodyIsLetIn(RunningService ending, Queue<UUID> accepted) {
        for (int n = 0; ; n++) {
            Answer answer;
            try {
                answer = ending.ask("0812-33%02d-1%03d".formatted(n / 900, n % 900 + 100));
            } catch (UncheckedIOException e) {
                return;
            }
            assertThat(answer.status()).isEqualTo(202);
            accepted.add(answer.id());
        }
    }
}
