package io.github.camelsendtalk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsendtalk.SendTalkComponent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many at a time, and many in all; {@code mvn -P load -pl verification/benchmark -am verify}. */
@Tag("load")
@Timeout(600)
class ScaleTest {

    private static final int IN_FLIGHT = 10_000;
    private static final int ROUNDS = 5;
    private static final int ROUND = 200_000;
    private static final int AT_ONCE = 100;
    private static final long TOLERANCE = 2 * 1024 * 1024;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private Fork server;
    private AsyncProducer route;

    @BeforeEach
    void start() throws Exception {
        server = new Fork(AnswerServer.class, List.of());
        SendTalkComponent component = context.getComponent("sendtalk", SendTalkComponent.class);
        component.getConfiguration().setApiKey(Contender.API_KEY);
        component.setBaseUrl("http://127.0.0.1:" + server.read());
        component.setMaxConnections(IN_FLIGHT);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:send").toD("sendtalk:send?requestTimeout=60s&phone=${header.to}");
            }
        });
        context.start();
        route = context.getEndpoint("direct:send").createAsyncProducer();
        route.start();
    }

    @AfterEach
    void stop() throws IOException {
        context.stop();
        server.close();
    }

    private void send(long number, Semaphore free) throws InterruptedException {
        free.acquire();
        Exchange exchange = context.getEndpoint("direct:send").createExchange();
        exchange.getMessage().setBody("Your order is on its way.");
        exchange.getMessage().setHeader("to", Long.toString(62_811_0000_0000L + number));
        route.process(exchange, sync -> {
            failure.compareAndSet(null, exchange.getException());
            free.release();
        });
    }

    private void send(int from, int to, Semaphore free) throws InterruptedException {
        for (int i = from; i < to; i++) {
            send(i, free);
        }
    }

    private static long heap() {
        MEMORY.gc();
        MEMORY.gc();
        return MEMORY.getHeapMemoryUsage().getUsed();
    }

    @Test
    void tenThousandSendsInFlightNeedFewThreads() throws Exception {
        Semaphore free = new Semaphore(IN_FLIGHT);
        server.ask("2000");
        send(0, IN_FLIGHT, free);
        await().atMost(Duration.ofMinutes(2)).until(() -> free.availablePermits() == IN_FLIGHT);
        await().atMost(Duration.ofMinutes(1)).until(ScaleTest::poolsAreIdle);
        int idle = THREADS.getThreadCount();
        long heapWithConnections = heap();

        THREADS.resetPeakThreadCount();
        send(0, IN_FLIGHT, free);
        int waiting = IN_FLIGHT - free.availablePermits();
        long heapInFlight = heap();
        int stillWaiting = IN_FLIGHT - free.availablePermits();
        await().atMost(Duration.ofMinutes(2)).until(() -> free.availablePermits() == IN_FLIGHT);
        int most = THREADS.getPeakThreadCount() - idle;

        System.out.printf(
                "%,d sends in flight: %d threads more than idle, %,d bytes of heap for each%n",
                waiting, most, (heapInFlight - heapWithConnections) / IN_FLIGHT);
        assertThat(failure.get()).isNull();
        assertThat(stillWaiting).isEqualTo(IN_FLIGHT);
        assertThat(most).isLessThanOrEqualTo(16);
    }

    /** Their threads end when there is nothing to do for ten seconds. */
    private static boolean poolsAreIdle() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().matches(".*(SendTalkWorker|sendtalk-connect).*"));
    }

    @Test
    void aMillionDynamicRecipientsNeedOneEndpoint() throws Exception {
        Semaphore free = new Semaphore(AT_ONCE);
        long first = 0;
        long last = 0;
        int endpoints = 0;
        for (int round = 0; round < ROUNDS; round++) {
            send(round * ROUND, (round + 1) * ROUND, free);
            free.acquire(AT_ONCE);
            free.release(AT_ONCE);
            last = heap();
            first = round == 0 ? last : first;
            endpoints = (int) context.getEndpoints().stream()
                    .filter(endpoint -> endpoint.getEndpointUri().startsWith("sendtalk:"))
                    .count();
            System.out.printf(
                    "%,9d recipients: %,d KiB of heap, %d endpoint%n", (round + 1) * ROUND, last / 1024, endpoints);
        }

        assertThat(failure.get()).isNull();
        assertThat(endpoints).isEqualTo(1);
        assertThat(last).isLessThan(first + TOLERANCE);
    }
}
