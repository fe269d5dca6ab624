package io.github.camelsendtalk.ledger.comparison;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;

/** The SendTalk API by hand, with camel-http. */
final class Http implements Contender {

    private final Consumer<HttpComponent> settings;

    Http() {
        this(component -> {});
    }

    Http(Consumer<HttpComponent> settings) {
        this.settings = settings;
    }

    @Override
    public String title() {
        return "camel-http";
    }

    @Override
    public String accepted(Letter letter) {
        return SendTalk.ACCEPTED;
    }

    @Override
    public String refused() {
        return SendTalk.REFUSED;
    }

    @Override
    public RouteBuilder route(Target target) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                settings.accept(getContext().getComponent("http", HttpComponent.class));

                from(ENTRY)
                        .setBody(simple(
                                "{\"phone\":\"${header.recipient}\",\"messageType\":\"text\",\"body\":\"${body}\"}"))
                        .removeHeaders("*")
                        .setHeader(Exchange.HTTP_METHOD, constant("POST"))
                        .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                        .setHeader("API-Key", constant(target.secret()))
                        .to(target.baseUrl() + "/api/v1/message/send_whatsapp" + target.options());
            }
        };
    }

    @Override
    public String deadlineOption(Duration deadline) {
        return "responseTimeout=" + deadline.toMillis();
    }
}
