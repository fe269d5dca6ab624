package io.github.camelsendtalk;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The message options of a dynamic URI, for one call: neither for a copy of the exchange, such as a wire tap makes of it, nor for another
 * step, such as one of an interceptor that runs before the call.
 */
record DynamicOptions(
        MessageOptions options, Exchange exchange, @Nullable String node) {

    /** The exchange property that carries it to its endpoint. */
    static final String PROPERTY = "CamelSendTalkDynamicOptions";

    static void set(Exchange exchange, MessageOptions options) {
        exchange.setProperty(PROPERTY, new DynamicOptions(options, exchange, currentNode(exchange)));
    }

    static void clear(Exchange exchange) {
        exchange.removeProperty(PROPERTY);
    }

    /** The options of the dynamic URI of this very call, or null where it is a call by a plain URI. */
    static @Nullable MessageOptions of(Exchange exchange) {
        return exchange.getProperty(PROPERTY) instanceof DynamicOptions dynamic && dynamic.isFor(exchange)
                ? dynamic.options
                : null;
    }

    private boolean isFor(Exchange other) {
        String now = currentNode(other);
        // after the steps of an interceptor there is none
        return exchange == other && (now == null || now.equals(node));
    }

    private static @Nullable String currentNode(Exchange exchange) {
        return exchange.getExchangeExtension().getHistoryNodeId();
    }

    /** Holds nothing of it: tracers print exchange properties. */
    @Override
    public String toString() {
        return "DynamicOptions";
    }
}
