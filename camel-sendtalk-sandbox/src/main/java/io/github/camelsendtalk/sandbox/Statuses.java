package io.github.camelsendtalk.sandbox;

import java.time.Duration;
import java.time.InstantSource;

/** Tells the status of a message by its age: pending, then sent, then read. */
final class Statuses {

    /** Codes overtake the other messages: they wait a fifth of the time. */
    private static final int PRIORITY_OF_CODES = 5;

    private final InstantSource clock;
    private final long pendingMillis;
    private final long unreadMillis;

    Statuses(InstantSource clock, Duration sentAfter, Duration readAfter) {
        this.clock = clock;
        this.pendingMillis = sentAfter.toMillis();
        this.unreadMillis = readAfter.toMillis();
    }

    Status of(Entry message) {
        long createdTime = message.createdTime();
        long sentTime =
                createdTime + ("otp".equals(message.messageType()) ? pendingMillis / PRIORITY_OF_CODES : pendingMillis);
        if (message.life() == Entry.Life.PENDING || clock.millis() < sentTime) {
            return Status.pending(createdTime);
        }
        if (message.life() == Entry.Life.FAILED) {
            return Status.failed(createdTime);
        }
        return Status.sent(nameOf(message, sentTime), sentTime, createdTime);
    }

    private String nameOf(Entry message, long sentTime) {
        if (message.life() == Entry.Life.ACKNOWLEDGED) {
            return "acknowledged";
        }
        return clock.millis() < sentTime + unreadMillis ? "sent" : "read";
    }
}
