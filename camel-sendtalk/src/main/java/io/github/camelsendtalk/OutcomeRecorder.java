package io.github.camelsendtalk;

import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.SendTalkException;
import org.apache.camel.Exchange;

/** Tells exchanges of an endpoint, and the counts of its component, how calls ended. */
final class OutcomeRecorder {

    private final Operation operation;
    private final SendCounts counts;

    OutcomeRecorder(Operation operation, SendCounts counts) {
        this.operation = operation;
        this.counts = counts;
    }

    Operation operation() {
        return operation;
    }

    void succeeded(Exchange exchange) {
        if (operation == Operation.send) {
            counts.countAccepted();
        }
        AttemptCounter.succeeded(exchange, this);
    }

    /** Leaves the message as it was, but for the time that Camel's redelivery of this failure is asked to wait. */
    void failed(Exchange exchange, Throwable failure) {
        if (operation == Operation.send) {
            counts.countFailure(failure);
        }
        exchange.setException(failure);
        if (failure instanceof SendTalkException known) {
            AttemptCounter.failed(exchange, this, known);
            RetryDelay.set(exchange, known);
        }
    }
}
