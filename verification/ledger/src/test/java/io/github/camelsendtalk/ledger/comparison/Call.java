package io.github.camelsendtalk.ledger.comparison;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** An exchange on its way through a contender's route; whatever becomes of it, only a daemon thread waits for it. */
final class Call {

    /** Where all messages begin; what follows here on the contender's route runs only for those that were sent. */
    static final String ENTRY = "direct:send";

    private static final String WENT_ON = "wentOn";

    /** What the exchange was when its callback was called, whether the route went on, and how long after its begin. */
    record Ending(@Nullable Exception failure, boolean wentOn, Duration after) {}

    /** The route around that of a contender. */
    static final class Routes extends RouteBuilder {

        @Override
        public void configure() {
            from(ENTRY).to(Contender.ENTRY).setProperty(WENT_ON, constant(true));
        }
    }

    private final Exchange exchange;
    private final List<Ending> endings = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch returned = new CountDownLatch(1);
    private volatile long begin;

    Call(CamelContext context, Letter letter) {
        exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(letter.text());
        exchange.getMessage().setHeader(Contender.RECIPIENT, letter.recipient());
    }

    /** Begins the call in a thread of its own. */
    Call begin() {
        Thread caller = new Thread(this::run, "caller");
        caller.setDaemon(true);
        caller.start();
        return this;
    }

    /** Returns when the route does: at once, or after the exchange ended. */
    void run() {
        begin = System.nanoTime();
        try {
            AsyncProducer producer = exchange.getContext().getEndpoint(ENTRY).createAsyncProducer();
            producer.process(exchange, doneSync -> end());
        } catch (Exception e) {
            exchange.setException(e);
            end();
        } finally {
            returned.countDown();
        }
    }

    private void end() {
        endings.add(new Ending(
                exchange.getException(),
                Boolean.TRUE.equals(exchange.getProperty(WENT_ON)),
                Duration.ofNanos(System.nanoTime() - begin)));
        ended.countDown();
    }

    boolean hasReturned() {
        return returned.getCount() == 0;
    }

    /** Waits for the end, at most so long, and gives each time that the exchange was ended: once, it should be. */
    List<Ending> awaitEnd(Duration atMost) throws InterruptedException {
        if (ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            returned.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        }
        return endings;
    }
}
