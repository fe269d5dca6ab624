package io.github.camelsendtalk;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads on which routes go on after an answer.
 *
 * <p>What a route does next may block for any time, also on another answer of this component. So no step waits for a step:
 * as long as one waits, another thread is on its way. Only one at a time is: threads that are at work take the next step
 * themselves, and to wake a thread for each of them costs more than most steps do.
 *
 * <p>No step runs on the thread that brings it, which is an I/O thread or the timer and has other calls to serve.
 */
final class CallbackExecutor implements Executor {

    /** As many threads are enough for steps that only compute: most take some microseconds. */
    private static final int COMPUTE_THREADS = 4;

    /** How long a thread that was woken leaves the steps to those. */
    private static final Duration GRACE = Duration.ofNanos(100_000);

    private final Executor pool;
    private final Executor newThreads;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean waking = new AtomicBoolean();
    private final AtomicInteger working = new AtomicInteger();

    /**
     * @param pool has a thread for whatever it gets, as cached pools and virtual threads do
     * @param newThreads starts a thread for each task, for where the pool is closed
     */
    CallbackExecutor(Executor pool, Executor newThreads) {
        this.pool = pool;
        this.newThreads = newThreads;
    }

    @Override
    public void execute(Runnable step) {
        waiting.add(step);
        wakeThread();
    }

    private void wakeThread() {
        while (!waiting.isEmpty() && waking.compareAndSet(false, true)) {
            if (isTakenBy(pool, this::runWaiting) || isTakenBy(newThreads, this::runWaiting)) {
                return;
            }
            // the JVM has no thread left: the exchange ends all the same
            waking.set(false);
            Runnable step = waiting.poll();
            if (step != null) {
                step.run();
            }
        }
    }

    private void runWaiting() {
        if (working.get() >= COMPUTE_THREADS) {
            // those may be done with it by then; if they wait for something, they are not
            LockSupport.parkNanos(GRACE.toNanos());
        }
        waking.set(false);
        working.incrementAndGet();
        try {
            for (Runnable step = waiting.poll(); step != null; step = waiting.poll()) {
                wakeThread();
                step.run();
            }
        } finally {
            working.decrementAndGet();
        }
    }

    /** Whether an executor takes a task; it does not if it is full, closed, or out of threads. */
    static boolean isTakenBy(Executor executor, Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (Throwable e) {
            return false;
        }
    }
}
