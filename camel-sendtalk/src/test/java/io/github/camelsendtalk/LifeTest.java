package io.github.camelsendtalk;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkTimeoutException;
import io.github.camelsendtalk.client.SendTalkTransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each exchange ends once and in time, whatever happens around it. */
@Timeout(60)
class LifeTest extends SendTalkTestSupport {

    private static final String TO = "sendtalk:send?phone=" + PHONE;
    private static final String SILENT = "sendtalk:send?phone=6281212340041";

    private AsyncProcessor producer(String uri) throws Exception {
        Producer producer = context.getEndpoint(uri).createProducer();
        producer.start();
        return (AsyncProcessor) producer;
    }

    static Stream<Arguments> slowOnes() {
        return Stream.of(
                Arguments.of("a refused connection", "http://localhost:1", TO, false),
                Arguments.of("a silent server", sandbox.baseUrl(), SILENT, true),
                Arguments.of("a dripping answer", sandbox.baseUrl() + "/dripping", TO, true));
    }

    @ParameterizedTest(name = "case 10, 15: {0} ends the exchange within the deadline plus a second")
    @MethodSource("slowOnes")
    void theDeadlineHolds(String what, String baseUrl, String uri, boolean unknown) {
        component(context).setBaseUrl(baseUrl);
        stub(post("/dripping" + SEND).willReturn(json(accepted()).withChunkedDribbleDelay(200, 20_000)));
        long begin = System.nanoTime();

        Exchange exchange = call(uri + "&requestTimeout=1000", "Halo");

        SendTalkTransportException failure = failure(exchange, SendTalkTransportException.class);
        assertThat(failure.isOutcomeUnknown()).isEqualTo(unknown);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }

    @ParameterizedTest(name = "done is called once: {0}")
    @CsvSource({
        "accepted, 6281212345678, ",
        "refused, 6281212340001, SendTalkInvalidRecipientException",
        "reset, 6281212340043, SendTalkTransportException",
        "deadline, 6281212340041, SendTalkTimeoutException",
        "invalid, , SendTalkValidationException"
    })
    void doneIsCalledOnce(String what, String phone, String exception) throws Exception {
        Sent sent = new Sent(
                context,
                producer("sendtalk:send?requestTimeout=500" + (phone == null ? "" : "&phone=" + phone)),
                "Halo");

        Exchange exchange = sent.ended();
        context.stop();

        Throwable failure = exchange.getException();
        assertThat(failure == null ? null : failure.getClass().getSimpleName()).isEqualTo(exception);
        assertThat(sent.done).hasValue(1);
    }

    static Stream<Arguments> refusingPools() {
        return Stream.of(
                Arguments.of("broken", brokenPool(), false),
                Arguments.of("full, AbortPolicy", pool(new ThreadPoolExecutor.AbortPolicy()), false),
                Arguments.of("full, CallerRunsPolicy", pool(new ThreadPoolExecutor.CallerRunsPolicy()), false),
                Arguments.of("shut down, AbortPolicy", pool(new ThreadPoolExecutor.AbortPolicy()), true),
                Arguments.of("shut down, CallerRunsPolicy", pool(new ThreadPoolExecutor.CallerRunsPolicy()), true));
    }

