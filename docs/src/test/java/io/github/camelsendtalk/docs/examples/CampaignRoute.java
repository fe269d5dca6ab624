package io.github.camelsendtalk.docs.examples;

import io.github.camelsendtalk.client.SendTalkAuthenticationException;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkInsufficientBalanceException;
import org.apache.camel.builder.RouteBuilder;

/** Sends a text for each row of a table, each of which is a map with id, phone and name. */
public class CampaignRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        // without a key or money no other row can be sent either
        onException(SendTalkAuthenticationException.class, SendTalkInsufficientBalanceException.class)
                .logContinued(false)
                .continued(true)
                .bean("stopped", "set(true)")
                .bean("begunRows", "remove(${header.row})")
                .to("direct:row-failed");

        // any other failure: on with the next row
        onException(SendTalkException.class)
                .retryWhile(simple("${exception.retryable} == true && ${exception.attempts} < 3"))
                .asyncDelayedRedelivery()
                .redeliveryDelay(1000)
                .useExponentialBackOff()
                .backOffMultiplier(2)
                .logContinued(false)
                .continued(true)
                .filter(simple("${exception.outcomeUnknown} == false"))
                .bean("begunRows", "remove(${header.row})")
                .end()
                .to("direct:row-failed");

        from("direct:campaign")
                .bean("stopped", "set(false)")
                .split(body())
                .streaming()
                .parallelProcessing()
                .throttle(20)
                .concurrentRequestsMode()
                .filter(simple("${bean:stopped?method=get} == false"))
                .setHeader("row", simple("${body[id]}"))
                .idempotentConsumer(header("row"))
                .idempotentRepository("begunRows")
                .removeOnFailure(false)
                .setHeader("CamelSendTalkPhone", simple("${body[phone]}"))
                .setBody(simple("Hello ${body[name]}, our shop opens on Monday."))
                .to("sendtalk:send?phoneRegion=ID")
                .filter(header("CamelSendTalkMessageId"))
                .to("direct:row-sent");
        // end::route[]
    }
}
