package io.github.camelsendtalk.ledger.comparison;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.SendTalkConstants;
import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;

/** This project's component. */
final class SendTalk implements Contender {

    static final String ACCEPTED = """
            {"status":200,"error":{"code":"","message":"","field":""},"data":{"success":true,"message":"","reason":"","id":"1"}}""";
    static final String REFUSED = """
            {"status":400,"error":{"code":"40002","message":"Invalid","field":"phone"},"data":{}}""";

    @Override
    public String title() {
        return "camel-sendtalk";
    }

    @Override
    public String accepted(Letter letter) {
        return ACCEPTED;
    }

    @Override
    public String refused() {
        return REFUSED;
    }

    @Override
    public RouteBuilder route(Target target) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                SendTalkComponent component = getContext().getComponent("sendtalk", SendTalkComponent.class);
                component.getConfiguration().setApiKey(target.secret());
                component.setBaseUrl(target.baseUrl());

                from(ENTRY)
                        .setHeader(SendTalkConstants.PHONE, header(RECIPIENT))
                        .to("sendtalk:send" + target.options());
            }
        };
    }

    @Override
    public String deadlineOption(Duration deadline) {
        return "requestTimeout=" + deadline.toMillis();
    }
}
