package io.github.camelsendtalk.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a promise against random inputs, each of which can be made again from the seed and its number.
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

    /**
     * @param atLeast the number of tries where no time is given
     * @param promised one try: makes an input from what is random, and throws where the promise is broken
     */
    public static void holds(String promise, int atLeast, ThrowingConsumer<Random> promised) {
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

    private static void one(String promise, long seed, long number, ThrowingConsumer<Random> promised) {
        try {
            promised.accept(new Random(seed + number * SPREAD));
        } catch (Throwable e) {
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

    /** Runs what may take so much memory, freed or not. */
    public static void within(long bytes, Executable work) throws Throwable {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.execute();
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                .as("bytes taken")
                .isLessThanOrEqualTo(bytes);
    }
}
