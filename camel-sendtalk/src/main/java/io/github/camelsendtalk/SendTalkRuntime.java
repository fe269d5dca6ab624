package io.github.camelsendtalk;

import io.github.camelsendtalk.client.SendTalkConnections;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.camel.spi.ExecutorServiceManager;
import org.jspecify.annotations.Nullable;

/** What a component uses from a start to the stop after it, beside the connections. */
final class SendTalkRuntime implements Scheduler, AutoCloseable {

    private final SendTalkConnections connections;
    private final ExecutorServiceManager threads;
    private final @Nullable ExecutorService ownPool;
    private final Executor callbackExecutor;
    private final PendingExchanges pendingExchanges;

    /**
     * @param connections are open, and closed before this is
     * @param source what Camel's management names the pool after
     * @param workerPool the caller-supplied pool, which is never shut down, or null
     */
    SendTalkRuntime(
            SendTalkConnections connections,
            ExecutorServiceManager threads,
            Object source,
            @Nullable ExecutorService workerPool) {
        this.connections = connections;
        this.threads = threads;
        this.ownPool = workerPool == null ? threads.newCachedThreadPool(source, "SendTalkWorker") : null;
        Executor newThreads =
                step -> threads.newThread("SendTalkOverflow", step).start();
        this.callbackExecutor = workerPool == null
                ? new CallbackExecutor(ownPool, newThreads)
                : new CallerSuppliedPool(workerPool, newThreads, connections::schedule);
        this.pendingExchanges = new PendingExchanges(callbackExecutor);
    }

    PendingExchanges pendingExchanges() {
        return pendingExchanges;
    }

    /** Runs a task later, where routes go on after an answer. */
    @Override
    public Future<?> schedule(Runnable task, Duration delay) {
        return connections.schedule(() -> callbackExecutor.execute(task), delay);
    }

    /** Waits for the routes that go on, as long as Camel's shutdown lets it, and completes what is left. */
    @Override
    public void close() {
        if (ownPool != null) {
            threads.shutdownGraceful(ownPool);
        }
        pendingExchanges.close();
    }
}
