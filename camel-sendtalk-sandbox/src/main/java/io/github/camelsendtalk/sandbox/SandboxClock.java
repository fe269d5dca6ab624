package io.github.camelsendtalk.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that can be stepped forward, and that stands still where it stands on a fixed one. */
final class SandboxClock implements InstantSource {

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
        if (duration.isNegative()) {
            throw new IllegalArgumentException("The clock steps forward only, not by " + duration);
        }
        stepped = stepped.plus(duration);
    }

    synchronized void reset() {
        stepped = Duration.ZERO;
    }
}
