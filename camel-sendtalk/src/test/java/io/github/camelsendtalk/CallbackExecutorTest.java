package io.github.camelsendtalk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each step is run once, whatever the others do and whatever is left of threads. */
@Timeout(30)
class CallbackExecutorTest {

    private static final int STEPS = 1_000;
    private static final int ROUNDS = 50_000;

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Test
    void stepsThatWaitForAllOthersEnd() throws Exception {
        Executor executor = new CallbackExecutor(threads, threads);
        CountDownLatch allHaveBegun = new CountDownLatch(STEPS);
        CountDownLatch allHaveEnded = new CountDownLatch(STEPS);

        for (int i = 0; i < STEPS; i++) {
            executor.execute(() -> {
                allHaveBegun.countDown();
                awaitQuietly(allHaveBegun);
                allHaveEnded.countDown();
            });
        }

        allHaveEnded.await();
    }

    @Test
    void aStepThatFailsHoldsUpNoOther() throws Exception {
        Executor executor = new CallbackExecutor(task -> threads.submit(task), task -> {
            throw new AssertionError("needless");
        });
        CountDownLatch others = new CountDownLatch(STEPS);

        for (int i = 0; i < STEPS; i++) {
            executor.execute(() -> {
                throw new IllegalStateException("failed");
            });
            executor.execute(others::countDown);
        }

        others.await();
    }

    @Test
    void withNoThreadLeftWhoBringsAStepRunsIt() throws Exception {
        Executor none = task -> {
            throw new InternalError("no thread left");
        };
        Executor executor = new CallbackExecutor(none, none);
        AtomicInteger run = new AtomicInteger();
        AtomicInteger missing = new AtomicInteger();
        CyclicBarrier round = new CyclicBarrier(2, () -> missing.addAndGet(2 - run.getAndSet(0)));
        Callable<Void> bringer = () -> {
            for (int i = 0; i < ROUNDS; i++) {
                executor.execute(run::incrementAndGet);
                round.await();
            }
            return null;
        };

        for (Future<Void> ended : threads.invokeAll(List.of(bringer, bringer))) {
            ended.get();
        }

        assertThat(missing).hasValue(0);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
