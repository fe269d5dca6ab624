package io.github.camelsendtalk.docs.examples;

import org.apache.camel.builder.RouteBuilder;

/** Takes the recipient from where the route says, and from nowhere else. */
public class GuardedRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("direct:signed-in")
                .setHeader("CamelSendTalkPhone", simple("${exchangeProperty.customerPhone}"))
                .to("sendtalk:send?messageType=otp&phoneRegion=ID&plainHeaders=false");
        // end::route[]
    }
}
