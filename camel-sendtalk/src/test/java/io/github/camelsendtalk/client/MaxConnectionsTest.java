package io.github.camelsendtalk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.http.ConnectionSettings;
import io.github.camelsendtalk.support.FullBacklog;
import io.github.camelsendtalk.support.SystemSockets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** maxConnections bounds the sockets, those included that are being opened for calls that have ended meanwhile. */
class MaxConnectionsTest extends WireTestSupport {

    private static final int MOST = 20;
    private static final int ROUNDS = 16;

    @Test
    void r22_aHostThatCannotBeReachedNeverHasMoreSocketsThanMaxConnections() throws Exception {
        SystemSockets.assumeTheyAreListed();
        connections.close();
        connections.open(new ConnectionSettings(
                "camel-sendtalk/test", Duration.ofSeconds(2), MOST, Duration.ofMinutes(5), null, null));
        Queue<CompletionStage<SendResult>> calls = new ConcurrentLinkedQueue<>();
        CountDownLatch rounds = new CountDownLatch(ROUNDS);
        AtomicInteger most = new AtomicInteger();
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        try (FullBacklog hole = new FullBacklog()) {
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
                    () -> most.accumulateAndGet(
                            SystemSockets.timersOfConnectionsTo(hole.url().getPort(), SystemSockets.SYN_SENT)
                                    .size(),
                            Math::max),
                    0,
                    2,
                    TimeUnit.MILLISECONDS);
            rounds.await();

            assertThat(calls).hasSize(MOST * ROUNDS);
            calls.forEach(call -> assertNotSent(failure(call)));
            assertThat(most).hasValue(MOST);
        } finally {
            timer.shutdownNow();
        }
    }
}
