package io.github.camelsendtalk.docs;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** One example in a context of its own. */
final class RunningExample implements AutoCloseable {

    private final CamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;

    /** Adds routes to a context, and what they need. */
    interface Content {
        void addTo(CamelContext context) throws Exception;
    }

    RunningExample(Example example, Dsl dsl, SendTalkSandbox sandbox) throws Exception {
        this(context -> dsl.add(example, context), sandbox.baseUrl());
    }

    RunningExample(Content content, String baseUrl) throws Exception {
        SendTalkComponent component = context.getComponent("sendtalk", SendTalkComponent.class);
        component.getConfiguration().setApiKey("test-key-" + UUID.randomUUID());
        component.setBaseUrl(baseUrl);
        content.addTo(context);
        context.start();
        template = context.createProducerTemplate();
    }

    /** A route for the URI at which an example leaves the rest to its user. */
    static RouteBuilder end(String uri, Consumer<Exchange> end) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).process(end::accept);
            }
        };
    }

    ProducerTemplate template() {
        return template;
    }

    Exchange request(String uri, Object body, Map<String, Object> headers) {
        return request(uri, exchange -> {
            exchange.getMessage().setBody(body);
            headers.forEach(exchange.getMessage()::setHeader);
        });
    }

    Exchange request(String uri, Consumer<Exchange> setUp) {
        return template.request(uri, setUp::accept);
    }

    @Override
    public void close() {
        context.stop();
    }
}
