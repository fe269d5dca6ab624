package io.github.camelsendtalk.leaks;

import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A call, before and after it ended.
 *
 * @param body what the user sent
 * @param headers the headers that the user set
 */
record Call(String uri, Exchange exchange, Object body, Map<String, Object> headers) {

    /** The headers, the properties and the body that the user did not put there. */
    String additions() {
        StringBuilder additions = new StringBuilder();
        exchange.getMessage().getHeaders().forEach((name, value) -> {
            if (!Objects.equals(value, headers.get(name))) {
                additions.append(name).append('=').append(value).append('\n');
            }
        });
        exchange.getAllProperties()
                .forEach((name, value) ->
                        additions.append(name).append('=').append(value).append('\n'));
        return additions.append(result()).toString();
    }

    /** The body, unless it is still the user's. */
    @Nullable
    Object result() {
        Object now = exchange.getMessage().getBody();
        return now == body ? null : now;
    }

    /** What it ended with, as the name of one of our exceptions without its common parts; empty for a success. */
    String end() {
        Exception exception = exchange.getException();
        return exception == null ? "" : exception.getClass().getSimpleName().replaceAll("SendTalk|Exception", "");
    }
}
