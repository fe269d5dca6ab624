package io.github.camelsendtalk.leaks;

import static io.github.camelsendtalk.support.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.support.Answers;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.ScriptedServer.Connection;
import io.github.camelsendtalk.support.TestKeys;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Heap and threads after many sends; {@code mvn -P load -pl camel-sendtalk -am verify}. */
@Tag("load")
@Timeout(900)
class NothingGrowsTest {

    private static final int ROUNDS = 5;
    private static final int ROUND = 40_000;
    private static final int AT_ONCE = 300;

    /** What JIT, class loading and the like may take; a leak of 32 bytes a send takes 5 MB in the four rounds after the first. */
    private static final long TOLERANCE = 2 * 1024 * 1024;

    private static final Pattern NUMBER = Pattern.compile("\"phone\":\"\\d+?(\\d{3})\"");

    private final Map<String, LongAdder> ends = new ConcurrentHashMap<>();
    private final Semaphore free = new Semaphore(AT_ONCE);
    private ScriptedServer server;
    private DefaultCamelContext context;

    /** What is in use when nothing is under way. */
    private record Use(long heap, List<String> threads, int endpoints) {}

    @BeforeEach
    void start() throws Exception {
        server = ScriptedServer.start(NothingGrowsTest::answerByNumber);
        context = new DefaultCamelContext();
        SendTalkComponent component = new SendTalkComponent();
        component.getConfiguration().setApiKey(TestKeys.next());
        component.setBaseUrl(server.url().toString());
        context.addComponent("sendtalk", component);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:0").to("sendtalk:send?requestTimeout=3000");
                from("direct:1").toD("sendtalk:send?requestTimeout=3000&phone=${header.to}");
            }
        });
        context.start();
    }

    @AfterEach
    void stop() throws IOException {
        context.stop();
        server.close();
    }

    /** Answers each message as the end of its number says, and keeps nothing. */
    private static void answerByNumber(Connection connection) throws IOException {
        while (true) {
            Matcher number = NUMBER.matcher(connection.readUnrecorded().text());
            assertThat(number.find()).isTrue();
            int end = Integer.parseInt(number.group(1));
            if (end == 123) {
                continue; // never answered
            }
            switch (end % 10) {
                case 5 -> connection.write(json(200, Answers.refused("invalid_recipient")));
                case 6 -> connection.write(json(200, Answers.error(429, "42900", "Busy", "")));
                case 7 -> connection.write(json(500, "<html>failed</html>"));
                case 8 -> connection.reset();
                case 9 -> {
                    connection.write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 30\r\nConnection: close\r\n\r\n{\"status\":200,\"data\":{\"success");
                    return;
                }
                default -> connection.write(json(200, Answers.accepted()));
            }
        }
    }

    @Test
    void heapThreadsAndEndpointsAreTheSameAfterTwoHundredThousandSends() throws Exception {
        Use first = null;
        Use last = null;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            send(round * ROUND);
            long seconds = (System.nanoTime() - begin) / 1_000_000_000;
            last = use();
            first = first == null ? last : first;
            System.out.printf(
                    "%,9d sends, %3d s: %,6d KiB of heap, %d threads, %d endpoints%n",
                    (round + 1) * ROUND,
                    seconds,
                    last.heap() / 1024,
                    last.threads().size(),
                    last.endpoints());
        }
        System.out.println("ended with: " + new TreeMap<>(ends));

        assertThat(ends.values().stream().mapToLong(LongAdder::sum).sum()).isEqualTo((long) ROUNDS * ROUND);
        assertThat(ends.keySet())
                .containsExactlyInAnyOrder(
                        "success",
                        "SendTalkInvalidRecipientException",
                        "SendTalkRateLimitException",
                        "SendTalkServerException",
                        "SendTalkTransportException",
                        "SendTalkTimeoutException",
                        "SendTalkResponseException");
        assertThat(last.heap()).isLessThan(first.heap() + TOLERANCE);
        assertThat(last.threads()).isEqualTo(first.threads());
        assertThat(last.endpoints()).isEqualTo(first.endpoints());
    }

    private void send(int from) throws Exception {
        AsyncProducer[] routes = {producer("direct:0"), producer("direct:1")};
        for (int i = from; i < from + ROUND; i++) {
            free.acquire();
            Exchange exchange = exchange(i);
            routes[i % 2].process(exchange, sync -> ended(exchange));
        }
        free.acquire(AT_ONCE);
        free.release(AT_ONCE);
    }

    private AsyncProducer producer(String uri) throws Exception {
        AsyncProducer producer = context.getEndpoint(uri).createAsyncProducer();
        producer.start();
        return producer;
    }

    private Exchange exchange(int number) {
        Exchange exchange = new DefaultExchange(context);
        String phone = "62812%08d".formatted(number / 2);
        exchange.getMessage().setBody("Pesan nomor " + number);
        exchange.getMessage().setHeader(number % 2 == 0 ? "phone" : "to", phone);
        return exchange;
    }

    private void ended(Exchange exchange) {
        Exception failure = exchange.getException();
        String end = failure == null ? "success" : failure.getClass().getSimpleName();
        ends.computeIfAbsent(end, name -> new LongAdder()).increment();
        free.release();
    }

    /** Measured once the pools have no thread: an idle one ends after ten seconds. */
    private Use use() {
        while (threads().stream().anyMatch(name -> name.matches(".*(SendTalkWorker|sendtalk-connect).*"))) {
            LockSupport.parkNanos(50_000_000);
        }
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return new Use(
                memory.getHeapMemoryUsage().getUsed(),
                threads(),
                context.getEndpoints().size());
    }

    /** The names of all threads but the server's and the JVM's own, to which one is added when somebody looks into it. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getThreadGroup() != null
                        && !thread.getThreadGroup().getName().equals("system"))
                .filter(thread -> !thread.getName().startsWith(ScriptedServer.THREADS))
                .map(Thread::getName)
                .sorted()
                .toList();
    }
}
