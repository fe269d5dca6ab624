package io.github.camelsendtalk.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.SendTalkTransportException;
import io.github.camelsendtalk.support.AsyncSend;
import io.github.camelsendtalk.support.Await;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.spi.TransactedPolicy;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The steps of Camel's that calls are made from, many at a time; hard cases 33, 34, 37 and 38. */
@Timeout(60)
class RouteStepsTest extends SendTalkTestSupport {

    private static final int MANY = 500;

    @AutoClose
    private final ScriptedServer server = ScriptedServer.startAccepting();

    @AutoClose("shutdownNow")
    private final ExecutorService oneWorker = Executors.newSingleThreadExecutor();

    /** What each exchange was told, by what it said. */
    private final Map<String, Object> told = new ConcurrentHashMap<>();

    private final Queue<String> threads = new ConcurrentLinkedQueue<>();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        HealthCheckHelper.getHealthCheckRepository(context, "producers", HealthCheckRepository.class)
                .setEnabled(true);
        return context;
    }

    @Test
    void case33_tenThousandDynamicRecipientsUseOneEndpointAndFewConnections() throws Exception {
        AsyncProcessor route = producer("direct:dynamic");
        sendToMany(route, 0);
        int endpoints = context.getEndpoints().size();
        int healthChecks = healthChecks();
        Set<Thread> threads = keptThreads();

        for (int i = MANY; i < 10_000; i += MANY) {
            sendToMany(route, i);
        }

        assertThat(context.getEndpoints()).hasSize(endpoints);
        assertThat(healthChecks()).as("health checks").isEqualTo(healthChecks);
        assertThat(keptThreads()).isNotEmpty().isSubsetOf(threads);
        assertThat(server.received()).doesNotHaveDuplicates().hasSize(10_000);
        assertThat(server.connections()).isLessThanOrEqualTo(100);
    }

    private void sendToMany(AsyncProcessor route, int from) throws Exception {
        List<AsyncSend> calls = new ArrayList<>();
        for (int i = from; i < from + MANY; i++) {
            calls.add(new AsyncSend(context, route, String.valueOf(628120000000L + i)));
        }
        for (AsyncSend call : calls) {
            assertThat(call.ended().getException()).isNull();
        }
    }

    /** There is one for each key and URL that a producer uses. */
    private int healthChecks() {
        return (int)
                HealthCheckHelper.getHealthCheckRepository(context, "producers", HealthCheckRepository.class).stream()
                        .count();
    }

    @Test
    void case34_noAnswerCrossesAmong500Exchanges() throws Exception {
        AsyncProcessor route = producer("direct:send");
        server.hold();
        List<AsyncSend> calls = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            calls.add(new AsyncSend(context, route, "text-" + i));
        }
        server.awaitReceived(100);
        server.release();

        for (int i = 0; i < MANY; i++) {
            Exchange ended = calls.get(i).ended();
            assertThat(ended.getException()).isNull();
            assertThat(ended.getMessage().getBody()).isEqualTo("id-text-" + i);
            assertThat(calls.get(i).done).hasValue(1);
        }
        assertThat(server.received()).doesNotHaveDuplicates().hasSize(MANY);
    }

    @Test
    void case37_eachPartOfAParallelSplitGetsItsOwnAnswer() {
        List<String> texts = IntStream.range(0, MANY).mapToObj(i -> "text-" + i).toList();

        Exchange exchange = call("direct:split", texts);

        assertThat(exchange.getException()).isNull();
        assertThat(told).hasSize(MANY).allSatisfy((text, id) -> assertThat(id).isEqualTo("id-" + text));
        assertThat(server.received()).containsExactlyInAnyOrderElementsOf(texts);
    }

    @Test
    void case37_eachBranchOfAParallelMulticastGetsItsOwnAnswer() {
        Exchange exchange = call("direct:multicast", "Halo");

        assertThat(exchange.getException()).isNull();
        assertThat(told).containsOnly(Map.entry("Halo-a", "id-Halo-a"), Map.entry("Halo-b", "id-Halo-b"));
        assertThat(server.received()).containsExactlyInAnyOrder("Halo-a", "Halo-b");
    }

    @Test
    void case37_aWireTapThatWaitsHoldsNobodyUpAndEndsOnce() {
        server.hold();

        Exchange exchange = call("direct:tap", "Halo");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("Halo");
        server.awaitReceived(1);
        assertThat(told).isEmpty();
        server.release();
        Await.until(() -> !told.isEmpty());
        assertThat(told).containsOnly(Map.entry("Halo", "id-Halo"));
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void case37_afterThreadsTheRouteGoesOnOnAnotherThreadThatCamelManages() {
        Exchange exchange = call("direct:threads", "Halo");

        assertThat(exchange.getMessage().getBody()).isEqualTo("id-Halo");
        assertThat(threads.poll()).contains("own-threads");
        assertThat(threads.poll()).startsWith("Camel (").doesNotContain("own-threads");
    }

    @Test
    void case37_aTransactedRouteStaysOnItsThread() {
        Exchange exchange = call("direct:transacted", "Halo");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("id-Halo");
        assertThat(threads).hasSize(2).containsOnly(Thread.currentThread().getName());
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void case37_aFailureInATransactedRouteIsSeenByTheTransactionAndNotRepeated() throws Exception {
        server.close();

        Exchange exchange = call("direct:transacted", "Halo");

        assertThat(failure(exchange, SendTalkTransportException.class).isOutcomeUnknown())
                .isFalse();
        assertThat(exchange.getProperty("rolledBack")).isEqualTo(true);
    }

    @Test
    void case38_anInterruptedCallerGoesOnAtOnceAndTheCallEndsByItself() throws Exception {
        server.hold();
        AtomicReference<Exchange> ended = new AtomicReference<>();
        Thread caller = new Thread(() -> ended.set(call("direct:send", "Halo")), "caller");
        caller.start();
        server.awaitReceived(1);

        caller.interrupt();
        caller.join(10_000);

        assertThat(caller.isAlive()).isFalse();
        assertThat(ended.get().getException()).isNotNull().isNotInstanceOf(SendTalkTransportException.class);
        server.release();
        assertThat(call("direct:send", "Halo juga").getMessage().getBody()).isEqualTo("id-Halo juga");
        assertThat(server.received()).containsExactly("Halo", "Halo juga");
    }

    @Test
    void case38_aWorkerThatIsInterruptedInAStepServesTheNextExchange() throws Exception {
        restart(component -> component.setWorkerPool(oneWorker));
        AsyncSend first = new AsyncSend(context, producer("direct:interrupt"), "first");

        AsyncSend second = new AsyncSend(context, producer("direct:send"), "second");

        assertThat(first.ended().getException()).isNull();
        assertThat(second.ended().getMessage().getBody()).isEqualTo("id-second");
    }

    /** What Spring's policy does around a transaction, but for the transaction. */
    private static final class OwnPolicy implements TransactedPolicy {

        @Override
        public void beforeWrap(Route route, NamedNode definition) {}

        @Override
        public Processor wrap(Route route, Processor steps) {
            return exchange -> {
                exchange.getUnitOfWork().beginTransactedBy(this);
                try {
                    steps.process(exchange);
                } finally {
                    exchange.getUnitOfWork().endTransactedBy(this);
                }
                exchange.setProperty("rolledBack", exchange.isFailed());
            };
        }
    }

    private void note(Exchange exchange) {
        threads.add(Thread.currentThread().getName());
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        String to = "sendtalk:send?phone=" + PHONE;
        component(context).setBaseUrl(server.url().toString());
        Processor remember = e ->
                told.put(e.getProperty("text", String.class), e.getMessage().getBody());
        return new RouteBuilder() {
            @Override
            public void configure() {
                bindToRegistry("policy", new OwnPolicy());
                from("direct:dynamic").toD("sendtalk:send?phone=${body}");
                from("direct:send").to(to);
                from("direct:remember").setProperty("text", body()).to(to).process(remember);
                from("direct:split")
                        .split(body())
                        .parallelProcessing()
                        .streaming()
                        .to("direct:remember");
                from("direct:multicast").multicast().parallelProcessing().to("direct:a", "direct:b");
                from("direct:a").setBody(simple("${body}-a")).to("direct:remember");
                from("direct:b").setBody(simple("${body}-b")).to("direct:remember");
                from("direct:tap").wireTap("direct:remember");
                from("direct:threads")
                        .threads(1, 1, "own-threads")
                        .process(RouteStepsTest.this::note)
                        .to(to)
                        .process(RouteStepsTest.this::note);
                from("direct:transacted")
                        .transacted("policy")
                        .process(RouteStepsTest.this::note)
                        .to(to)
                        .process(RouteStepsTest.this::note);
                from("direct:interrupt")
                        .to(to)
                        .process(e -> Thread.currentThread().interrupt());
            }
        };
    }
}
