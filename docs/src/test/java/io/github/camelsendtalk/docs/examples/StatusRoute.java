package io.github.camelsendtalk.docs.examples;

import org.apache.camel.builder.RouteBuilder;

/** Sends a message and waits until it is no longer pending. */
public class StatusRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("direct:tell")
                .to("sendtalk:send?phoneRegion=ID")
                .to("sendtalk:status?awaitTimeout=60s&pollInterval=1s")
                .choice()
                .when(header("CamelSendTalkIsSent"))
                .to("direct:sent")
                .when(header("CamelSendTalkIsPending"))
                .to("direct:still-pending")
                .otherwise()
                .to("direct:not-sent");
        // end::route[]
    }
}
