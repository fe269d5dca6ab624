package io.github.camelsendtalk.docs.examples;

import org.apache.camel.builder.RouteBuilder;

/** Sends a text for a row of a table, which is a map. */
public class RowRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("direct:row")
                .setHeader("phone", simple("${body[phone]}"))
                .setBody(simple("Hello ${body[name]}, your parcel arrives today."))
                .to("sendtalk:send?phoneRegion=ID");
        // end::route[]
    }
}
