package io.github.camelsendtalk.docs.examples;

import org.apache.camel.builder.RouteBuilder;

/** Sends a one-time code; the caller sets the header CamelSendTalkPhone. */
public class CodeRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("direct:code")
                .setBody(simple("Your code is ${body}. It is valid for 5 minutes."))
                .to("sendtalk:send?messageType=otp&phoneRegion=ID")
                .log("Queued as ${body}");
        // end::route[]
    }
}
