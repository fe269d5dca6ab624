package io.github.camelsendtalk.client.http;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hc.client5.http.async.HttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way. It ends once: with an answer, with the failure of the connection, when its deadline has
 * passed, or when the connections are closed, whichever comes first; the connection of a call that ends early is dropped.
 */
final class HttpCall implements CallEvents, FutureCallback<Answer> {

    private final AnswerHandler handler;
    private final Consumer<HttpCall> onEnd;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ContentGate content = new ContentGate();
    private final CallDeadline deadline;

    private volatile boolean dropConnection;
    private volatile @Nullable Future<?> exchange;

    /** @param onEnd is called once the call has ended */
    HttpCall(CallTimeouts timeouts, AnswerHandler handler, ScheduledExecutorService timer, Consumer<HttpCall> onEnd) {
        this.handler = handler;
        this.onEnd = onEnd;
        this.deadline = new CallDeadline(timeouts, content, timer, this::failWith);
    }

    void start(HttpAsyncClient http, HttpRequest request, byte[] body, Supplier<HttpContext> context) {
        try {
            deadline.start();
            exchange = http.execute(
                    new GatedRequest(request, body, this), new AnswerCollector(this), null, context.get(), this);
        } catch (Throwable e) {
            fail(e);
        }
        if (hasEnded()) {
            release();
        }
    }

    @Override
    public boolean hasEnded() {
        return ended.get();
    }

    /** Ends the call because the connections are closed. */
    void close() {
        failWith(TransportFailure.closed(!content.keepBackUnlessLeft()));
    }

    @Override
    public boolean handOver() {
        boolean open = content.handOver();
        if (open) {
            deadline.handedOver();
        }
        return open;
    }

    @Override
    public boolean takeContent() {
        // a caller-supplied client has no step that hands it over
        handOver();
        return content.take();
    }

    @Override
    public void completed(Answer answer) {
        if (answer.httpStatus() != HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED && content.keepBackUnlessLeft()) {
            failWith(TransportFailure.broken("the proxy answered with HTTP " + answer.httpStatus(), false));
        } else if (ended.compareAndSet(false, true)) {
            end(() -> handler.answered(answer));
        }
    }

    @Override
    public void answerTooLong(Answer answer) {
        dropConnection = true;
        completed(answer);
    }

    @Override
    public void fail(Throwable cause) {
        if (cause instanceof HasEndedException && !hasEnded()) {
            // its deadline has kept the content back, and comes second
            failWith(TransportFailure.notWrittenInTime());
        } else {
            failWith(TransportFailure.broken(cause, !content.keepBackUnlessLeft()));
        }
    }

    private void failWith(TransportFailure failure) {
        if (ended.compareAndSet(false, true)) {
            dropConnection = true;
            end(() -> handler.failed(failure));
        }
    }

    private void end(Runnable tell) {
        try {
            tell.run();
        } finally {
            release();
        }
    }

    /** Forgets the call, its timer, and its connection unless that has done its work and can serve another call. */
    private void release() {
        onEnd.accept(this);
        deadline.cancel();
        Future<?> running = exchange;
        if (dropConnection && running != null) {
            running.cancel(false);
        }
    }

    @Override
    public void failed(Exception cause) {
        fail(cause);
    }

    @Override
    public void cancelled() {
        fail(new CancellationException("the request was cancelled"));
    }
}
