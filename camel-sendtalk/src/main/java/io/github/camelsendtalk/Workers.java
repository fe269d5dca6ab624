package io.github.camelsendtalk;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The threads on which routes go on after an answer.
 *
 * <p>A pool of Camel's grows only when its queue is full. Ours has few threads, because most routes end a few microseconds
 * after the answer; but where all of them are held up by a slow step for {@link #PATIENCE}, it gets more of them, so that
 * answers of other exchanges don't wait. With virtual threads, or a pool of the user's, there is nothing to grow.
 */
final class Workers {

    static final int USUAL_THREADS = 8;
    static final int MOST_THREADS = 256;
    static final Duration PATIENCE = Duration.ofMillis(100);

    private final ExecutorService pool;
    private final Timer timer;
    private final boolean grows;
    private final AtomicBoolean watching = new AtomicBoolean();

    /** Runs a task later, on a thread that must not be blocked. */
    interface Timer {
        void schedule(Runnable task, Duration delay);
    }

    Workers(ExecutorService pool, Timer timer, boolean grows) {
        this.pool = pool;
        this.timer = timer;
        this.grows = grows && pool instanceof ThreadPoolExecutor;
    }

    /** @param task is run by a worker, or by this thread where none takes it; so that it may be run twice at the end */
    void execute(Runnable task) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
            return;
        }
        if (pool.isShutdown()) {
            // a pool with the policy CallerRuns drops what it gets after its end without a word
            task.run();
        } else if (grows) {
            watch((ThreadPoolExecutor) pool);
        }
    }

    private void watch(ThreadPoolExecutor threads) {
        if (!threads.getQueue().isEmpty() && watching.compareAndSet(false, true)) {
            lookAgain(threads);
        }
    }

    private void lookAgain(ThreadPoolExecutor threads) {
        long completed = threads.getCompletedTaskCount();
        try {
            timer.schedule(() -> grow(threads, completed), PATIENCE);
        } catch (RejectedExecutionException e) {
            watching.set(false);
        }
    }

    private void grow(ThreadPoolExecutor threads, long completedBefore) {
        int waiting = threads.getQueue().size();
        if (waiting == 0) {
            threads.setCorePoolSize(USUAL_THREADS);
            watching.set(false);
            watch(threads);
            return;
        }
        if (threads.getCompletedTaskCount() == completedBefore) {
            threads.setCorePoolSize(Math.min(threads.getPoolSize() + waiting, MOST_THREADS));
        }
        lookAgain(threads);
    }
}
