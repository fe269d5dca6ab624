package io.github.camelsendtalk.client;

import io.github.camelsendtalk.client.SendTalkConnections.Pool;
import io.github.camelsendtalk.client.SendTalkConnections.ProxyLogin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.cookie.StandardCookieSpec;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.ByteArrayBuffer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way. It ends once: with the decoded answer, with the failure of the connection, when one of its two
 * bounds has passed, or when the connections are closed, whichever comes first; the connection of a call that ends early
 * is dropped.
 *
 * <p>The first bound lasts until the HTTP client takes the request's content, the second from then on. One timer serves
 * both: it is set for the first, and set again where it finds that the content was taken.
 */
final class HttpCall<T> {

    /** Reads an answer. */
    interface Decoder<T> {
        T decode(Answer answer) throws SendTalkException;
    }

    /** Where the request's content is; once it was taken, the message may have left. */
    private enum Content {
        /** Waits for an open connection. */
        WAITS,
        /** Has one, and is written next. */
        HANDED_OVER,
        MAY_HAVE_LEFT,
        KEPT_BACK
    }

    /**
     * How long a call may take.
     *
     * @param write until its request is written
     * @param writeName what a user knows this bound as
     * @param hint what may help where it has passed, behind a blank, or nothing
     * @param answer from then on, to the last byte of the answer
     */
    record Bounds(Duration write, String writeName, String hint, Duration answer) {

        /** Whether the timer that was set for the first bound would come too late for the second. */
        boolean answerIsShorter() {
            return answer.compareTo(write) < 0;
        }
    }

    /** How long after its bound a connection is dropped that could not be dropped when the bound had passed. */
    private static final Duration AFTER_BOUND = Duration.ofSeconds(1);

    private final SendTalkConnections connections;
    private final String operation;
    private final HttpHost host;
    private final Bounds bounds;
    private final Decoder<T> decoder;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    /** Decided once: the HTTP client takes the request's content, or the call ends before that and keeps it back. */
    private final AtomicReference<Content> content = new AtomicReference<>(Content.WAITS);

    private volatile long writtenAt;
    private volatile boolean dropConnection;
    private volatile @Nullable Pool pool;
    private volatile @Nullable Future<?> exchange;
    private volatile @Nullable Future<?> timer;

    HttpCall(SendTalkConnections connections, String operation, HttpHost host, Bounds bounds, Decoder<T> decoder) {
        this.connections = connections;
        this.operation = operation;
        this.host = host;
        this.bounds = bounds;
        this.decoder = decoder;
    }

    CompletableFuture<T> result() {
        return result;
    }

    void start(HttpRequest request, byte[] body) {
        Pool current = connections.pool();
        pool = current;
        connections.calls().add(this);
        try {
            if (current == null) {
                close();
                return;
            }
            request.setHeader(HttpHeaders.USER_AGENT, current.userAgent());
            setTimer(current, bounds.write().toNanos());
            exchange = current.http()
                    .execute(new Request(request, body), new Response(), null, context(current), new Completion());
            if (current != connections.pool()) {
                close();
            }
        } catch (Throwable e) {
            fail(e);
        }
        if (result.isDone()) {
            release();
        }
    }

    boolean isDone() {
        return result.isDone();
    }

    /** Ends the call because the connections are closed. */
    void close() {
        failWith(transport("the connections were closed"));
    }

    private void setTimer(Pool current, long nanos) {
        Future<?> before = timer;
        try {
            timer = current.schedule(this::checkBounds, nanos);
        } catch (RejectedExecutionException e) {
            close();
        }
        cancel(before);
        if (result.isDone()) {
            cancel(timer);
        }
    }

    private void checkBounds() {
        if (result.isDone()) {
            return;
        }
        if (content.compareAndSet(Content.WAITS, Content.KEPT_BACK)) {
            failWith(notWrittenInTime());
            return;
        }
        long left = writtenAt + bounds.answer().toNanos() - System.nanoTime();
        if (left > 0) {
            setTimer(pool, left);
        } else {
            failWith(timeout("no whole answer came", bounds.answer(), "requestTimeout", "", !keepBackUnlessLeft()));
        }
    }

    private SendTalkTimeoutException notWrittenInTime() {
        return timeout(
                "no connection was free or could be made", bounds.write(), bounds.writeName(), bounds.hint(), false);
    }

