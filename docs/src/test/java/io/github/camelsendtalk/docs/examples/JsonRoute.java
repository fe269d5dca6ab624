package io.github.camelsendtalk.docs.examples;

import org.apache.camel.builder.RouteBuilder;

/** Takes the whole message from JSON. */
public class JsonRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("direct:json").unmarshal().json().to("sendtalk:send?phoneRegion=ID");
        // end::route[]
    }
}
