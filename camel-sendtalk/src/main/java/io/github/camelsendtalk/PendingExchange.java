package io.github.camelsendtalk;

import io.github.camelsendtalk.client.SendTalkTransportException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** An exchange that waits for its answer; whoever runs it first completes it, and nobody does a second time. */
final class PendingExchange<T> implements Runnable {

    private final Exchange exchange;
    private final AsyncCallback callback;
    private final SendTalkOperation operation;
    private final BiConsumer<Exchange, T> onResult;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private @Nullable T result;
    private @Nullable Throwable failure;

    PendingExchange(
            Exchange exchange, AsyncCallback callback, SendTalkOperation operation, BiConsumer<Exchange, T> onResult) {
        this.exchange = exchange;
        this.callback = callback;
        this.operation = operation;
        this.onResult = onResult;
    }

    synchronized void answered(@Nullable T value, @Nullable Throwable thrown) {
        result = value;
        failure = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    }

    /** Completes the exchange, unless somebody else did or does. */
    @Override
    public void run() {
        if (claimed.compareAndSet(false, true)) {
            bind();
            callback.done(false);
        }
    }

    private synchronized void bind() {
        try {
            if (result != null) {
                onResult.accept(exchange, result);
            } else {
                SendTalkBinding.failed(exchange, failure != null ? failure : stopped());
            }
        } catch (Throwable e) {
            exchange.setException(e);
        }
    }

    private SendTalkTransportException stopped() {
        return new SendTalkTransportException(
                operation.name(), "The component was stopped before the answer came.", true);
    }
}
