package io.github.camelsendtalk;

import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.SendTalkException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;

/** Records how the calls of an endpoint ended: in their exchanges, and in what the component shows. */
final class OutcomeRecorder {

    private final Endpoint endpoint;
    private final Operation operation;
    private final EndedCalls ended;

    OutcomeRecorder(Endpoint endpoint, Operation operation, EndedCalls ended) {
        this.endpoint = endpoint;
        this.operation = operation;
        this.ended = ended;
    }

    Operation operation() {
        return operation;
    }

    void succeeded(Exchange exchange) {
        ended.succeeded(operation);
        AttemptCounter.succeeded(exchange, endpoint);
    }

    /** Leaves the message as it was, but for the time that Camel's redelivery of this failure is asked to wait. */
    void failed(Exchange exchange, Throwable failure) {
        ended.failed(operation, failure);
        exchange.setException(failure);
        if (failure instanceof SendTalkException known) {
            AttemptCounter.failed(exchange, endpoint, known);
            RetryDelay.set(exchange, known);
        }
    }
}
