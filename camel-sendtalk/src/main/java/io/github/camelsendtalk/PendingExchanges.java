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

    private final Set<ExchangeCompletion<?>> pending = ConcurrentHashMap.newKeySet();
    private final Executor executor;

    PendingExchanges(Executor executor) {
        this.executor = executor;
    }

    <T> void completeWhenDone(CompletionStage<T> answer, ExchangeCompletion<T> call) {
        pending.add(call);
        answer.whenComplete((result, failure) -> {
            call.answered(result, failure);
            executor.execute(() -> complete(call));
        });
    }

    private void complete(ExchangeCompletion<?> call) {
        pending.remove(call);
        call.run();
    }

    int count() {
        return pending.size();
    }

    /** Completes what is left, once nothing else will. */
    void close() {
        pending.forEach(this::complete);
    }
}
