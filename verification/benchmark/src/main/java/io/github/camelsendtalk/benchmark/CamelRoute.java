package io.github.camelsendtalk.benchmark;

import java.io.IOException;
import java.net.URI;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;

/** A route: a message enters it with its text as the body and its recipient in a header, and leaves it with its id as the body. */
abstract class CamelRoute implements Contender {

    /** The header that names the recipient. */
    static final String PHONE = "phone";

    private final CamelContext context = new DefaultCamelContext();
    private @Nullable Endpoint entry;
    private @Nullable AsyncProducer route;

    @Override
    public final void start(URI server) throws Exception {
        prepare(context, server);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                addSteps(from("direct:send"), server);
            }
        });
        context.start();
        entry = context.getEndpoint("direct:send");
        route = entry.createAsyncProducer();
        route.start();
    }

    /** Sets up what the steps need. */
    abstract void prepare(CamelContext context, URI server) throws Exception;

    abstract void addSteps(RouteDefinition route, URI server);

    @Override
    public final void send(String phone, String text, Sent sent) {
        Exchange exchange = entry.createExchange();
        exchange.getMessage().setBody(text);
        exchange.getMessage().setHeader(PHONE, phone);
        route.process(
                exchange, doneSync -> sent.done(exchange.getMessage().getBody(String.class), exchange.getException()));
    }

    @Override
    public void close() throws IOException {
        context.stop();
    }
}
