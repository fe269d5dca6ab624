package io.github.camelsendtalk.ledger;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkTimeoutException;
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
import org.jspecify.annotations.Nullable;

/** Sends messages through routes, hundreds at a time, and writes down what each exchange was told. */
final class Sender {

    /** What the numbers begin with, before the number of the message. */
    static final String PREFIX = "62812";

    static final int AT_ONCE = 300;

    /** Enough for a spell, and for what is offered again meanwhile. */
    static final int OVERLOAD = 2 * Way.SPELL;

    /** A property: the name of the component that a message is sent by. */
    static final String COMPONENT = "component";

    /** Somebody who must receive nothing. */
    private static final String STRANGER_PREFIX = "62813";

    private static final String PHONE = "CamelSendTalkPhone";
    private static final String ID = "CamelSendTalkMessageId";

    private static final Duration LONGEST_END = Duration.ofSeconds(60);
    /** Longer than a delay before a repetition: Camel forgets exchanges that are delayed when it stops by force. */
    private static final Duration PATIENT_STOP = Duration.ofSeconds(2);

    private static final int OFFERED_AGAIN = 500;

    private final Ledger ledger;
    private final Network network;
    private final Chance chance;
    private final BegunRows begunRows;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Semaphore freeInAnOverload = new Semaphore(OVERLOAD);
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
            fresh.addComponent(way.component(), Components.component(way, network));
        }
        fresh.getShutdownStrategy().setTimeout(PATIENT_STOP.toSeconds());
        fresh.addRoutes(new Routes(this, begunRows));
        fresh.start();
        return fresh;
    }

    /** Returns once there is room for the next message, with false if none comes; its exchange may end at any time later. */
    boolean sendNext() throws InterruptedException {
        return offer(next++);
    }

    private boolean offer(int message) throws InterruptedException {
        Journey journey = journey(message);
        if (journey == Journey.SECOND) {
            return true;
        }
        Semaphore room = room(message);
        if (!room.tryAcquire(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
            return false;
        }
        if (routesAreDown) {
            // A few messages shall meet routes that are down, not thousands.
            routesAreDown = false;
            LockSupport.parkNanos(10_000_000);
        }
        begin(message);
        if (journey.sendsTwo()) {
            begin(message + 1);
        }
        CamelContext now = context;
        Exchange exchange = new DefaultExchange(now);
        setMessage(exchange, message);
        if (journey == Journey.LEFTOVERS) {
            exchange.setProperty(Routes.RECIPIENT, phone(PREFIX, message));
            exchange.getMessage().setHeader(PHONE, phone(STRANGER_PREFIX, message));
            exchange.getMessage().setHeader("phone", phone(STRANGER_PREFIX, message));
        } else {
            exchange.getMessage().setHeader(PHONE, phone(PREFIX, message));
        }
        try {
            AsyncProducer producer = now.getEndpoint(Routes.entry(journey)).createAsyncProducer();
            producer.process(exchange, doneSync -> end(message, exchange, room));
        } catch (Exception e) {
            exchange.setException(e);
            end(message, exchange, room);
        }
        return true;
    }

    private Journey journey(int message) {
        return Journey.of(chance, message, ledger.sends());
    }

    private Semaphore room(int message) {
        return Way.of(chance, message) == Way.OVERLOADED ? freeInAnOverload : free;
    }

    private void begin(int message) {
        ledger.begin(message, Way.of(chance, message));
    }

    private void setMessage(Exchange exchange, int message) {
        Way way = Way.of(chance, message);
        exchange.setProperty(COMPONENT, way.component());
        exchange.getMessage().setHeader(Routes.ROW, message);
        exchange.getMessage().setHeader(Routes.WAY, way);
        exchange.getMessage().setBody("Pesan " + message + " " + ".".repeat(message % 100 == 0 ? 200_000 : 40));
    }

    private static String phone(String prefix, int message) {
        return prefix + "%08d".formatted(message);
    }

    /** Ends the first message of two, and turns to the second, whose recipient stands in the URI. */
    void goOnToSecond(Exchange exchange) {
        int first = row(exchange);
        boolean isSent = told(exchange) == Told.SENT;
        Object id = exchange.getMessage().getBody();
        ledgerEnd(exchange);
        exchange.removeProperty(Exchange.DUPLICATE_MESSAGE);
        exchange.setProperty(Routes.RECIPIENT, phone(PREFIX, first + 1));
        setMessage(exchange, first + 1);
        if (isSent && journey(first) == Journey.ID_AS_TEXT) {
            exchange.getMessage().setBody(id);
        }
    }

    private void end(int begun, Exchange exchange, Semaphore room) {
        Exception failure = exchange.getException();
        routesAreDown |= failure != null && !(failure instanceof SendTalkException);
        ledgerEnd(exchange);
        if (journey(begun).sendsTwo() && row(exchange) == begun) {
            ledger.end(begun + 1, Told.NOT_SENT, "its turn did not come");
        }
        room.release();
    }

    private void ledgerEnd(Exchange exchange) {
        Exception failure = exchange.getException();
        if (failure instanceof SendTalkTimeoutException && told(exchange) == Told.UNKNOWN) {
            ledger.timedOut(row(exchange), System.nanoTime());
        }
        String inWords = failure != null ? failure.getClass().getSimpleName() : String.valueOf(id(exchange));
        ledger.end(row(exchange), told(exchange), inWords);
    }

    private static int row(Exchange exchange) {
        return exchange.getMessage().getHeader(Routes.ROW, Integer.class);
    }

    private static @Nullable String id(Exchange exchange) {
        return exchange.getMessage().getHeader(ID, String.class);
    }

    /** Whether the id is that of the message, and not that of the one before it. */
    static boolean hasId(Exchange exchange) {
        String id = id(exchange);
        return id != null && id.startsWith(row(exchange) + "-");
    }

    private static Told told(Exchange exchange) {
        Exception failure = exchange.getException();
        // one of a question for the status, which the route catches unless Camel stops by force, tells nothing of the
        // message
        if (failure instanceof SendTalkException ours && "send".equals(ours.getOperation())) {
            return ours.isOutcomeUnknown() ? Told.UNKNOWN : Told.NOT_SENT;
        }
        if (failure instanceof DirectConsumerNotAvailableException) {
            return Told.NOT_SENT;
        }
        if (failure != null) {
            return hasId(exchange) ? Told.SENT_AND_STOPPED : Told.STOPPED;
        }
        if (exchange.getProperty(Exchange.DUPLICATE_MESSAGE, false, Boolean.class)) {
            return Told.BEGUN_BEFORE;
        }
        return hasId(exchange) ? Told.SENT : Told.CROSSED;
    }

    /** A status says in its time whose it is. */
    void writeStatusDown(Exchange exchange) {
        ledger.status(row(exchange), exchange.getMessage().getHeader("CamelSendTalkCreatedTime", -1L, Long.class));
    }

    void statusFailed() {
        ledger.statusFailed();
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
        freeInAnOverload.tryAcquire(OVERLOAD, LONGEST_END.toSeconds(), TimeUnit.SECONDS);
    }

    void close() {
        context.stop();
    }
}