    private static ThreadPoolExecutor brokenPool() {
        return new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>()) {
            @Override
            public void execute(Runnable task) {
                if (getTaskCount() > 0) {
                    throw new IllegalStateException("broken");
                }
                super.execute(task);
            }
        };
    }

    private static ThreadPoolExecutor pool(RejectedExecutionHandler policy) {
        return new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), policy);
    }

    @ParameterizedTest(name = "case 38: a worker pool that is {0} leaves no exchange open")
    @MethodSource("refusingPools")
    void aPoolThatRefusesLeavesNoExchangeOpen(String what, ThreadPoolExecutor pool, boolean shutDown) throws Exception {
        restart(pool);
        CountDownLatch release = new CountDownLatch(1);
        try {
            if (shutDown) {
                pool.shutdown();
            } else {
                pool.execute(() -> awaitQuietly(release));
            }
            Sent sent = new Sent(context, producer(TO), "Halo");

            wasAccepted(sent.ended());
            assertThat(sent.done).hasValue(1);
        } finally {
            release.countDown();
            pool.shutdownNow();
        }
    }

    static Stream<Arguments> fullPools() {
        return Stream.of(
                Arguments.of("AbortPolicy", pool(new ThreadPoolExecutor.AbortPolicy())),
                Arguments.of("CallerRunsPolicy", pool(new ThreadPoolExecutor.CallerRunsPolicy())));
    }

    @ParameterizedTest(name = "case 38: a full pool ({0}) and steps that block hold up no deadline")
    @MethodSource("fullPools")
    void aFullPoolHoldsUpNoDeadline(String policy, ThreadPoolExecutor pool) throws Exception {
        restart(pool);
        try {
            pool.execute(() -> awaitQuietly(unblock));
            AsyncProcessor blocked = producer("direct:failsAndIsBlocked");
            for (int i = 0; i < 10; i++) {
                new Sent(context, blocked, "Halo");
            }
            await(() -> blockedSteps.get() == 10);

            Sent sent = new Sent(context, producer(SILENT + "&requestTimeout=500"), "Halo");

            assertThat(sent.ended().getException()).isInstanceOf(SendTalkTimeoutException.class);
        } finally {
            unblock.countDown();
            pool.shutdownNow();
        }
    }

    @Test
    void case30_aStoppedComponentEndsWhatIsInFlight() throws Exception {
        Object pending = call(TO, "Halo").getMessage().getBody();
        AsyncProcessor send = producer(SILENT);
        AsyncProcessor status = producer("sendtalk:status?awaitTimeout=1m&pollInterval=50");
        List<Sent> sends = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sends.add(new Sent(context, send, "Halo " + i));
            sends.add(new Sent(context, status, pending));
        }
        await(() -> requests().size() >= 41);

        component(context).stop();

        for (Sent sent : sends) {
            SendTalkException failure = (SendTalkException) sent.ended().getException();
            assertThat(sent.done).hasValue(1);
            if (failure != null) {
                assertThat(failure.isOutcomeUnknown())
                        .isEqualTo(failure.getOperation().equals("send"));
            }
        }
        assertThat(sends.get(0).exchange.getException()).isInstanceOf(SendTalkTransportException.class);
    }

    @Test
    void case30_aQueuedAnswerIsNotLostWithThePool() throws Exception {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        restart(pool);
        CountDownLatch release = new CountDownLatch(1);
        pool.execute(() -> awaitQuietly(release));
        Sent sent = new Sent(context, producer(TO), "Halo");
        await(() -> !pool.getQueue().isEmpty());
        pool.shutdownNow();

        component(context).stop();

        wasAccepted(sent.ended());
        assertThat(sent.done).hasValue(1);
    }

    @Test
    void case30_aCallAfterTheStopEndsAtOnceAndIsNotSent() throws Exception {
        AsyncProcessor producer = producer(TO);
        component(context).stop();

        Sent sent = new Sent(context, producer, "Halo");

        assertThat(sent.ended().getException()).isNotNull();
        assertThat(sent.done).hasValue(1);
        noRequestWasMade();
    }

    @Test
    void case31_aRestartedComponentServesItsRoutesAgain() {
        wasAccepted(call("direct:start", "Halo"));
        component(context).stop();
        component(context).start();

        wasAccepted(call("direct:start", "Halo"));
    }

    @Test
    void case31_aRestartedRouteServesAgain() throws Exception {
        context.getRouteController().stopRoute("start");
        context.getRouteController().startRoute("start");

        wasAccepted(call("direct:start", "Halo"));
    }

    /** Camel forgets components that were set up by hand when a context stops, so the options stand in the URI. */
    @Test
    void case31_aRestartedContextServesAgain() {
        context.getRouteDefinitions().clear();
        String uri = TO + "&apiKey=" + key;
        context.stop();
        context.start();
        component(context).setBaseUrl(sandbox.baseUrl());

        wasAccepted(context.createProducerTemplate().requestBody(uri, "Halo"));
    }

    @Test
    void case35_aBlockedStepAfterTheCallOnFiftyExchangesHoldsUpNoOtherCall() throws Exception {
        List<CompletableFuture<Object>> blocked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            blocked.add(template.asyncRequestBody("direct:blocked", "Halo"));
        }
        await(() -> blockedSteps.get() >= 50);

        wasAccepted(template.asyncRequestBody("direct:start", "Halo").get(10, TimeUnit.SECONDS));

        unblock.countDown();
        for (CompletableFuture<Object> one : blocked) {
            wasAccepted(one.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void case36_aStepThatThrowsAfterTheCallFailsTheExchangeOnce() {
        AtomicInteger completions = new AtomicInteger();
        Exchange exchange = call("direct:throws", e -> {
            e.getMessage().setBody("Halo");
            e.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    completions.incrementAndGet();
                }
            });
        });

        assertThat(exchange.getException()).hasMessage("after the call");
        assertThat(completions).hasValue(1);
        assertThat(requests()).hasSize(1);
    }

    @Test
    void case36_aCallbackThatThrowsIsNotCalledAgainAndHoldsUpNoOtherCall() throws Exception {
        restart(oneWorker);
        AsyncProcessor producer = producer(TO);
        AtomicInteger called = new AtomicInteger();
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody("Halo");
        producer.process(exchange, sync -> {
            called.incrementAndGet();
            throw new IllegalStateException("in the callback");
        });
        await(() -> called.get() > 0);

        wasAccepted(new Sent(context, producer, "Halo juga").ended());
        component(context).stop();

        assertThat(called).hasValue(1);
    }

    @Test
    void aThousandSendsInFlightNeedNoThreadEach() throws Exception {
        try (SlowServer server = new SlowServer(Duration.ofSeconds(1))) {
            component(context).stop();
            component(context).setMaxConnections(1_000);
            component(context).setBaseUrl(server.url());
            component(context).start();
            AsyncProcessor producer = producer(TO);
            new Sent(context, producer, "Halo").ended();
            int idle = server.otherThreads();
            server.await(1_001);

            List<Sent> sends = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                sends.add(new Sent(context, producer, "Halo " + i));
            }
            await(() -> server.mostInFlight() == 1_000);
            int waiting = server.otherThreads();
            server.await(1_000);

            for (Sent sent : sends) {
                assertThat(sent.ended().getException()).isNull();
                assertThat(sent.done).hasValue(1);
            }
            assertThat(waiting - idle).isLessThanOrEqualTo(16);
        }
    }

    @AutoClose("shutdownNow")
    private final ExecutorService oneWorker = Executors.newSingleThreadExecutor();

    private final CountDownLatch unblock = new CountDownLatch(1);
    private final AtomicInteger blockedSteps = new AtomicInteger();

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void restart(ExecutorService pool) {
        component(context).stop();
        component(context).setWorkerPool(pool);
        component(context).start();
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").routeId("start").to(TO);
                from("direct:blocked").to(TO).process(e -> {
                    blockedSteps.incrementAndGet();
                    awaitQuietly(unblock);
                });
                from("direct:failsAndIsBlocked")
                        .doTry()
                        .to(SILENT + "&requestTimeout=500")
                        .doCatch(SendTalkTimeoutException.class)
                        .process(e -> {
                            blockedSteps.incrementAndGet();
                            awaitQuietly(unblock);
                        })
                        .end();
                from("direct:throws").to(TO).process(e -> {
                    throw new IllegalStateException("after the call");
                });
            }
        };
    }
}
