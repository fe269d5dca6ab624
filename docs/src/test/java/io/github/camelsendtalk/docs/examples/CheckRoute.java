package io.github.camelsendtalk.docs.examples;

import org.apache.camel.builder.RouteBuilder;

/** Sends to whom is on WhatsApp, and leaves the others to another step. */
public class CheckRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("direct:remind")
                .toV("sendtalk:check?phoneRegion=ID", null, "onWhatsApp")
                .choice()
                .when(variable("onWhatsApp"))
                .to("sendtalk:send?phoneRegion=ID")
                .otherwise()
                .to("direct:letter");
        // end::route[]
    }
}