    /**
     * Hands the content over to an open connection, which takes it as soon as an I/O thread comes to it. The first bound ends
     * here: a call that found its connection at the last moment would else break it again.
     *
     * @return false if the call has ended
     */
    boolean handOver(CallContext context) {
        context.setConnecting(false);
        if (pool.proxy() != null) {
            context.setRequestConfig(requestConfig(pool, bounds.answer()));
        }
        return moveOn(Content.WAITS, Content.HANDED_OVER);
    }

    /** Starts the second bound with what the content goes to, if it was where it should be. */
    private boolean moveOn(Content from, Content to) {
        // set before it counts: who finds the content there reads since when
        writtenAt = System.nanoTime();
        boolean moved = content.compareAndSet(from, to);
        if (moved && from == Content.WAITS && bounds.answerIsShorter()) {
            setTimer(pool, bounds.answer().toNanos());
        }
        return moved;
    }

    private SendTalkTimeoutException timeout(
            String what, Duration bound, String option, String hint, boolean mayHaveLeft) {
        return new SendTalkTimeoutException(
                "SendTalk at %s%s: %s within %d ms (%s, %s). %s%s"
                        .formatted(
                                host,
                                throughProxy(),
                                what,
                                bound.toMillis(),
                                operation,
                                option,
                                advice(mayHaveLeft),
                                hint),
                ErrorDetails.of(operation, null),
                mayHaveLeft);
    }

    private String throughProxy() {
        Pool current = pool;
        HttpHost proxy = current == null ? null : current.proxy();
        return proxy == null ? "" : " through the proxy " + proxy.toHostString();
    }

    /** Whatever fails, an error such as a lack of memory too, is said with what is known of the message. */
    private void fail(Throwable cause) {
        if (cause instanceof HasEnded && !result.isDone()) {
            // its bound has kept the content back, and comes second
            failWith(notWrittenInTime());
            return;
        }
        String name = cause.getClass().getSimpleName();
        if (quotesTheAnswer(cause)) {
            failWith(transport(name));
            return;
        }
        SendTalkTransportException failure =
                transport(cause.getMessage() == null ? name : name + ": " + cause.getMessage());
        failure.addSuppressed(cause);
        failWith(failure);
    }

    /** Whether a failure's text may hold a piece of a malformed answer, which we never show. */
    private static boolean quotesTheAnswer(Throwable cause) {
        return cause instanceof HttpException || cause instanceof MalformedChunkCodingException;
    }

    private SendTalkTransportException transport(String why) {
        boolean mayHaveLeft = !keepBackUnlessLeft();
        String what =
                mayHaveLeft ? "The connection to SendTalk at %s%s broke" : "SendTalk at %s could not be reached%s";
        return new SendTalkTransportException(
                (what + " (%s, %s). %s").formatted(host, throughProxy(), operation, why, advice(mayHaveLeft)),
                ErrorDetails.of(operation, null),
                mayHaveLeft);
    }

    /** Sees to it that the message does not leave from now on; false if it may have left already. */
    private boolean keepBackUnlessLeft() {
        content.compareAndSet(Content.WAITS, Content.KEPT_BACK);
        content.compareAndSet(Content.HANDED_OVER, Content.KEPT_BACK);
        return content.get() == Content.KEPT_BACK;
    }

    private String advice(boolean mayHaveLeft) {
        if (!operation.equals("send")) {
            return "Asking again is safe.";
        }
        return mayHaveLeft
                ? "The message may have been taken all the same: do not repeat it blindly."
                : "Nothing was sent: repeating is safe.";
    }

