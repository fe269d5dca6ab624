package io.github.camelsendtalk.client.http;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends a call when one of its two timeouts has passed. The first lasts until the HTTP client takes the request's content, the
 * second from then on. One timer serves both: it is set for the first, and set again where it finds that the content was taken.
 */
final class CallDeadline {

    private final CallTimeouts timeouts;
    private final ContentGate content;
    private final ScheduledExecutorService timer;
    private final Consumer<TransportFailure> onExpiry;
    private volatile boolean cancelled;
    private volatile @Nullable Future<?> task;

    CallDeadline(
            CallTimeouts timeouts,
            ContentGate content,
            ScheduledExecutorService timer,
            Consumer<TransportFailure> onExpiry) {
        this.timeouts = timeouts;
        this.content = content;
        this.timer = timer;
        this.onExpiry = onExpiry;
    }

    void start() {
        setTimer(timeouts.write().toNanos());
    }

    /** Begins the second timeout; the timer that was set for the first may come too late for it. */
    void handedOver() {
        if (timeouts.answer().compareTo(timeouts.write()) < 0) {
            setTimer(timeouts.answer().toNanos());
        }
    }

    void cancel() {
        cancelled = true;
        cancel(task);
    }

    private void setTimer(long nanos) {
        Future<?> before = task;
        try {
            task = timer.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            onExpiry.accept(TransportFailure.closed(!content.keepBackUnlessLeft()));
        }
        cancel(before);
        if (cancelled) {
            cancel(task);
        }
    }

    private void check() {
        if (cancelled) {
            return;
        }
        if (content.keepBackIfWaiting()) {
            onExpiry.accept(TransportFailure.notWrittenInTime());
            return;
        }
        long left = content.handedOverAt() + timeouts.answer().toNanos() - System.nanoTime();
        if (left > 0) {
            setTimer(left);
        } else {
            onExpiry.accept(TransportFailure.noAnswerInTime(!content.keepBackUnlessLeft()));
        }
    }

    private static void cancel(@Nullable Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
