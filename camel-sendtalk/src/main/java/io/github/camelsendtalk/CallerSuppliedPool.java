package io.github.camelsendtalk;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs steps in the pool of the option {@code workerPool}, which may have fewer threads than there are steps, refuse them, or
 * run them on the caller's thread. A step that has not begun there within a second is begun by a thread of ours.
 */
final class CallerSuppliedPool implements Executor {

    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

    private final ExecutorService pool;
    private final Executor newThreads;
    private final Scheduler scheduler;
    private final Queue<Step> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    /** @param scheduler runs tasks on a thread that must not be blocked */
    CallerSuppliedPool(ExecutorService pool, Executor newThreads, Scheduler scheduler) {
        this.pool = pool;
        this.newThreads = newThreads;
        this.scheduler = scheduler;
    }

    @Override
    public void execute(Runnable task) {
        Step step = new Step(task);
        boolean taken = CallbackExecutor.isTakenBy(pool, step);
        if (!taken || pool.isShutdown()) {
            // a pool with the policy CallerRuns silently drops what it gets after its shutdown
            runOnNewThread(step);
        } else if (!step.hasBegun()) {
            waiting.add(step);
            look();
        }
    }

    private void runOnNewThread(Runnable task) {
        if (!CallbackExecutor.isTakenBy(newThreads, task)) {
            // the JVM has no thread left: the exchange ends all the same
            task.run();
        }
    }

    private void look() {
        if (looking.compareAndSet(false, true)) {
            try {
                scheduler.schedule(this::beginOverdue, LOOK_INTERVAL);
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
                    runOnNewThread(first);
                }
            }
        } finally {
            looking.set(false);
            if (!waiting.isEmpty()) {
                look();
            }
        }
    }

    /** A task that is begun once, by the first thread that comes to it. */
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
                runOnNewThread(task);
            } else {
                task.run();
            }
        }
    }
}
