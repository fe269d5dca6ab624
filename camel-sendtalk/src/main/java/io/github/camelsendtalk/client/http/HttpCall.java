package io.github.camelsendtalk.client.http;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.HttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way. It ends once: with an answer, with the failure of the connection, when one of its two bounds has
 * passed, or when the connections are closed, whichever comes first; the connection of a call that ends early is dropped.
 *
 * <p>The first bound lasts until the HTTP client takes the request's content, the second from then on. One timer serves
 * both: it is set for the first, and set again where it finds that the content was taken.
 */
final class HttpCall implements CallSteps, FutureCallback<Answer> {

    private final Bounds bounds;
    private final Reply reply;
    private final ScheduledExecutorService timer;
    private final Consumer<HttpCall> onEnd;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ContentGate content = new ContentGate();

    private volatile boolean dropConnection;
    private volatile @Nullable Future<?> exchange;
    private volatile @Nullable Future<?> timeout;

    /** @param onEnd is called once the call has ended */
    HttpCall(Bounds bounds, Reply reply, ScheduledExecutorService timer, Consumer<HttpCall> onEnd) {
        this.bounds = bounds;
        this.reply = reply;
        this.timer = timer;
        this.onEnd = onEnd;
    }

    void start(HttpAsyncClient http, HttpRequest request, byte[] body, HttpContext context) {
        try {
            setTimer(bounds.write().toNanos());
            exchange =
                    http.execute(new GatedRequest(request, body, this), new AnswerCollector(this), null, context, this);
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
        failBroken("the connections were closed");
    }

    private void setTimer(long nanos) {
        Future<?> before = timeout;
        try {
            timeout = timer.schedule(this::checkBounds, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            close();
        }
        cancel(before);
        if (hasEnded()) {
            cancel(timeout);
        }
    }

    private void checkBounds() {
        if (hasEnded()) {
            return;
        }
        if (content.keepBackIfWaiting()) {
            failWith(TransportFailure.notWrittenInTime());
            return;
        }
        long left = content.openedAt() + bounds.answer().toNanos() - System.nanoTime();
        if (left > 0) {
            setTimer(left);
        } else {
            failWith(TransportFailure.noAnswerInTime(!content.keepBackUnlessLeft()));
        }
    }

    /**
     * Hands the content over to an open connection, which takes it as soon as an I/O thread comes to it. The first bound ends
     * here: a call that found its connection at the last moment would else break it again.
     *
     * @return false if the call has ended
     */
    boolean handOver() {
        boolean open = content.handOver();
        if (open && bounds.isAnswerShorter()) {
            setTimer(bounds.answer().toNanos());
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
    public void answer(Answer answer) {
        if (answer.httpStatus() != HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED && content.keepBackUnlessLeft()) {
            failBroken("the proxy answered with HTTP " + answer.httpStatus());
        } else if (ended.compareAndSet(false, true)) {
            end(() -> reply.answered(answer));
        }
    }

    @Override
    public void answerTooLong(Answer answer) {
        dropConnection = true;
        answer(answer);
    }

    @Override
    public void fail(Throwable cause) {
        if (cause instanceof HasEndedException && !hasEnded()) {
            // its bound has kept the content back, and comes second
            failWith(TransportFailure.notWrittenInTime());
        } else {
            failWith(TransportFailure.broken(cause, !content.keepBackUnlessLeft()));
        }
    }

    private void failBroken(String why) {
        failWith(TransportFailure.broken(why, !content.keepBackUnlessLeft()));
    }

    private void failWith(TransportFailure failure) {
        dropConnection = true;
        if (ended.compareAndSet(false, true)) {
            end(() -> reply.failed(failure));
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
        cancel(timeout);
        if (dropConnection) {
            cancel(exchange);
        }
    }

    private static void cancel(@Nullable Future<?> future) {
        if (future != null) {
            future.cancel(false);
        }
    }

    @Override
    public void completed(Answer answer) {
        answer(answer);
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
