package io.github.camelsendtalk.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A clock that can be stepped forward, and that otherwise stands still if it is frozen. */
final class SandboxClock implements InstantSource {

    /** Far from where times in milliseconds overflow. */
    static final Duration LONGEST = Duration.ofDays(3650);

    private final @Nullable Instant frozenAt;
    private Duration stepped = Duration.ZERO;

    SandboxClock(@Nullable Instant frozenAt) {
        this.frozenAt = frozenAt;
    }

    boolean isFrozen() {
        return frozenAt != null;
    }

    @Override
    public synchronized Instant instant() {
        return (frozenAt == null ? Instant.now() : frozenAt).plus(stepped);
    }

    synchronized void step(Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "The clock steps forward, at most " + LONGEST.toDays() + " days at a time, not by " + duration);
        }
        stepped = stepped.plus(duration);
    }

    synchronized void reset() {
        stepped = Duration.ZERO;
    }
}
