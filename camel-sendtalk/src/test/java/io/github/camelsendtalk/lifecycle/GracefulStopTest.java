package io.github.camelsendtalk.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkTransportException;
import io.github.camelsendtalk.support.AsyncSend;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.util.function.ThrowingConsumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Routes, the component and the context that stop, suspend and start again with calls in flight; hard cases 30 to 32. */
@Timeout(60)
class GracefulStopTest extends SendTalkTestSupport {

    private static final int CALLS = 20;

    @AutoClose
    private final ScriptedServer server = ScriptedServer.startAccepting();

    private final AtomicInteger stepsAfterwards = new AtomicInteger();

    /** What is done to the context while calls are in flight. */
    private interface Way extends ThrowingConsumer<CamelContext, Exception> {}

    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of("stopped route", (Way)
                        context -> context.getRouteController().stopRoute("start")),
                Arguments.of("suspended route", (Way)
                        context -> context.getRouteController().suspendRoute("start")),
                Arguments.of("suspended context", (Way) CamelContext::suspend),
                Arguments.of("stopped context", (Way) CamelContext::stop));
    }

    @ParameterizedTest(name = "case 30: a {0} waits for what is in flight")
    @MethodSource("ways")
    void aStopWaitsForTheAnswers(String what, Way way) throws Exception {
        assertWaitsForTheAnswers(way);

        assertThat(stepsAfterwards).hasValue(CALLS);
    }

    private void assertWaitsForTheAnswers(Way way) throws Exception {
        server.hold();
        List<AsyncSend> calls = inFlight("direct:start");

        Future<Void> stop = beginGracefulStop(way);
        assertThat(calls).noneMatch(call -> call.end.isDone());
        server.release();

        stop.get(30, TimeUnit.SECONDS);
        for (int i = 0; i < CALLS; i++) {
            calls.get(i).assertResult("id-text-" + i);
        }
    }

    @Test
    void case30_aStoppedContextEndsWhatIsNotAnsweredWithinItsShutdownTimeout() throws Exception {
        context.getShutdownStrategy().setTimeout(1);
        server.hold();
        List<AsyncSend> calls = inFlight("direct:start");
        long begin = System.nanoTime();

        context.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
        for (AsyncSend call : calls) {
            assertUnknown(call);
        }
        assertThat(stepsAfterwards).hasValue(0);
        assertThat(server.received()).hasSize(CALLS);
    }

    private static void assertUnknown(AsyncSend call) throws Exception {
        SendTalkException failure = failure(call.ended(), SendTalkTransportException.class);
        assertThat(failure).isExactlyInstanceOf(SendTalkTransportException.class);
        assertThat(failure.isOutcomeUnknown()).isTrue();
        assertThat(failure.isRetryable()).isFalse();
        assertThat(call.done).hasValue(1);
    }

    @Test
    void case30_aStoppedContextEndsAWaitForAStatusOnce() throws Exception {
        context.getShutdownStrategy().setTimeout(1);
        List<AsyncSend> calls = inFlight("direct:status");

        context.stop();

        for (AsyncSend call : calls) {
            // ours, or Camel's if a last answer met a route that was stopped already
            assertThat(call.ended().getException())
                    .isInstanceOfAny(SendTalkTransportException.class, RejectedExecutionException.class);
            assertThat(call.done).hasValue(1);
        }
    }

    @Test
    void case30_aRouteThatIsStoppedByForceLeavesNoExchangeOpen() throws Exception {
        server.hold();
        List<AsyncSend> calls = inFlight("direct:start");

        context.getRouteController().stopRoute("start", 1, TimeUnit.SECONDS, false);
        server.release();

        for (AsyncSend call : calls) {
            call.ended();
            assertThat(call.done).hasValue(1);
        }
        assertThat(server.received()).hasSize(CALLS);
    }

    static Stream<Arguments> restarts() {
        return Stream.of(
                Arguments.of("route", (Way) context -> {
                    context.getRouteController().stopRoute("start");
                    context.getRouteController().startRoute("start");
                }),
                Arguments.of("context", (Way) context -> {
                    // Camel forgets a component that was set up by hand when its context stops
                    SendTalkComponent component = component(context);
                    context.stop();
                    context.addComponent("sendtalk", component);
                    context.start();
                }));
    }

    @ParameterizedTest(name = "case 31: a {0} that is restarted waits for the calls in flight and serves again")
    @MethodSource("restarts")
    void aRestartWaitsForTheAnswers(String what, Way restart) throws Exception {
        assertWaitsForTheAnswers(restart);

        assertServesAgain();
        assertThat(stepsAfterwards).hasValue(CALLS + 1);
    }

    /** Camel stops a component by itself only after its routes; whoever does so earlier gives up what is in flight. */
    @Test
    void case31_aComponentThatIsRestartedLeavesTheOutcomeOfTheCallsInFlightUnknownAndServesAgain() throws Exception {
        server.hold();
        List<AsyncSend> calls = inFlight("direct:start");

        component(context).stop();
        component(context).start();
        server.release();

        for (AsyncSend call : calls) {
            assertUnknown(call);
        }
        assertThat(stepsAfterwards).hasValue(0);
        assertServesAgain();
    }

    private void assertServesAgain() throws Exception {
        new AsyncSend(context, producer("direct:start"), "after").assertResult("id-after");
        assertThat(server.received())
                .as("each message once")
                .doesNotHaveDuplicates()
                .hasSize(CALLS + 1);
    }

    @ParameterizedTest(name = "case 31: a {0} goes on after it was suspended")
    @MethodSource("suspensions")
    void whatWasSuspendedGoesOn(String what, Way suspend, Way resume) throws Exception {
        suspend.accept(context);
        resume.accept(context);

        new AsyncSend(context, producer("direct:start"), "after").assertResult("id-after");
    }

    static Stream<Arguments> suspensions() {
        return Stream.of(
                Arguments.of(
                        "route", (Way) context -> context.getRouteController().suspendRoute("start"), (Way)
                                context -> context.getRouteController().resumeRoute("start")),
                Arguments.of("context", (Way) CamelContext::suspend, (Way) CamelContext::resume));
    }

    @Test
    void case32_oneEndpointServesManyRoutesAndAStoppedRouteTakesItFromNoOther() throws Exception {
        server.hold();
        List<AsyncSend> others = new ArrayList<>();
        for (int i = 1; i < 10; i++) {
            others.add(new AsyncSend(context, producer("direct:many-" + i), "text-" + i));
        }
        server.awaitReceived(9);

        context.getRouteController().stopRoute("many-0");
        server.release();

        for (int i = 1; i < 10; i++) {
            others.get(i - 1).assertResult("id-text-" + i);
            new AsyncSend(context, producer("direct:many-" + i), "again").assertResult("id-again");
        }
        assertThat(context.getEndpoints().stream()
                        .filter(e -> e.getEndpointUri().contains("many")))
                .as("ten direct endpoints and one for the messages")
                .hasSize(11);
    }

    private List<AsyncSend> inFlight(String uri) throws Exception {
        AsyncProcessor processor = producer(uri);
        List<AsyncSend> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(new AsyncSend(context, processor, "text-" + i));
        }
        server.awaitReceived(CALLS);
        return calls;
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        component(context).setBaseUrl(server.url().toString());
        String options = "&apiKey=" + key;
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .routeId("start")
                        .to("sendtalk:send?requestTimeout=1m&phone=" + PHONE + options)
                        .process(e -> stepsAfterwards.incrementAndGet());
                from("direct:status").to("sendtalk:status?awaitTimeout=1m&pollInterval=50" + options);
                for (int i = 0; i < 10; i++) {
                    from("direct:many-" + i)
                            .routeId("many-" + i)
                            .to("sendtalk:send?filename=many&phone=" + PHONE + options);
                }
            }
        };
    }
}
