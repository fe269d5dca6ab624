package io.github.camelsendtalk.ledger.comparison;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A message, and the key or token that it is sent with; nothing else contains any of the three. */
record Letter(String secret, String recipient, String text) {

    private static final AtomicInteger COUNT = new AtomicInteger();

    static Letter next() {
        return ofSender("key-" + UUID.randomUUID());
    }

    /** Another message of the same sender. */
    Letter another() {
        return ofSender(secret);
    }

    private static Letter ofSender(String secret) {
        return new Letter(secret, "62812%08d".formatted(COUNT.incrementAndGet()), "Kode " + UUID.randomUUID());
    }
}
