package io.github.camelsendtalk;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The exchanges whose answer is not there yet.
 *
 * <p>An answer arrives on an I/O thread and is handed to a worker, because the rest of the route may be slow and would hold
 * up other calls.
 */
final class PendingExchanges {

    private final Set<PendingExchange<?>> pending = ConcurrentHashMap.newKeySet();
    private final Executor executor;

    PendingExchanges(Executor executor) {
        this.executor = executor;
    }

    <T> void await(CompletionStage<T> answer, PendingExchange<T> exchange) {
        pending.add(exchange);
        answer.whenComplete((result, failure) -> {
            exchange.answered(result, failure);
            executor.execute(() -> complete(exchange));
        });
    }

    private void complete(PendingExchange<?> exchange) {
        pending.remove(exchange);
        exchange.run();
    }

    int count() {
        return pending.size();
    }

    /** Completes what is left, once nothing else will. */
    void close() {
        pending.forEach(this::complete);
    }
}
