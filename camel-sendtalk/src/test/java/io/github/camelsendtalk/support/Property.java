package io.github.camelsendtalk.support;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.function.Executable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Property a promise on random inputs, each of which can be made again from the seed and its number.
 *
 * <p>Without options: the given number of tries, the same ones each time. {@code -Dfuzz.time=5m} goes on for so long,
 * from a new seed; {@code -Dfuzz.seed=S} gives the seed, and {@code -Dfuzz.first=N} the number of the first try.
 */
public final class Property {

    private static final Logger LOG = LoggerFactory.getLogger(Property.class);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Spreads the numbers of the tries over all seeds: 2^64 divided by the golden ratio. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private Property() {}

    /** One try: makes an input from what is random, and throws where the promise is broken. */
    @FunctionalInterface
    public interface Try {
        void run(Random random) throws Exception;
    }

    /** Work whose cost is asked for. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws Exception;
    }

    /** @param atLeast the number of tries where no time is given */
    public static void holds(String promise, int atLeast, Try promised) {
        long seed = Long.getLong("fuzz.seed", time().isZero() ? 1 : new Random().nextLong());
        long first = Long.getLong("fuzz.first", 0);
        long start = System.nanoTime();
        LOG.info("{}: -Dfuzz.seed={}", promise, seed);
        long number = first;
        while (number - first < atLeast || System.nanoTime() - start < time().toNanos()) {
            one(promise, seed, number++, promised);
        }
        LOG.info(
                "{}: {} tries in {} ms, none broke it",
                promise,
                number - first,
                (System.nanoTime() - start) / 1_000_000);
    }

    private static void one(String promise, long seed, long number, Try promised) {
        try {
            promised.run(new Random(seed + number * SPREAD));
        } catch (Exception | Error e) {
            throw new AssertionError(
                    "%s is broken: -Dfuzz.seed=%d -Dfuzz.first=%d: %s".formatted(promise, seed, number, e), e);
        }
    }

    private static Duration time() {
        String time = System.getProperty("fuzz.time", "0s");
        return Duration.parse("PT" + time.toUpperCase(Locale.ROOT));
    }

    /** Runs what takes some milliseconds, and gives it up after a time that no busy machine needs for it. */
    public static void soon(Executable work) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), work);
    }

    /** What the work gives, or an error if it takes more memory, freed or not, than it may. */
    public static <T> T within(long bytes, Work<T> work) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            return work.run();
        } finally {
            long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (taken > bytes) {
                throw new AssertionError("%,d bytes were taken, %,d at most were promised".formatted(taken, bytes));
            }
        }
    }
}
