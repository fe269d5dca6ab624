package io.github.camelsendtalk.ledger.comparison;

import java.time.Duration;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;

/** A component, in the route that a careful user of it would write, with its options at their defaults. */
interface Contender {

    /** Where the route begins: the text is the body, its recipient a header. */
    String ENTRY = "direct:contender";

    String RECIPIENT = "recipient";

    /** Where messages go, with which key or token, and with which options of the endpoint: none, or a query. */
    record Target(String baseUrl, String secret, String options) {}

    static List<Contender> all() {
        return List.of(new SendTalk(), new Http(), new WhatsApp(), new Telegram());
    }

    String title();

    /** What its API answers to a message that it takes: in one line, ASCII. */
    String accepted(Letter letter);

    /** What its API answers to a message that it doesn't take: in one line, ASCII. */
    String refused();

    RouteBuilder route(Target target);

    /** The endpoint's option that limits the time of an answer, or null if the component has none. */
    @Nullable
    String deadlineOption(Duration deadline);
}
