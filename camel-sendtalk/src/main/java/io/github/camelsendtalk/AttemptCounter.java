package io.github.camelsendtalk;

import io.github.camelsendtalk.client.SendTalkException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/**
 * How often an exchange has tried each call in a row. It is counted in an exchange property: Camel's own header may be taken away
 * by a step of a part of a route that is repeated, and the repetition would not end.
 */
final class AttemptCounter {

    private static final String PROPERTY = "CamelSendTalkAttempts";

    private final Map<List<Object>, Integer> counts;

    private AttemptCounter(Map<List<Object>, Integer> counts) {
        this.counts = counts;
    }

    /**
     * Counts a failure, and sets the count in the exception.
     *
     * @param endpoint the called one, or one of the same URI: Camel may make another for each attempt
     */
    static void failed(Exchange exchange, Endpoint endpoint, SendTalkException failure) {
        Map<List<Object>, Integer> counts = new HashMap<>(of(exchange));
        failure.setAttempts(counts.merge(call(exchange, endpoint), 1, Integer::sum));
        set(exchange, counts);
    }

    /** The next failure of this call is its first again. */
    static void succeeded(Exchange exchange, Endpoint endpoint) {
        Map<List<Object>, Integer> before = of(exchange);
        if (!before.isEmpty()) {
            Map<List<Object>, Integer> counts = new HashMap<>(before);
            counts.remove(call(exchange, endpoint));
            set(exchange, counts);
        }
    }

    /** The same URI may stand in several steps of a route, and a loop makes another call of the same step. */
    private static List<Object> call(Exchange exchange, Endpoint endpoint) {
        return List.of(
                endpoint,
                String.valueOf(exchange.getExchangeExtension().getHistoryNodeId()),
                String.valueOf(exchange.getProperty(ExchangePropertyKey.LOOP_INDEX)));
    }

    private static Map<List<Object>, Integer> of(Exchange exchange) {
        return exchange.getProperty(PROPERTY) instanceof AttemptCounter attempts ? attempts.counts : Map.of();
    }

    /** Copies of an exchange share the counts, which therefore never change. */
    private static void set(Exchange exchange, Map<List<Object>, Integer> counts) {
        exchange.setProperty(PROPERTY, new AttemptCounter(counts));
    }

    /** Holds no URI: tracers print exchange properties. */
    @Override
    public String toString() {
        return "Attempts";
    }
}
