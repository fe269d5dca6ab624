package io.github.camelsendtalk.ledger;

import io.github.camelsendtalk.client.SendTalkException;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;

/** A route for each way, with the recipe for repeating and the one for campaigns, and routes around these for the journeys. */
final class Routes extends RouteBuilder {

    /** Headers: the number of the message that is being sent, and its way. */
    static final String ROW = "row";

    static final String WAY = "way";

    /** A property that names the recipient; without it a header does. */
    static final String RECIPIENT = "recipient";

    private static final String ON_ITS_WAY = "direct:${header.way}?block=false&failIfNoConsumers=true";
    private static final String STATUS = "%s:status?awaitTimeout=300&pollInterval=50";

    private final Sender sender;
    private final BegunRows begunRows;

    Routes(Sender sender, BegunRows begunRows) {
        this.sender = sender;
        this.begunRows = begunRows;
    }

    static String entry(Journey journey) {
        return "direct:journey-%s?block=false&failIfNoConsumers=true".formatted(journey);
    }

    @Override
    public void configure() {
        onException(SendTalkException.class)
                .retryWhile(simple("${exception.retryable} == true && ${exception.attempts} < 3"))
                .asyncDelayedRedelivery()
                .redeliveryDelay(50)
                .logExhausted(false)
                .logRetryAttempted(false)
                .filter(simple("${exception.outcomeUnknown} == false"))
                .process(exchange -> begunRows.remove(exchange.getMessage().getHeader(ROW, String.class)));

        for (Way way : Way.values()) {
            from("direct:" + way)
                    .routeId(way.name())
                    // an overload gets past the throttle that would prevent it
                    .throttle(way == Way.OVERLOADED ? Sender.OVERLOAD : Sender.AT_ONCE)
                    .concurrentRequestsMode()
                    .idempotentConsumer(header(ROW), begunRows)
                    .removeOnFailure(false)
                    .choice()
                    .when(exchangeProperty(RECIPIENT).isNull())
                    .to(way.component() + ":send")
                    .otherwise()
                    .toD(way.component() + ":send?phone=${exchangeProperty.recipient}")
                    .end()
                    .process(Routes::beSlow)
                    .process(exchange -> {});
        }
        for (Journey journey : Journey.values()) {
            // what fails on its way was repeated there
            ProcessorDefinition<?> route =
                    from(entry(journey)).errorHandler(noErrorHandler()).toD(ON_ITS_WAY);
            goOn(journey, route);
        }
    }

    private void goOn(Journey journey, ProcessorDefinition<?> route) {
        switch (journey) {
            case PLAIN, LEFTOVERS, SECOND -> {}
            case TWICE, ID_AS_TEXT -> route.process(sender::goOnToSecond).toD(ON_ITS_WAY);
            case STATUS ->
                route.filter(Sender::hasId)
                        .doTry()
                        .toD(STATUS.formatted("${exchangeProperty.component}"))
                        .process(sender::writeStatusDown)
                        .doCatch(SendTalkException.class)
                        .process(exchange -> sender.statusFailed())
                        .end();
            case STATUS_IN_A_STEP -> {
                ProducerTemplate template = getContext().createProducerTemplate();
                route.filter(Sender::hasId).process(exchange -> askAndWait(exchange, template));
            }
        }
    }

    /** Blocks its thread until the answer is there. */
    private void askAndWait(Exchange exchange, ProducerTemplate template) {
        String component = exchange.getProperty(Sender.COMPONENT, String.class);
        Exchange question = template.request(
                STATUS.formatted(component),
                asked -> asked.getMessage().setHeaders(exchange.getMessage().getHeaders()));
        if (question.getException() == null) {
            sender.writeStatusDown(question);
        } else {
            sender.statusFailed();
        }
    }

    /** Sometimes takes longer than a context waits when it stops; Camel then refuses the step after it. */
    private static void beSlow(Exchange exchange) {
        if (exchange.getMessage().getHeader(ROW, Integer.class) % 1_000 == 500) {
            LockSupport.parkNanos(3_000_000_000L);
        }
    }
}
