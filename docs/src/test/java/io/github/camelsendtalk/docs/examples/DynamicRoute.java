package io.github.camelsendtalk.docs.examples;

import org.apache.camel.builder.RouteBuilder;

/** Takes recipient and type from the message, through one endpoint. */
public class DynamicRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("direct:notify").toD("sendtalk:send?phone=${header.to}&messageType=${header.kind}&phoneRegion=ID");
        // end::route[]
    }
}
