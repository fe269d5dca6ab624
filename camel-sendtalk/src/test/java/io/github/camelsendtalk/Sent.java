package io.github.camelsendtalk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/** An exchange on its way, with no thread that waits for it and with the calls of its callback counted. */
final class Sent {

    final Exchange exchange;
    final AtomicInteger done = new AtomicInteger();
    final CompletableFuture<Exchange> end = new CompletableFuture<>();

    Sent(CamelContext context, AsyncProcessor processor, Object body) {
        exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        processor.process(exchange, sync -> {
            done.incrementAndGet();
            end.complete(exchange);
        });
    }

    Exchange ended() throws Exception {
        return end.get(20, TimeUnit.SECONDS);
    }
}
