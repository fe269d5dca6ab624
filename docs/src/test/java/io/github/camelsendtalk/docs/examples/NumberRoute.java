package io.github.camelsendtalk.docs.examples;

import io.github.camelsendtalk.client.PhoneNumbers;
import org.apache.camel.builder.RouteBuilder;

/** Reads a customer's number as a send would, before it is stored. */
public class NumberRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        String numbers = PhoneNumbers.class.getName();
        from("direct:sign-up")
                .toV("class:" + numbers + "?method=read(${body[phone]}, 'ID')", null, "number")
                .log("${bean:type:" + numbers + "?method=mask(${variable.number})} signed up")
                .to("direct:store");
        // end::route[]
    }
}
