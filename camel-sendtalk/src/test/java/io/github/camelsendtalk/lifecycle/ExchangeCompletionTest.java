package io.github.camelsendtalk.lifecycle;

import static io.github.camelsendtalk.support.Answers.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkTimeoutException;
import io.github.camelsendtalk.client.SendTalkTransportException;
import io.github.camelsendtalk.support.AsyncSend;
import io.github.camelsendtalk.support.Await;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.SendTalkTestSupport;
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
class ExchangeCompletionTest extends SendTalkTestSupport {

    private static final String TO = "sendtalk:send?phone=" + PHONE;
    private static final String SILENT = "sendtalk:send?phone=6281212340041";

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
        answer("/dripping" + SEND, json(accepted()).withChunkedDribbleDelay(200, 20_000));
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
        AsyncSend sent = new AsyncSend(
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
        restart(component -> component.setWorkerPool(pool));
        CountDownLatch release = new CountDownLatch(1);
        try {
            if (shutDown) {
                pool.shutdown();
            } else {
                pool.execute(() -> awaitQuietly(release));
            }
            AsyncSend sent = new AsyncSend(context, producer(TO), "Halo");

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
        restart(component -> component.setWorkerPool(pool));
        try {
            pool.execute(() -> awaitQuietly(unblock));
            AsyncProcessor blocked = producer("direct:failsAndIsBlocked");
            for (int i = 0; i < 10; i++) {
                new AsyncSend(context, blocked, "Halo");
            }
            Await.until(() -> blockedSteps.get() == 10);

            AsyncSend sent = new AsyncSend(context, producer(SILENT + "&requestTimeout=500"), "Halo");

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
        List<AsyncSend> sends = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sends.add(new AsyncSend(context, send, "Halo " + i));
            sends.add(new AsyncSend(context, status, pending));
        }
        Await.until(() -> requests().size() >= 41);

        component(context).stop();

        for (AsyncSend sent : sends) {
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
        restart(component -> component.setWorkerPool(pool));
        CountDownLatch release = new CountDownLatch(1);
        pool.execute(() -> awaitQuietly(release));
        AsyncSend sent = new AsyncSend(context, producer(TO), "Halo");
        Await.until(() -> !pool.getQueue().isEmpty());
        pool.shutdownNow();

        component(context).stop();

        wasAccepted(sent.ended());
        assertThat(sent.done).hasValue(1);
    }

    @Test
    void case30_aCallAfterTheStopEndsAtOnceAndIsNotSent() throws Exception {
        AsyncProcessor producer = producer(TO);
        component(context).stop();

        AsyncSend sent = new AsyncSend(context, producer, "Halo");

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
        Await.until(() -> blockedSteps.get() >= 50);

        wasAccepted(template.asyncRequestBody("direct:start", "Halo").get(10, TimeUnit.SECONDS));

        unblock.countDown();
        for (CompletableFuture<Object> one : blocked) {
            wasAccepted(one.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void case36_aStepThatThrowsAfterTheCallFailsTheExchangeOnce() {
        AtomicInteger completions = new AtomicInteger();
        Exchange exchange = template.request("direct:throws", e -> {
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
        restart(component -> component.setWorkerPool(oneWorker));
        AsyncProcessor producer = producer(TO);
        AtomicInteger called = new AtomicInteger();
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody("Halo");
        producer.process(exchange, sync -> {
            called.incrementAndGet();
            throw new IllegalStateException("in the callback");
        });
        Await.until(() -> called.get() > 0);

        wasAccepted(new AsyncSend(context, producer, "Halo juga").ended());
        component(context).stop();

        assertThat(called).hasValue(1);
    }

    @Test
    void aThousandSendsInFlightNeedNoThreadEach() throws Exception {
        try (ScriptedServer server = ScriptedServer.startAccepting()) {
            restart(component -> {
                component.setMaxConnections(1_000);
                component.setBaseUrl(server.url().toString());
            });
            AsyncProcessor producer = producer(TO);
            new AsyncSend(context, producer, "Halo").ended();
            int idle = threadsButTheServers();
            server.hold();

            List<AsyncSend> sends = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                sends.add(new AsyncSend(context, producer, "Halo " + i));
            }
            server.awaitReceived(1_001);
            int waiting = threadsButTheServers();
            server.release();

            for (AsyncSend sent : sends) {
                assertThat(sent.ended().getException()).isNull();
                assertThat(sent.done).hasValue(1);
            }
            assertThat(waiting - idle).isLessThanOrEqualTo(16);
        }
    }

    private static int threadsButTheServers() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith(ScriptedServer.THREADS))
                .count();
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
