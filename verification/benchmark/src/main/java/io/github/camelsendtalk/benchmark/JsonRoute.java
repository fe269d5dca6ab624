package io.github.camelsendtalk.benchmark;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.Builder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.dataformat.JsonLibrary;

/** The API by hand, with a component for HTTP: marshal, headers, {@code to}, unmarshal, check. */
abstract class JsonRoute extends CamelRoute {

    @Override
    final void addSteps(RouteDefinition route, URI server) {
        route.process(JsonRoute::toRequest)
                .marshal()
                .json(JsonLibrary.Jackson)
                .setHeader(Exchange.HTTP_METHOD, Builder.constant("POST"))
                .setHeader(Exchange.CONTENT_TYPE, Builder.constant("application/json"))
                .setHeader("API-Key", Builder.constant(API_KEY))
                .to(uri(server))
                .unmarshal()
                .json(JsonLibrary.Jackson, Map.class)
                .process(JsonRoute::toId);
    }

    abstract String uri(URI server);

    private static void toRequest(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setBody(Map.of(
                "phone", message.removeHeader(PHONE), "messageType", "text", "body", message.getBody(String.class)));
    }

    private static void toId(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        message.setBody(Api.id(message.getBody(Map.class)));
    }
}
