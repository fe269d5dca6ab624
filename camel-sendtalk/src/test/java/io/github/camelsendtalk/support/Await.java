package io.github.camelsendtalk.support;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits until something is so, but not for ever. */
public final class Await {

    private Await() {}

    public static void until(Callable<Boolean> condition) {
        until(Duration.ofMillis(2), condition);
    }

    /** Waits for something that costs too much to be looked at all the time. */
    public static void until(Duration pollInterval, Callable<Boolean> condition) {
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .pollDelay(Duration.ZERO)
                .pollInterval(pollInterval)
                .atMost(Duration.ofSeconds(30))
                .until(condition);
    }
}
