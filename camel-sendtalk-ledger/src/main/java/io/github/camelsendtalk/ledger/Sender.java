package io.github.camelsendtalk.ledger;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.client.SendTalkException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** Sends messages through routes, hundreds at a time, and writes down what each exchange was told. */
final class Sender {

    /** What the numbers begin with, before the number of the message. */
    static final String PREFIX = "62812";

    private static final String ROUTE = "send";

    private static final int AT_ONCE = 300;
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final String ENTRY = "direct:send?block=false&failIfNoConsumers=true";

    private final Ledger ledger;
    private final String baseUrl;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private volatile CamelContext context;
    private volatile boolean routesAreDown;

    Sender(Ledger ledger, String baseUrl) throws Exception {
        this.ledger = ledger;
        this.baseUrl = baseUrl;
        context = start();
    }

    private CamelContext start() throws Exception {
        CamelContext fresh = new DefaultCamelContext();
        SendTalkComponent component = fresh.getComponent("sendtalk", SendTalkComponent.class);
        component.getConfiguration().setApiKey("ledger");
        component.getConfiguration().setBaseUrl(baseUrl);
        component.getConfiguration().setRequestTimeout(DEADLINE.toMillis());
        component.setMaxConnections(AT_ONCE);
        fresh.getShutdownStrategy().setTimeout(5);
        fresh.addRoutes(new Routes());
        fresh.start();
        return fresh;
    }

    /** The recipe for repeating, and the one for campaigns. */
    private static final class Routes extends RouteBuilder {

        @Override
        public void configure() {
            onException(SendTalkException.class)
                    .retryWhile(simple("${exception.retryable} && ${header.CamelRedeliveryCounter} < 3"))
                    .asyncDelayedRedelivery()
                    .redeliveryDelay(50)
                    .logExhausted(false)
                    .logRetryAttempted(false);

            from(ENTRY)
                    .routeId(ROUTE)
                    .throttle(AT_ONCE)
                    .concurrentRequestsMode()
                    .to("sendtalk:send");
        }
    }

    /** Returns once there is room for the message; its exchange may end at any time later. */
    void send(int message) throws InterruptedException {
        free.acquire();
        if (routesAreDown) {
            // A few messages shall meet routes that are down, not thousands.
            routesAreDown = false;
            LockSupport.parkNanos(10_000_000);
        }
        CamelContext now = context;
        Exchange exchange = new DefaultExchange(now);
        exchange.getMessage().setBody("Pesan " + message + " " + ".".repeat(message % 100 == 0 ? 200_000 : 10));
        exchange.getMessage().setHeader("CamelSendTalkPhone", PREFIX + "%08d".formatted(message));
        try {
            AsyncProducer producer = now.getEndpoint(ENTRY).createAsyncProducer();
            producer.process(exchange, doneSync -> end(message, exchange));
        } catch (Exception e) {
            exchange.setException(e);
            end(message, exchange);
        }
    }

    private void end(int message, Exchange exchange) {
        Exception failure = exchange.getException();
        if (failure instanceof SendTalkException ours) {
            ledger.end(
                    message,
                    ours.isOutcomeUnknown() ? Ledger.Told.UNKNOWN : Ledger.Told.NOT_SENT,
                    ours.getClass().getSimpleName());
        } else if (failure != null) {
            routesAreDown = true;
            ledger.end(message, Ledger.Told.NOT_SENT, failure.getClass().getSimpleName());
        } else {
            String id = exchange.getMessage().getBody(String.class);
            if (!id.startsWith(message + "-")) {
                ledger.cross(message, id);
            }
            ledger.end(message, Ledger.Told.SENT, id);
        }
        free.release();
    }

    void restartRoute() throws Exception {
        context.getRouteController().stopRoute(ROUTE);
        context.getRouteController().startRoute(ROUTE);
    }

    void suspendRoute() throws Exception {
        context.getRouteController().suspendRoute(ROUTE);
        context.getRouteController().resumeRoute(ROUTE);
    }

    void restartComponent() throws Exception {
        SendTalkComponent component = context.getComponent("sendtalk", SendTalkComponent.class);
        component.stop();
        component.start();
    }

    void restartContext() throws Exception {
        CamelContext before = context;
        context = start();
        before.stop();
    }

    /** Waits until all exchanges have ended, but no longer: the ledger tells which are open. */
    void awaitEnd(Duration atMost) throws InterruptedException {
        free.tryAcquire(AT_ONCE, atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    void close() {
        context.stop();
    }
}
