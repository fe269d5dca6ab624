package io.github.camelsendtalk;

import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendTalkMessage;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of messages that are longer than WhatsApp takes. They are sent all the same, because SendTalk documents no limit.
 *
 * <p>Each route is warned of once, so that a campaign does not fill the log.
 */
final class LengthWarnings {

    private static final Logger LOG = LoggerFactory.getLogger(LengthWarnings.class);

    private static final int MAX_TEXT = 4_096;
    private static final int MAX_CAPTION = 1_024;

    /** Routes may be made and removed without end. */
    private static final int MAX_ROUTES = 1_000;

    private final Set<String> routes = ConcurrentHashMap.newKeySet();

    /** Looks at what a person would read of a message: its text or, because an image is named by its URL, its caption. */
    void check(SendTalkMessage message, Exchange exchange) {
        if (message.messageType() == MessageType.IMAGE) {
            check("caption", message.caption(), MAX_CAPTION, exchange);
        } else {
            check("text", message.body(), MAX_TEXT, exchange);
        }
    }

    private void check(String what, @Nullable String text, int max, Exchange exchange) {
        // an emoji counts once, but to count is only worth it where there may be too many
        if (text != null && text.length() > max && text.codePointCount(0, text.length()) > max) {
            String route = route(exchange);
            if (routes.size() < MAX_ROUTES && routes.add(route)) {
                LOG.warn(
                        "{} sends a {} of {} characters. WhatsApp takes {} at most; SendTalk documents no limit, so it is"
                                + " sent as it is, and may be refused, or cut. Shorten it or split it. This is said once"
                                + " for each route.",
                        route,
                        what,
                        text.codePointCount(0, text.length()),
                        max);
            }
        }
    }

    private static String route(Exchange exchange) {
        Route route = ExchangeHelper.getRoute(exchange);
        return route == null ? "A program without a route" : "The route " + route.getRouteId();
    }
}
