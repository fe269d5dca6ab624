package io.github.camelsendtalk;

import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.SendTalkException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How the calls of a component ended since it was made: how many sends in which way, and the last failure of each type. */
final class EndedCalls {

    private final Map<SendOutcome, LongAdder> sends = new EnumMap<>(SendOutcome.class);

    /** One for each exception of ours, and one for all that should never be. */
    private final Map<Class<?>, Failure> lastFailures = new ConcurrentHashMap<>();

    /** @param message what an exception of ours says, which tells nobody's secrets; null for any other */
    record Failure(
            Instant time,
            Operation operation,
            String type,
            @Nullable String message) {}

    EndedCalls() {
        for (SendOutcome outcome : SendOutcome.values()) {
            sends.put(outcome, new LongAdder());
        }
    }

    void succeeded(Operation operation) {
        count(operation, SendOutcome.accepted);
    }

    void failed(Operation operation, Throwable failure) {
        count(operation, SendOutcome.of(failure));
        boolean known = failure instanceof SendTalkException;
        lastFailures.put(
                known ? failure.getClass() : Throwable.class,
                new Failure(
                        Instant.now(),
                        operation,
                        failure.getClass().getSimpleName(),
                        known ? failure.getMessage() : null));
    }

    private void count(Operation operation, SendOutcome outcome) {
        if (operation == Operation.send) {
            sends.get(outcome).increment();
        }
    }

    long sends(SendOutcome outcome) {
        return sends.get(outcome).sum();
    }

    Collection<Failure> lastFailures() {
        return lastFailures.values();
    }
}
