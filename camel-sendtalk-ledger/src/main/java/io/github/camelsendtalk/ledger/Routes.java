package io.github.camelsendtalk.ledger;

import io.github.camelsendtalk.client.SendTalkException;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** A route for each way, with the recipe for repeating and the one for campaigns. */
final class Routes extends RouteBuilder {

    static final String ROW = "row";

    private final BegunRows begunRows;

    Routes(BegunRows begunRows) {
        this.begunRows = begunRows;
    }

    static String entry(Way way) {
        return "direct:%s?block=false&failIfNoConsumers=true".formatted(way);
    }

    @Override
    public void configure() {
        onException(SendTalkException.class)
                .retryWhile(simple("${exception.retryable} == true && ${exception.attempts} < 3"))
                .asyncDelayedRedelivery()
                .redeliveryDelay(50)
                .logExhausted(false)
                .logRetryAttempted(false)
                .filter(simple("${exception.outcomeUnknown} == false"))
                .process(exchange -> begunRows.remove(exchange.getMessage().getHeader(ROW, String.class)));

        for (Way way : Way.values()) {
            from(entry(way))
                    .routeId(way.name())
                    .throttle(Sender.AT_ONCE)
                    .concurrentRequestsMode()
                    .idempotentConsumer(header(ROW), begunRows)
                    .removeOnFailure(false)
                    .to(way.component() + ":send")
                    .process(Routes::beSlow)
                    .process(exchange -> {});
        }
    }

    /** Sometimes takes longer than a context waits when it stops; Camel then refuses the step after it. */
    private static void beSlow(Exchange exchange) {
        if (exchange.getMessage().getHeader(ROW, Integer.class) % 1_000 == 500) {
            LockSupport.parkNanos(3_000_000_000L);
        }
    }
}
