package io.github.camelsendtalk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** maxConnections bounds the sockets, those included that are being opened for calls that have ended meanwhile. */
class SocketBoundTest extends WireTestSupport {

    private static final int MOST = 20;
    private static final int ROUNDS = 16;
    private static final String SYN_SENT = "02";

    /** The system's lists of sockets; Java's are in the second. */
    private static final List<Path> SOCKETS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    @Test
    void r22_aHostThatCannotBeReachedNeverHasMoreSocketsThanMaxConnections() throws Exception {
        assumeTrue(SOCKETS.stream().allMatch(Files::isReadable));
        connections.close();
        connections.open(new ConnectionSettings(
                "camel-sendtalk/test", Duration.ofSeconds(2), MOST, Duration.ofMinutes(5), null, null));
        Queue<CompletionStage<SendResult>> calls = new ConcurrentLinkedQueue<>();
        CountDownLatch rounds = new CountDownLatch(ROUNDS);
        AtomicInteger most = new AtomicInteger();
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        try (BlackHole hole = new BlackHole()) {
            SendTalkClient client = connections.client(hole.url(), key, SHORT, LONG);
            timer.scheduleAtFixedRate(
                    () -> {
                        for (int i = 0; i < MOST && rounds.getCount() > 0; i++) {
                            calls.add(client.send(MESSAGE));
                        }
                        rounds.countDown();
                    },
                    0,
                    250,
                    TimeUnit.MILLISECONDS);
            timer.scheduleAtFixedRate(
                    () -> most.accumulateAndGet(socketsBeingOpenedTo(hole), Math::max), 0, 2, TimeUnit.MILLISECONDS);
            rounds.await();

            assertThat(calls).hasSize(MOST * ROUNDS);
            calls.forEach(call -> assertNotSent(failure(call)));
            assertThat(most).hasValue(MOST);
        } finally {
            timer.shutdownNow();
        }
    }

    private static int socketsBeingOpenedTo(BlackHole hole) {
        String port = ":%04X".formatted(hole.url().getPort());
        return (int) SOCKETS.stream()
                .flatMap(SocketBoundTest::lines)
                .map(line -> line.strip().split(" +"))
                .filter(fields -> fields[2].endsWith(port) && fields[3].equals(SYN_SENT))
                .count();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
