package io.github.camelsendtalk.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/** An exchange on its way, with no thread that waits for it and with the calls of its callback counted. */
public final class AsyncSend {

    public final Exchange exchange;
    public final AtomicInteger done = new AtomicInteger();
    public final CompletableFuture<Exchange> end = new CompletableFuture<>();

    public AsyncSend(CamelContext context, AsyncProcessor processor, Object body) {
        exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        processor.process(exchange, sync -> {
            done.incrementAndGet();
            end.complete(exchange);
        });
    }

    public Exchange ended() throws Exception {
        return end.get(20, TimeUnit.SECONDS);
    }

    /** It ended once, as a success with this body. */
    public void assertResult(Object body) throws Exception {
        assertThat(ended().getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(body);
        assertThat(done).hasValue(1);
    }
}
