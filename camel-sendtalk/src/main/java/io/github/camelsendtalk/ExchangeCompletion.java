package io.github.camelsendtalk;

import io.github.camelsendtalk.client.SendTalkTransportException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The call of an exchange that waits for its answer; the first run completes the exchange, and no other does. */
final class ExchangeCompletion<T> implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeCompletion.class);

    private final long begin = System.nanoTime();
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final OutcomeRecorder outcomes;
    private final BiConsumer<Exchange, T> onResult;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private @Nullable T result;
    private @Nullable Throwable failure;

    ExchangeCompletion(
            Exchange exchange, AsyncCallback callback, OutcomeRecorder outcomes, BiConsumer<Exchange, T> onResult) {
        this.exchange = exchange;
        this.callback = callback;
        this.outcomes = outcomes;
        this.onResult = onResult;
    }

    synchronized void answered(@Nullable T value, @Nullable Throwable thrown) {
        result = value;
        failure = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    }

    /** Completes the exchange, unless that was done before. */
    @Override
    public void run() {
        if (claimed.compareAndSet(false, true)) {
            try {
                bind();
                log();
            } finally {
                callback.done(false);
            }
        }
    }

    private synchronized void bind() {
        try {
            if (result == null && failure == null) {
                failure = stopped();
            }
            if (failure == null) {
                outcomes.succeeded(exchange);
                onResult.accept(exchange, result);
            } else {
                outcomes.failed(exchange, failure);
            }
        } catch (Throwable e) {
            exchange.setException(e);
        }
    }

    private void log() {
        if (LOG.isDebugEnabled()) {
            Exception thrown = exchange.getException();
            LOG.debug(
                    "sendtalk:{} ended with {} after {} ms, message id {}",
                    outcomes.operation(),
                    thrown == null ? "success" : thrown.getClass().getSimpleName(),
                    (System.nanoTime() - begin) / 1_000_000,
                    // of a failure it is what the user gave, and may be anything
                    thrown == null ? exchange.getMessage().getHeader(SendTalkConstants.MESSAGE_ID) : "unknown");
        }
    }

    private SendTalkTransportException stopped() {
        return new SendTalkTransportException(
                outcomes.operation(), "The component was stopped before the answer came.", true);
    }
}
