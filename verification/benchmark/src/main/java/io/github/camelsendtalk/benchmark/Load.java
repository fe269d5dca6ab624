package io.github.camelsendtalk.benchmark;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps so many messages in flight: where one ends, the next begins on the same thread, so that no thread of ours costs
 * anything. A contender that blocks its caller has a thread for each message in flight.
 */
final class Load {

    private static final long FIRST_NUMBER = 62_811_0000_0000L;
    private static final AtomicLong NUMBERS = new AtomicLong(FIRST_NUMBER);
    private static final String TEXT = "Your order 20261124 is on its way and will be with you tomorrow.";
    private static final int DIGITS = 3;
    private static final int MOST_SECONDS = 30;

    private final Contender contender;
    private final CountDownLatch unconnected;
    private final CountDownLatch chains;
    private final Recorder latencies = new Recorder(DIGITS);
    private final LongAdder messages = new LongAdder();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean ending;

    Load(Contender contender, int inFlight) {
        this.contender = contender;
        this.unconnected = new CountDownLatch(inFlight);
        this.chains = new CountDownLatch(inFlight);
        for (int i = 0; i < inFlight; i++) {
            new Thread(new Chain()::next, "load-" + i).start();
        }
    }

    /** Waits until as many messages have ended as are in flight, so that all connections are there. */
    void awaitConnections() throws InterruptedException {
        await(unconnected);
    }

    private static void await(CountDownLatch messages) throws InterruptedException {
        if (!messages.await(MOST_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("%d messages do not end".formatted(messages.getCount()));
        }
    }

    /** The times of the messages that ended since the last call, in nanoseconds. */
    Histogram takeLatencies() {
        return latencies.getIntervalHistogram();
    }

    /**
     * Waits for the messages in flight, and begins no others.
     *
     * @return how many were sent in all
     * @throws IllegalStateException if one was not sent, or does not end
     */
    long end() throws InterruptedException {
        ending = true;
        await(chains);
        if (failure.get() != null) {
            throw new IllegalStateException("A message was not sent", failure.get());
        }
        return messages.sum();
    }

    private final class Chain implements Contender.Sent {

        private final AtomicInteger due = new AtomicInteger();
        private volatile long begin;

        /** Sends the next one; after an answer within the call, not in a call within the call. */
        void next() {
            if (due.getAndIncrement() == 0) {
                do {
                    send();
                } while (due.decrementAndGet() > 0);
            }
        }

        private void send() {
            if (ending) {
                chains.countDown();
                return;
            }
            begin = System.nanoTime();
            try {
                contender.send(Long.toString(NUMBERS.getAndIncrement()), TEXT, this);
            } catch (RuntimeException e) {
                done(null, e);
            }
        }

        @Override
        public void done(@Nullable String id, @Nullable Throwable thrown) {
            latencies.recordValue(System.nanoTime() - begin);
            messages.increment();
            unconnected.countDown();
            if (thrown != null || id == null || id.isEmpty()) {
                failure.compareAndSet(null, thrown != null ? thrown : new IllegalStateException("No id"));
                ending = true;
            }
            next();
        }
    }
}
