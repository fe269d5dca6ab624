package io.github.camelsendtalk.benchmark;

import java.io.IOException;
import java.net.URI;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.whatsapp.WhatsAppComponent;
import org.apache.camel.component.whatsapp.model.MessageResponse;
import org.apache.camel.component.whatsapp.model.TextMessage;
import org.apache.camel.component.whatsapp.model.TextMessageRequest;
import org.apache.camel.model.RouteDefinition;

/** Meta's WhatsApp API, with camel-whatsapp. */
final class WhatsAppRoute extends CamelRoute {

    @Override
    void prepare(CamelContext context, URI server) {
        WhatsAppComponent component = context.getComponent("whatsapp", WhatsAppComponent.class);
        component.setAuthorizationToken(API_KEY);
        component.setBaseUri(server.toString());
    }

    @Override
    void addSteps(RouteDefinition route, URI server) {
        route.process(WhatsAppRoute::toRequest).to("whatsapp:123456789012345").process(WhatsAppRoute::toId);
    }

    private static void toRequest(Exchange exchange) {
        Message message = exchange.getMessage();
        TextMessage text = new TextMessage();
        text.setBody(message.getBody(String.class));
        TextMessageRequest request = new TextMessageRequest();
        request.setTo((String) message.removeHeader(PHONE));
        request.setText(text);
        message.setBody(request);
    }

    private static void toId(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        MessageResponse response = message.getBody(MessageResponse.class);
        if (response.getMessages() == null || response.getMessages().isEmpty()) {
            throw new IOException("No success");
        }
        message.setBody(response.getMessages().get(0).getId());
    }
}
