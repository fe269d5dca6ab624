package io.github.camelsendtalk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.http.ConnectionSettings;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.ScriptedServer.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More messages than the server takes: what does not go out was not sent, and what goes out has its whole time. */
class OverloadTest extends WireTestSupport {

    private static final Pattern TEXT = Pattern.compile("\"body\":\"([^\"]*)\"");

    /** The texts of the messages that the server accepted, in its order. */
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();

    /** How long the server's connections, all in all, were busy with them, and waited for the next. */
    private final LongAdder busyNanos = new LongAdder();

    private final LongAdder idleNanos = new LongAdder();
    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private final long begin = System.nanoTime();

    @Test
    void r18_aHundredMessagesOverFiveConnectionsToAServerThatTakesATenthOfR18sTimes() throws Exception {
        sendAHundred(10);
    }

    @Test
    @Tag("load")
    void r18_aHundredMessages50MsApartOverFiveConnectionsToAServerThatTakes3s() throws Exception {
        sendAHundred(1);
    }

    /** The times of R18, divided. */
    private void sendAHundred(int divisor) throws Exception {
        Duration bound = Duration.ofSeconds(10).dividedBy(divisor);
        useConnections(5);
        try (ScriptedServer server =
                ScriptedServer.start(taking(Duration.ofSeconds(3).dividedBy(divisor)))) {
            offer(connections.client(server.url(), key, bound, bound), 100, Duration.ofMillis(50 / divisor));

            print("100 messages over 5 connections, times divided by %d".formatted(divisor));
            assertAcceptedIsWhatWasToldSent();
            assertThat(count(Told.SENT)).isGreaterThanOrEqualTo(15);
            assertThat(count(Told.NOT_SENT)).isPositive();
        }
    }

    /** The server can do 100 a second. What it does of that shows in how long its connections are busy. */
    @Test
    void r18_tenTimesWhatTheServerTakesLeavesItAsBusyAsItCanBe() throws Exception {
        int most = 50;
        useConnections(most);
        try (ScriptedServer server = ScriptedServer.start(taking(Duration.ofMillis(500)))) {
            Duration bound = Duration.ofSeconds(2);
            offer(connections.client(server.url(), key, bound, bound), 6_000, Duration.ofMillis(1));

            double goodput = (double) busyNanos.sum() / (busyNanos.sum() + idleNanos.sum());
            print("10 times of what a server takes, goodput %.0f %%".formatted(100 * goodput));
            assertAcceptedIsWhatWasToldSent();
            assertThat(server.connections()).as("connections").isEqualTo(most);
            assertThat(goodput).isGreaterThanOrEqualTo(0.9);
        }
    }

    private void useConnections(int maxConnections) {
        connections.close();
        connections.open(new ConnectionSettings(
                "camel-sendtalk/test", Duration.ofSeconds(10), maxConnections, Duration.ofMinutes(5), null, null));
    }

    private Script taking(Duration time) {
        return connection -> {
            long idleSince = begin;
            while (true) {
                Matcher text = TEXT.matcher(connection.read().text());
                assertThat(text.find()).isTrue();
                long busySince = System.nanoTime();
                idleNanos.add(busySince - idleSince);
                if (connection.clientLeaves(time)) {
                    return;
                }
                accepted.add(text.group(1));
                idleSince = System.nanoTime();
                busyNanos.add(idleSince - busySince);
                connection.write(ACCEPT);
            }
        };
    }

    /** Sends messages at a steady pace and awaits their ends. */
    private void offer(SendTalkClient client, int messages, Duration apart) throws InterruptedException {
        List<CompletionStage<SendResult>> calls = new ArrayList<>();
        AtomicInteger next = new AtomicInteger();
        CountDownLatch offered = new CountDownLatch(messages);
        ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
        try {
            pace.scheduleAtFixedRate(
                    () -> {
                        if (offered.getCount() > 0) {
                            calls.add(send(client, "text " + next.getAndIncrement()));
                            offered.countDown();
                        }
                    },
                    0,
                    apart.toNanos(),
                    TimeUnit.NANOSECONDS);
            offered.await();
        } finally {
            pace.shutdownNow();
        }
        calls.forEach(call -> result(call.handle((result, failure) -> "ended")));
    }

    private CompletionStage<SendResult> send(SendTalkClient client, String text) {
        CompletionStage<SendResult> call = client.send(new SendTalkMessage(PHONE, MessageType.TEXT, text, null, null));
        return call.whenComplete((result, failure) -> told.put(text, told(failure)));
    }

    private long count(Told what) {
        return told.values().stream().filter(what::equals).count();
    }

    private void print(String what) {
        System.out.printf(
                "%s: %d accepted, %d told sent, %d not sent, %d unknown%n",
                what, accepted.size(), count(Told.SENT), count(Told.NOT_SENT), count(Told.UNKNOWN));
    }

    private void assertAcceptedIsWhatWasToldSent() {
        assertThat(count(Told.UNKNOWN)).as("told unknown").isZero();
        assertThat(accepted)
                .containsExactlyInAnyOrderElementsOf(told.keySet().stream()
                        .filter(text -> told.get(text) == Told.SENT)
                        .toList());
    }
}
