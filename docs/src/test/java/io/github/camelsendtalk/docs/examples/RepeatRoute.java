package io.github.camelsendtalk.docs.examples;

import io.github.camelsendtalk.client.SendTalkException;
import org.apache.camel.builder.RouteBuilder;

/** Repeats what is safe to repeat, three requests at most. */
public class RepeatRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        onException(SendTalkException.class)
                .retryWhile(simple("${exception.retryable} == true && ${exception.attempts} < 3"))
                .asyncDelayedRedelivery()
                .redeliveryDelay(1000)
                .useExponentialBackOff()
                .backOffMultiplier(2);

        from("direct:reminder").to("sendtalk:send?phoneRegion=ID");
        // end::route[]
    }
}
