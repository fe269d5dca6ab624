package io.github.camelsendtalk;

import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.SendTalkException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;

/** Records how the calls of an endpoint ended: in their exchanges, and in the counts of the component. */
final class OutcomeRecorder {

    private final Endpoint endpoint;
    private final Operation operation;
    private final SendCounts counts;

    OutcomeRecorder(Endpoint endpoint, Operation operation, SendCounts counts) {
        this.endpoint = endpoint;
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
        AttemptCounter.succeeded(exchange, endpoint);
    }

    /** Leaves the message as it was, but for the time that Camel's redelivery of this failure is asked to wait. */
    void failed(Exchange exchange, Throwable failure) {
        if (operation == Operation.send) {
            counts.countFailure(failure);
        }
        exchange.setException(failure);
        if (failure instanceof SendTalkException known) {
            AttemptCounter.failed(exchange, endpoint, known);
            RetryDelay.set(exchange, known);
        }
    }
}
