package io.github.camelsendtalk.docs.examples;

import org.apache.camel.builder.RouteBuilder;

/** Sends an image, whose body is its URL. */
public class ImageRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("direct:menu")
                .setBody(constant("https://www.example.com/menu/today.jpg"))
                .to("sendtalk:send?messageType=image&filename=menu.jpg&caption=Menu of today&phoneRegion=ID");
        // end::route[]
    }
}
