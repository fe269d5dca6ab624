package io.github.camelsendtalk;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which routes go on after an answer.
 *
 * <p>A pool of Camel's grows only when its queue is full. Ours has few threads, because most routes end a few microseconds
 * after the answer; but where answers that wait are not all done within {@link #PATIENCE}, because slow steps hold the threads
 * up, it gets more of them. With virtual threads, or a pool of the user's, there is nothing to grow; where the
 * user's pool is full, a task gets a thread of its own, because the thread at hand brings other answers or ends other calls.
 */
final class Workers {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    static final int USUAL_THREADS = 4;
    static final int MOST_THREADS = 256;
    static final Duration PATIENCE = Duration.ofMillis(100);

    /** From how many milliseconds on, on average, a step is one that waits for something. */
    static final int SLOW_MILLIS = 2;

    private final ExecutorService pool;
    private final ThreadFactory overflow;
    private final Timer timer;
    private final boolean grows;
    private final AtomicBoolean watching = new AtomicBoolean();

    /** Runs a task later, on a thread that must not be blocked. */
    interface Timer {
        void schedule(Runnable task, Duration delay);
    }

    Workers(ExecutorService pool, ThreadFactory overflow, Timer timer, boolean grows) {
        this.pool = pool;
        this.overflow = overflow;
        this.timer = timer;
        this.grows = grows && pool instanceof ThreadPoolExecutor;
    }

    /** @param task is run by a worker, by a thread of its own, or at the end by this thread; it may be run twice then */
    void execute(Runnable task) {
        try {
            pool.execute(grows ? task : notOn(Thread.currentThread(), task));
        } catch (Throwable e) {
            // full, shut down, or out of threads: whatever it is, nobody else will run the task
            overflow(task);
            return;
        }
        if (pool.isShutdown()) {
            // a pool with the policy CallerRuns drops what it gets after its end without a word
            task.run();
        } else if (grows) {
            watch((ThreadPoolExecutor) pool);
        }
    }

    /** A full pool with the policy CallerRuns would run the task on the thread that brings it. */
    private Runnable notOn(Thread caller, Runnable task) {
        return () -> {
            if (Thread.currentThread() == caller) {
                overflow(task);
            } else {
                task.run();
            }
        };
    }

    private void overflow(Runnable task) {
        if (pool.isShutdown()) {
            task.run();
            return;
        }
        try {
            overflow.newThread(task).start();
        } catch (Throwable e) {
            task.run();
        }
    }

    private void watch(ThreadPoolExecutor threads) {
        if (!threads.getQueue().isEmpty() && watching.compareAndSet(false, true)) {
            lookAgain(threads);
        }
    }

    private void lookAgain(ThreadPoolExecutor threads) {
        long completed = threads.getCompletedTaskCount();
        long due = completed + threads.getQueue().size();
        try {
            timer.schedule(() -> grow(threads, completed, due), PATIENCE);
        } catch (RejectedExecutionException e) {
            watching.set(false);
        }
    }

    /**
     * Adds threads where what waited at the last look is not all done, because the threads were held up: a burst of steps that
     * only compute would not end sooner.
     *
     * @param completedBefore how many tasks were done at the last look
     * @param due how many will be, at the least, once those are done that waited then
     */
    private void grow(ThreadPoolExecutor threads, long completedBefore, long due) {
        int waiting = threads.getQueue().size();
        if (waiting == 0) {
            threads.setCorePoolSize(USUAL_THREADS);
            watching.set(false);
            watch(threads);
            return;
        }
        long completed = threads.getCompletedTaskCount();
        boolean slow = completed - completedBefore < threads.getPoolSize() * PATIENCE.toMillis() / SLOW_MILLIS;
        if (completed < due && slow) {
            addThreads(threads, waiting);
        }
        lookAgain(threads);
    }

    private static void addThreads(ThreadPoolExecutor threads, int more) {
        try {
            threads.setCorePoolSize(Math.min(threads.getPoolSize() + more, MOST_THREADS));
        } catch (OutOfMemoryError | IllegalArgumentException e) {
            // the second where somebody has lowered the pool's maximum, which Camel's JMX allows
            LOG.warn("No more threads can be started for answers: {}", e.getMessage());
        }
    }
}
