package io.github.camelsendtalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pool of workers grows with the steps that wait, not with the time that each takes. */
@Timeout(30)
class WorkersTest {

    private static final int TASKS = 100;

    @AutoClose("shutdownNow")
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            Workers.USUAL_THREADS, Workers.MOST_THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

    private final Queue<Runnable> looks = new ConcurrentLinkedQueue<>();
    private final Workers workers = new Workers(pool, Thread::new, (task, delay) -> looks.add(task), true);
    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger begun = new AtomicInteger();

    private void step() {
        begun.incrementAndGet();
        mayEnd.acquireUninterruptibly();
    }

    private void executeAll() {
        for (int i = 0; i < TASKS; i++) {
            workers.execute(this::step);
        }
        await().untilAsserted(() -> assertThat(begun).hasValue(Workers.USUAL_THREADS));
    }

    private void end(int steps) {
        mayEnd.release(steps - (int) pool.getCompletedTaskCount());
        await().untilAsserted(() -> assertThat(pool.getCompletedTaskCount()).isEqualTo(steps));
    }

    @Test
    void stepsThatEndButNotFastEnoughGetAThreadEach() {
        executeAll();
        end(3 * Workers.USUAL_THREADS);
        looks.remove().run();
        end(6 * Workers.USUAL_THREADS);

        looks.remove().run();

        await().untilAsserted(() -> assertThat(begun).hasValue(TASKS));
    }

    @Test
    void aLongQueueOfStepsThatOnlyComputeGetsNoMoreThreads() {
        int fast = Workers.USUAL_THREADS * (int) Workers.PATIENCE.toMillis();
        for (int i = 0; i < 3 * fast; i++) {
            workers.execute(this::step);
        }
        end(1);
        looks.remove().run();
        end(1 + fast);

        looks.remove().run();

        assertThat(pool.getPoolSize()).isEqualTo(Workers.USUAL_THREADS);
        mayEnd.release(3 * fast);
    }

    @Test
    void stepsThatEndedWhileOthersCameNeedNoMoreThreads() {
        executeAll();
        end(TASKS - 1);
        for (int i = 0; i < TASKS; i++) {
            workers.execute(this::step);
        }

        looks.remove().run();

        assertThat(pool.getPoolSize()).isEqualTo(Workers.USUAL_THREADS);
        assertThat(looks).as("a look later").hasSize(1);
        mayEnd.release(2 * TASKS);
    }

    @Test
    void whereNothingWaitsThePoolIsAsSmallAsBefore() {
        executeAll();
        looks.remove().run();
        await().untilAsserted(() -> assertThat(begun).hasValue(TASKS));
        end(TASKS);

        looks.remove().run();

        assertThat(pool.getCorePoolSize()).isEqualTo(Workers.USUAL_THREADS);
        assertThat(looks).isEmpty();
    }
}
