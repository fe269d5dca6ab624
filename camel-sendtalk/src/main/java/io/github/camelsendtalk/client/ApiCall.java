package io.github.camelsendtalk.client;

import io.github.camelsendtalk.client.http.Answer;
import io.github.camelsendtalk.client.http.AnswerHandler;
import io.github.camelsendtalk.client.http.CallTimeouts;
import io.github.camelsendtalk.client.http.RequestTarget;
import io.github.camelsendtalk.client.http.Transport;
import io.github.camelsendtalk.client.http.TransportFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call of the API: an answer becomes a value or an exception, and a failure of the transport an exception. */
final class ApiCall<T> implements AnswerHandler {

    /** Reads an answer. */
    interface Decoder<T> {
        T decode(Answer answer) throws SendTalkException;
    }

    /**
     * The timeouts of a call, and what a user knows the first one as.
     *
     * @param writeOption the name of the timeout until the request is written
     * @param hint a sentence, with a space in front, on what may help where that has passed; or an empty one
     */
    record NamedTimeouts(CallTimeouts values, String writeOption, String hint) {}

    private final Operation operation;
    private final RequestTarget target;
    private final @Nullable Transport transport;
    private final NamedTimeouts timeouts;
    private final Decoder<T> decoder;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    /** @param transport null while the connections are closed */
    ApiCall(
            Operation operation,
            RequestTarget target,
            @Nullable Transport transport,
            NamedTimeouts timeouts,
            Decoder<T> decoder) {
        this.operation = operation;
        this.target = target;
        this.transport = transport;
        this.timeouts = timeouts;
        this.decoder = decoder;
    }

    CompletionStage<T> start(byte[] body) {
        if (transport == null) {
            failed(TransportFailure.closed(false));
        } else {
            transport.post(target, operation.path(), body, timeouts.values(), this);
        }
        return result;
    }

    @Override
    public void answered(Answer answer) {
        try {
            result.complete(decoder.decode(answer));
        } catch (SendTalkException e) {
            result.completeExceptionally(e);
        } catch (Throwable e) {
            fail(true, () -> TransportFailure.broken(e, true));
        }
    }

    @Override
    public void failed(TransportFailure failure) {
        fail(failure.mayHaveLeft(), () -> failure);
    }

    private void fail(boolean mayHaveLeft, Supplier<TransportFailure> failure) {
        try {
            result.completeExceptionally(exception(failure.get()));
        } catch (Throwable e) {
            // such as a lack of memory: nobody else would end the call
            result.completeExceptionally(lastResort(mayHaveLeft, e));
        }
    }

    private Throwable lastResort(boolean mayHaveLeft, Throwable thrown) {
        try {
            return new SendTalkTransportException(operation, "The call failed.", mayHaveLeft);
        } catch (Throwable e) {
            return thrown;
        }
    }

    private SendTalkTransportException exception(TransportFailure failure) {
        SendTalkTransportException exception =
                switch (failure.kind()) {
                    case NOT_WRITTEN_IN_TIME ->
                        timeout(
                                "no connection was free or could be made",
                                timeouts.values().write(),
                                timeouts.writeOption(),
                                failure,
                                timeouts.hint());
                    case NO_ANSWER_IN_TIME ->
                        timeout("no whole answer came", timeouts.values().answer(), "requestTimeout", failure, "");
                    case BROKEN -> broken(failure);
                };
        if (failure.cause() != null) {
            exception.addSuppressed(failure.cause());
        }
        return exception;
    }

    private SendTalkTimeoutException timeout(
            String what, Duration timeout, String option, TransportFailure failure, String hint) {
        return new SendTalkTimeoutException(
                "SendTalk at %s%s: %s within %d ms (%s, %s). %s%s"
                        .formatted(
                                target,
                                throughProxy(),
                                what,
                                timeout.toMillis(),
                                operation,
                                option,
                                operation.advice(failure.mayHaveLeft()),
                                hint),
                ErrorDetails.of(operation, null),
                failure.mayHaveLeft());
    }

    private SendTalkTransportException broken(TransportFailure failure) {
        String what = failure.mayHaveLeft()
                ? "The connection to SendTalk at %s%s broke"
                : "SendTalk at %s could not be reached%s";
        return new SendTalkTransportException(
                (what + " (%s, %s). %s")
                        .formatted(
                                target,
                                throughProxy(),
                                operation,
                                failure.why(),
                                operation.advice(failure.mayHaveLeft())),
                ErrorDetails.of(operation, null),
                failure.mayHaveLeft());
    }

    private String throughProxy() {
        String proxy = transport == null ? null : transport.proxy();
        return proxy == null ? "" : " through the proxy " + proxy;
    }
}
