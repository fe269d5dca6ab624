package io.github.camelsendtalk.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that can be stepped forward, and that stands still where it stands on a fixed one. */
final class SandboxClock implements InstantSource {

    private static final Duration LONGEST_STEP = Duration.ofDays(3650);

    private final InstantSource base;
    private Duration stepped = Duration.ZERO;

    SandboxClock(InstantSource base) {
        this.base = base;
    }

    @Override
    public synchronized Instant instant() {
        return base.instant().plus(stepped);
    }

    synchronized void step(Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST_STEP) > 0) {
            throw new IllegalArgumentException("The clock steps forward, at most " + LONGEST_STEP.toDays()
                    + " days at a time, not by " + duration);
        }
        stepped = stepped.plus(duration);
    }

    synchronized void reset() {
        stepped = Duration.ZERO;
    }
}
