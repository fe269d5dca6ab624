package io.github.camelsendtalk.client.http;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;

/**
 * The steps of one exchange: to wait for a place in the pool, to connect, to use the connection. A call that has ended
 * cancels them at once, whatever they are doing, but for the making of a connection: that goes on, within its own time, and
 * keeps its place, so that there are never more sockets than places; and who waits next finds an open connection.
 *
 * <p>HttpClient itself cancels the step that it learned of last. That is the finished wait, not the exchange, where a
 * connection was free at once; the connection would then stay in use until the server answers.
 */
final class CancellableSteps implements CancellableDependency {

    private final HttpCallContext context;
    private final Queue<Cancellable> steps = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    CancellableSteps(HttpCallContext context) {
        this.context = context;
    }

    @Override
    public void setDependency(Cancellable step) {
        steps.add(step);
        if (cancelled.get() && !context.isConnecting()) {
            step.cancel();
        }
    }

    @Override
    public boolean isCancelled() {
        return cancelled.get();
    }

    @Override
    public boolean cancel() {
        boolean first = cancelled.compareAndSet(false, true);
        if (!context.isConnecting()) {
            steps.forEach(Cancellable::cancel);
        }
        return first;
    }
}
