package io.github.camelsendtalk;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * The ids of the messages that an exchange has sent. After a send the body is the id, and a send that follows would text it to
 * somebody. They are kept in an exchange property, out of reach of steps that remove headers.
 */
final class SentIds {

    static final String PROPERTY = "CamelSendTalkSentIds";

    /** An exchange that sends without end must not grow without end. */
    private static final int MAX_IDS = 100;

    /** A longer text has more to say than an id. */
    private static final int MAX_LENGTH = 200;

    private SentIds() {}

    /** Copies of an exchange share the list, which therefore never changes. */
    static void add(Exchange exchange, String id) {
        List<?> before = of(exchange);
        if (before.isEmpty()) {
            exchange.setProperty(PROPERTY, List.of(id));
            return;
        }
        List<Object> ids = new ArrayList<>(before.subList(Math.max(0, before.size() + 1 - MAX_IDS), before.size()));
        ids.add(id);
        exchange.setProperty(PROPERTY, ids);
    }

    static boolean contain(Exchange exchange, String text) {
        List<?> ids = of(exchange);
        if (ids.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        String bare = text.replaceAll("^[\\s\"']+|[\\s\"']+$", "");
        return ids.stream().anyMatch(id -> bare.equalsIgnoreCase(id.toString()));
    }

    private static List<?> of(Exchange exchange) {
        return exchange.getProperty(PROPERTY) instanceof List<?> ids ? ids : List.of();
    }
}
