package io.github.camelsendtalk.ledger.comparison;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.whatsapp.WhatsAppComponent;
import org.apache.camel.component.whatsapp.model.TextMessage;
import org.apache.camel.component.whatsapp.model.TextMessageRequest;
import org.jspecify.annotations.Nullable;

/** Meta's WhatsApp API, with camel-whatsapp. */
final class WhatsApp implements Contender {

    @Override
    public String title() {
        return "camel-whatsapp";
    }

    @Override
    public String accepted(Letter letter) {
        return """
                {"messaging_product":"whatsapp","contacts":[{"input":"%s","wa_id":"%s"}],"messages":[{"id":"wamid.1"}]}""".formatted(letter.recipient(), letter.recipient());
    }

    @Override
    public String refused() {
        return """
                {"error":{"message":"(#100) Invalid parameter","type":"OAuthException","code":100,"fbtrace_id":"1"}}""";
    }

    @Override
    public RouteBuilder route(Target target) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                WhatsAppComponent component = getContext().getComponent("whatsapp", WhatsAppComponent.class);
                component.setAuthorizationToken(target.secret());
                component.setBaseUri(target.baseUrl());

                from(ENTRY).process(WhatsApp::toRequest).to("whatsapp:123456789012345" + target.options());
            }
        };
    }

    private static void toRequest(Exchange exchange) {
        Message message = exchange.getMessage();
        TextMessage text = new TextMessage();
        text.setBody(message.getBody(String.class));
        TextMessageRequest request = new TextMessageRequest();
        request.setTo(message.getHeader(RECIPIENT, String.class));
        request.setText(text);
        message.setBody(request);
    }

    @Override
    public @Nullable String deadlineOption(Duration deadline) {
        return null;
    }
}
