package io.github.camelsendtalk.example.otp;

import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/** How many codes today has had, and a person's way to let more out: on the management port only. */
@Component
@Endpoint(id = "budget")
class BudgetEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(BudgetEndpoint.class);
    private static final int MOST = 1_000_000;

    private final ProducerTemplate routes;

    BudgetEndpoint(ProducerTemplate routes) {
        this.routes = routes;
    }

    @ReadOperation
    Map<?, ?> today() {
        return routes.requestBody("direct:budget", (Object) null, Map.class);
    }

    /** @param more a whole number; a text, so that what is none is answered with a sentence of ours */
    @WriteOperation
    WebEndpointResponse<Map<?, ?>> letOut(@Nullable String more) {
        if (more == null || !more.matches("[1-9]\\d{0,6}") || Integer.parseInt(more) > MOST) {
            String sentence = more == null
                    ? "How many more is missing: send {\"more\": 1000}."
                    : "A whole number from 1 to %,d says how many more codes may go out today: send {\"more\": 1000}."
                            .formatted(MOST);
            return new WebEndpointResponse<>(Map.of("detail", sentence), WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        Map<?, ?> today = routes.requestBody("direct:more", Integer.valueOf(more), Map.class);
        LOG.warn("A person has let {} more codes out today: {}", more, today);
        return new WebEndpointResponse<>(today);
    }
}
