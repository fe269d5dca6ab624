package io.github.camelsendtalk.ledger;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.ledger.Ledger.Told;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.jspecify.annotations.Nullable;

/** Sends messages through routes, hundreds at a time, and writes down what each exchange was told. */
final class Sender {

    /** What the numbers begin with, before the number of the message. */
    static final String PREFIX = "62812";

    static final int AT_ONCE = 300;

    private static final Duration LONGEST_END = Duration.ofSeconds(60);
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);
    /** Longer than a delay before a repetition: Camel forgets exchanges that are delayed when it stops by force. */
    private static final Duration PATIENT_STOP = Duration.ofSeconds(2);

    private static final int OFFERED_AGAIN = 500;

    private final Ledger ledger;
    private final Network network;
    private final Chance chance;
    private final BegunRows begunRows;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private volatile CamelContext context;
    private volatile boolean routesAreDown;
    private volatile int next;

    Sender(Ledger ledger, Network network, Chance chance) throws Exception {
        this.ledger = ledger;
        this.network = network;
        this.chance = chance;
        begunRows = new BegunRows(ledger.sends());
        context = start();
    }

    private CamelContext start() throws Exception {
        CamelContext fresh = new DefaultCamelContext();
        for (Way way : Way.values()) {
            fresh.addComponent(way.component(), component(way));
        }
        fresh.getShutdownStrategy().setTimeout(PATIENT_STOP.toSeconds());
        fresh.addRoutes(new Routes(begunRows));
        fresh.start();
        return fresh;
    }

    private SendTalkComponent component(Way way) {
        SendTalkComponent component = new SendTalkComponent();
        component.setBaseUrl(network.baseUrl(way));
        component.getConfiguration().setApiKey("ledger");
        component.getConfiguration().setConnectionRequestTimeout(DEADLINE.toMillis());
        component.getConfiguration().setRequestTimeout(DEADLINE.toMillis());
        component.setConnectTimeout(CONNECT_TIMEOUT.toMillis());
        component.setMaxConnections(AT_ONCE);
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setTrustManager(network.certificates().trust());
        SSLContextParameters tls = new SSLContextParameters();
        tls.setTrustManagers(trust);
        component.setSslContextParameters(tls);
        switch (way) {
            case PROXIED -> setProxy(component, network.proxy());
            case TUNNELLED -> setProxy(component, network.proxyWithLogin(), ForwardProxy.PASSWORD);
            case LOGIN_REFUSED, TUNNEL_REFUSED -> setProxy(component, network.proxyWithLogin(), "wrong");
            case PLAIN, TLS, UNKNOWN_AUTHORITY, WRONG_NAME, EXPIRED, NO_SUCH_HOST, FULL_BACKLOG -> {}
        }
        return component;
    }

    private static void setProxy(SendTalkComponent component, ForwardProxy proxy) {
        component.setProxyHost("127.0.0.1");
        component.setProxyPort(proxy.port());
    }

    private static void setProxy(SendTalkComponent component, ForwardProxy proxy, String password) {
        setProxy(component, proxy);
        component.setProxyUsername(ForwardProxy.USERNAME);
        component.setProxyPassword(password);
    }

    /** Returns once there is room for the next message, with false if none comes; its exchange may end at any time later. */
    boolean sendNext() throws InterruptedException {
        return offer(next++);
    }

    private boolean offer(int message) throws InterruptedException {
        if (!free.tryAcquire(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
            return false;
        }
        if (routesAreDown) {
            // A few messages shall meet routes that are down, not thousands.
            routesAreDown = false;
            LockSupport.parkNanos(10_000_000);
        }
        Way way = Way.of(chance, message);
        ledger.begin(message, way);
        CamelContext now = context;
        Exchange exchange = new DefaultExchange(now);
        exchange.getMessage().setBody("Pesan " + message + " " + ".".repeat(message % 100 == 0 ? 200_000 : 10));
        exchange.getMessage().setHeader("CamelSendTalkPhone", PREFIX + "%08d".formatted(message));
        exchange.getMessage().setHeader(Routes.ROW, message);
        try {
            AsyncProducer producer = now.getEndpoint(Routes.entry(way)).createAsyncProducer();
            producer.process(exchange, doneSync -> end(message, exchange));
        } catch (Exception e) {
            exchange.setException(e);
            end(message, exchange);
        }
        return true;
    }

    private void end(int message, Exchange exchange) {
        Exception failure = exchange.getException();
        routesAreDown |= failure != null && !(failure instanceof SendTalkException);
        String id = exchange.getMessage().getHeader("CamelSendTalkMessageId", String.class);
        String inWords = failure != null ? failure.getClass().getSimpleName() : String.valueOf(id);
        ledger.end(message, told(message, exchange, id), inWords);
        free.release();
    }

    private static Told told(int message, Exchange exchange, @Nullable String id) {
        Exception failure = exchange.getException();
        if (failure instanceof SendTalkException ours) {
            return ours.isOutcomeUnknown() ? Told.UNKNOWN : Told.NOT_SENT;
        }
        if (failure instanceof DirectConsumerNotAvailableException) {
            return Told.NOT_SENT;
        }
        if (failure != null && id == null) {
            return Told.STOPPED;
        }
        if (exchange.getProperty(Exchange.DUPLICATE_MESSAGE, false, Boolean.class)) {
            return Told.BEGUN_BEFORE;
        }
        if (id == null || !id.startsWith(message + "-")) {
            return Told.CROSSED;
        }
        return failure == null ? Told.SENT : Told.SENT_AND_STOPPED;
    }

    void restartRoute(Way way) throws Exception {
        context.getRouteController().stopRoute(way.name());
        context.getRouteController().startRoute(way.name());
    }

    void suspendRoute(Way way) throws Exception {
        context.getRouteController().suspendRoute(way.name());
        context.getRouteController().resumeRoute(way.name());
    }

    void restartComponent(Way way) throws Exception {
        SendTalkComponent component = context.getComponent(way.component(), SendTalkComponent.class);
        component.stop();
        component.start();
    }

    /** Goes on in a new context, which is offered the latest rows again, as by a campaign that begins again after a crash. */
    void restartContext() throws Exception {
        CamelContext before = context;
        context = start();
        int begun = next;
        for (int message = Math.max(0, begun - OFFERED_AGAIN); message < begun; message++) {
            offer(message);
        }
        before.stop();
    }

    /** Waits until all exchanges have ended, but no longer: the ledger tells which are open. */
    void awaitEnd() throws InterruptedException {
        free.tryAcquire(AT_ONCE, LONGEST_END.toSeconds(), TimeUnit.SECONDS);
    }

    void close() {
        context.stop();
    }
}