    private void answer(Answer answer) {
        if (answer.httpStatus() != HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED && keepBackUnlessLeft()) {
            failWith(transport("the proxy answered with HTTP " + answer.httpStatus()));
            return;
        }
        try {
            T value = decoder.decode(answer);
            if (result.complete(value)) {
                release();
            }
        } catch (SendTalkException e) {
            if (result.completeExceptionally(e)) {
                release();
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void failWith(SendTalkException failure) {
        dropConnection = true;
        if (result.completeExceptionally(failure)) {
            release();
        }
    }

    /** Forgets the call, its timer, and its connection unless that has done its work and can serve another call. */
    private void release() {
        connections.calls().remove(this);
        cancel(timer);
        if (dropConnection) {
            cancel(exchange);
        }
    }

    /** Ends the connection of a call that has ended. */
    private static final class HasEnded extends IOException {

        private static final long serialVersionUID = 1L;

        HasEnded() {
            super("The call has ended");
        }
    }

    private interface Step {
        void take() throws IOException;
    }

    /** An error would end the I/O thread, and leave its other calls without an answer. */
    private void takeStep(Step step) throws IOException {
        try {
            step.take();
        } catch (Error e) {
            fail(e);
            throw new IOException("The call has ended", e);
        }
    }

    /** Ends the connection of a call that has ended, where HttpClient goes on with it. */
    private void requireOpen() throws IOException {
        if (result.isDone()) {
            throw new HasEnded();
        }
    }

    private static void cancel(@Nullable Future<?> future) {
        if (future != null) {
            future.cancel(false);
        }
    }

    private HttpClientContext context(Pool current) {
        CallContext context = new CallContext(this);
        ProxyLogin login = current.proxyLogin();
        if (login != null) {
            context.setAuthExchange(login.proxy(), login.exchange());
        }
        // a proxy that is asked for a tunnel has as long as the call may wait; handOver sets the other bound
        context.setRequestConfig(requestConfig(current, current.proxy() == null ? bounds.answer() : bounds.write()));
        return context;
    }

    /** Switches off for this request what may repeat or redirect it in a client that somebody else made. */
    private RequestConfig requestConfig(Pool current, Duration answerWithin) {
        return RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.DISABLED)
                .setResponseTimeout(Timeout.of(answerWithin.plus(AFTER_BOUND)))
                .setAuthenticationEnabled(current.proxyLogin() != null || isTunnelOfSomebodyElse(current))
                .setTargetPreferredAuthSchemes(List.of())
                .setRedirectsEnabled(false)
                .setExpectContinueEnabled(false)
                .setContentCompressionEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setCookieSpec(StandardCookieSpec.IGNORE)
                .build();
    }

    /**
     * Whether a proxy of a client that somebody else made may be logged in to: the request for a tunnel carries no message
     * and may be repeated. A plain request may not: HttpClient would drop the answer that asks for a login.
     */
    private boolean isTunnelOfSomebodyElse(Pool current) {
        return current.owned() == null && URIScheme.HTTPS.same(host.getSchemeName());
    }

    private final class Request extends BasicRequestProducer {

        Request(HttpRequest request, byte[] body) {
            super(request, new BasicAsyncEntityProducer(body, ContentType.APPLICATION_JSON));
        }

        @Override
        public void produce(DataStreamChannel channel) throws IOException {
            Content before = content.get();
            if (before == Content.WAITS || before == Content.HANDED_OVER) {
                moveOn(before, Content.MAY_HAVE_LEFT);
            }
            if (content.get() == Content.KEPT_BACK) {
                throw new HasEnded();
            }
            takeStep(() -> super.produce(channel));
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }
    }

    /** Collects the answer, and stops at the first byte too many. */
    private final class Response implements AsyncResponseConsumer<Answer> {

        private static final int USUAL_BYTES = 256;

        private final ByteArrayBuffer body = new ByteArrayBuffer(USUAL_BYTES);
        private int httpStatus;
        private @Nullable String retryAfter;
        private @Nullable FutureCallback<Answer> done;

        @Override
        public void consumeResponse(
                HttpResponse response,
                @Nullable EntityDetails entity,
                HttpContext context,
                FutureCallback<Answer> callback)
                throws IOException {
            requireOpen();
            done = callback;
            takeStep(() -> begin(response, entity));
        }

        private void begin(HttpResponse response, @Nullable EntityDetails entity) {
            httpStatus = response.getCode();
            Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
            retryAfter = header == null ? null : header.getValue();
            if (entity == null) {
                end();
            } else if (entity.getContentLength() > Answer.MAX_BYTES) {
                tooLarge();
            }
        }

        @Override
        public void informationResponse(HttpResponse response, HttpContext context) throws IOException {
            requireOpen();
        }

        @Override
        public void updateCapacity(CapacityChannel capacity) throws IOException {
            capacity.update(Integer.MAX_VALUE);
        }

        @Override
        public void consume(ByteBuffer bytes) throws IOException {
            requireOpen();
            takeStep(() -> collect(bytes));
        }

        private void collect(ByteBuffer bytes) {
            if (body.length() + bytes.remaining() > Answer.MAX_BYTES) {
                bytes.position(bytes.limit());
                tooLarge();
                return;
            }
            body.append(bytes);
        }

        @Override
        public void streamEnd(@Nullable List<? extends Header> trailers) throws IOException {
            takeStep(this::end);
        }

        private void end() {
            done.completed(new Answer(httpStatus, body.toByteArray(), retryAfter));
        }

        private void tooLarge() {
            dropConnection = true;
            answer(new Answer(httpStatus, null, retryAfter));
        }

        @Override
        public void failed(Exception cause) {}

        @Override
        public void releaseResources() {}
    }

    private final class Completion implements FutureCallback<Answer> {

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
}
