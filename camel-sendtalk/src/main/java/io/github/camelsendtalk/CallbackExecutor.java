package io.github.camelsendtalk;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which routes go on after an answer.
 *
 * <p>What a route does next may block for any time, also on another answer of this component. So no step waits for a step:
 * our own pool hands each to a thread that is free, or to a new one. A pool of the user's may be full: a step that
 * has not begun there within a second is begun by a thread of ours.
 *
 * <p>No step runs on the thread that brings it, which is an I/O thread or the timer and has other calls to serve.
 */
final class CallbackExecutor implements Executor {

    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

    private final ExecutorService pool;
    private final ThreadFactory threads;
    private final @Nullable Timer timer;
    private final Queue<Step> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    /** Runs a task later, on a thread that must not be blocked. */
    interface Timer {
        void schedule(Runnable task, Duration delay);
    }

    private CallbackExecutor(ExecutorService pool, ThreadFactory threads, @Nullable Timer timer) {
        this.pool = pool;
        this.threads = threads;
        this.timer = timer;
    }

    /** @param pool has a thread for each step, as cached pools and virtual threads do */
    static CallbackExecutor on(ExecutorService pool, ThreadFactory threads) {
        return new CallbackExecutor(pool, threads, null);
    }

    /** @param pool may have fewer threads than there are steps, refuse them, or run them on the caller's thread */
    static CallbackExecutor onCallerSupplied(ExecutorService pool, ThreadFactory threads, Timer timer) {
        return new CallbackExecutor(pool, threads, timer);
    }

    @Override
    public void execute(Runnable task) {
        if (timer == null) {
            handOver(task);
            return;
        }
        Step step = new Step(task);
        handOver(step);
        if (pool.isShutdown()) {
            // a pool with the policy CallerRuns drops what it gets after its end without a word
            startThread(step);
        } else if (!step.hasBegun()) {
            waiting.add(step);
            look();
        }
    }

    private void handOver(Runnable step) {
        try {
            pool.execute(step);
        } catch (Throwable e) {
            // full, shut down, or out of threads: whatever it is, nobody else will run the step
            startThread(step);
        }
    }

    private void startThread(Runnable step) {
        try {
            threads.newThread(step).start();
        } catch (Throwable e) {
            // the JVM has no thread left: the exchange ends all the same
            step.run();
        }
    }

    private void look() {
        if (looking.compareAndSet(false, true)) {
            try {
                timer.schedule(this::beginOverdue, LOOK_INTERVAL);
            } catch (RejectedExecutionException e) {
                // the component stops, and completes what is left itself
                looking.set(false);
            }
        }
    }

    private void beginOverdue() {
        try {
            for (Step first = waiting.peek(); first != null && first.waitsNoLonger(); first = waiting.peek()) {
                waiting.poll();
                if (!first.hasBegun()) {
                    startThread(first);
                }
            }
        } finally {
            looking.set(false);
            if (!waiting.isEmpty()) {
                look();
            }
        }
    }

    /** A task that is begun once, by whoever comes first. */
    private final class Step implements Runnable {

        private final Runnable task;
        private final Thread caller = Thread.currentThread();
        private final long since = System.nanoTime();
        private final AtomicBoolean begun = new AtomicBoolean();

        Step(Runnable task) {
            this.task = task;
        }

        boolean hasBegun() {
            return begun.get();
        }

        /** Whether it has begun, or should have. */
        boolean waitsNoLonger() {
            return hasBegun() || System.nanoTime() - since >= MAX_WAIT.toNanos();
        }

        @Override
        public void run() {
            if (!begun.compareAndSet(false, true)) {
                return;
            }
            if (Thread.currentThread() == caller) {
                // a full pool with the policy CallerRuns
                startThread(task);
            } else {
                task.run();
            }
        }
    }
}
