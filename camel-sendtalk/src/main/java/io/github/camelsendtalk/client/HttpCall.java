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
 * One request on its way. It ends once: with the decoded answer, with the failure of the connection, at its deadline, or
 * when the connections are closed, whichever comes first; the connection of a call that ends early is dropped.
 */
final class HttpCall<T> {

    /** Reads an answer. */
    interface Decoder<T> {
        T decode(Answer answer) throws SendTalkException;
    }

    /** Where the request's content is; once it was asked for, the message may have left. */
    private enum Content {
        WAITS,
        MAY_HAVE_LEFT,
        KEPT_BACK
    }

    /** How long after the deadline a connection is dropped that could not be dropped at the deadline. */
    private static final Duration AFTER_DEADLINE = Duration.ofSeconds(1);

    private final SendTalkConnections connections;
    private final String operation;
    private final HttpHost host;
    private final Duration timeout;
    private final Decoder<T> decoder;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    /** Decided once: the HTTP client asks for the request's content, or the call ends before that and keeps it back. */
    private final AtomicReference<Content> content = new AtomicReference<>(Content.WAITS);

    private volatile boolean connectionIsOfNoUse;
    private volatile @Nullable Future<?> exchange;
    private volatile @Nullable Future<?> deadline;

    HttpCall(SendTalkConnections connections, String operation, HttpHost host, Duration timeout, Decoder<T> decoder) {
        this.connections = connections;
        this.operation = operation;
        this.host = host;
        this.timeout = timeout;
        this.decoder = decoder;
    }

    CompletableFuture<T> result() {
        return result;
    }

    void start(HttpRequest request, byte[] body) {
        Pool pool = connections.pool();
        connections.calls().add(this);
        try {
            if (pool == null) {
                close();
                return;
            }
            request.setHeader(HttpHeaders.USER_AGENT, pool.userAgent());
            deadline = pool.schedule(this::timeOut, timeout);
            exchange =
                    pool.http().execute(new Request(request, body), new Response(), null, context(pool), new Ending());
            if (pool != connections.pool()) {
                close();
            }
        } catch (RuntimeException e) {
            fail(e);
        }
        if (result.isDone()) {
            release();
        }
    }

    /** Ends the call because the connections are closed. */
    void close() {
        failWith(transport("the connections were closed"));
    }

    private void timeOut() {
        boolean mayHaveLeft = mayHaveLeft();
        String when = mayHaveLeft ? "no whole answer" : "no connection";
        failWith(new SendTalkTimeoutException(
                "SendTalk at %s gave %s within %d ms (%s). %s"
                        .formatted(host, when, timeout.toMillis(), operation, advice(mayHaveLeft)),
                ErrorDetails.of(operation, null),
                mayHaveLeft));
    }

    private void fail(Exception cause) {
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
    private static boolean quotesTheAnswer(Exception cause) {
        return cause instanceof HttpException || cause instanceof MalformedChunkCodingException;
    }

    private SendTalkTransportException transport(String why) {
        boolean mayHaveLeft = mayHaveLeft();
        String what = mayHaveLeft ? "The connection to SendTalk at %s broke" : "SendTalk at %s could not be reached";
        return new SendTalkTransportException(
                (what + " (%s, %s). %s").formatted(host, operation, why, advice(mayHaveLeft)),
                ErrorDetails.of(operation, null),
                mayHaveLeft);
    }

    /** Says whether the message may have left, and sees to it that it does not do so later if it has not. */
    private boolean mayHaveLeft() {
        content.compareAndSet(Content.WAITS, Content.KEPT_BACK);
        return content.get() == Content.MAY_HAVE_LEFT;
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
        if (answer.httpStatus() != HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED && !mayHaveLeft()) {
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
        }
    }

    private void failWith(SendTalkException failure) {
        connectionIsOfNoUse = true;
        if (result.completeExceptionally(failure)) {
            release();
        }
    }

    /** Forgets the call, its deadline, and its connection unless that has done its work and can serve another call. */
    private void release() {
        connections.calls().remove(this);
        cancel(deadline);
        if (connectionIsOfNoUse) {
            cancel(exchange);
        }
    }

    /** Ends the connection of a call that has ended, where HttpClient goes on with it. */
    private void requireOpen() throws IOException {
        if (result.isDone()) {
            throw new IOException("The call has ended");
        }
    }

    private static void cancel(@Nullable Future<?> future) {
        if (future != null) {
            future.cancel(true);
        }
    }

    /** Switches off for this request what may repeat or redirect it in a client that somebody else made. */
    private HttpClientContext context(Pool pool) {
        HttpClientContext context = HttpClientContext.create();
        ProxyLogin login = pool.proxyLogin();
        if (login != null) {
            context.setAuthExchange(login.proxy(), login.exchange());
        }
        context.setRequestConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.DISABLED)
                .setResponseTimeout(Timeout.of(timeout.plus(AFTER_DEADLINE)))
                .setAuthenticationEnabled(login != null)
                .setRedirectsEnabled(false)
                .setExpectContinueEnabled(false)
                .setContentCompressionEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setCookieSpec(StandardCookieSpec.IGNORE)
                .build());
        return context;
    }

    private final class Request extends BasicRequestProducer {

        Request(HttpRequest request, byte[] body) {
            super(request, new BasicAsyncEntityProducer(body, ContentType.APPLICATION_JSON));
        }

        @Override
        public void produce(DataStreamChannel channel) throws IOException {
            content.compareAndSet(Content.WAITS, Content.MAY_HAVE_LEFT);
            if (content.get() == Content.KEPT_BACK) {
                throw new IOException("The call has ended");
            }
            super.produce(channel);
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
            httpStatus = response.getCode();
            Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
            retryAfter = header == null ? null : header.getValue();
            done = callback;
            if (entity == null) {
                end(body.toByteArray());
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
            if (body.length() + bytes.remaining() > Answer.MAX_BYTES) {
                bytes.position(bytes.limit());
                tooLarge();
                return;
            }
            body.append(bytes);
        }

        @Override
        public void streamEnd(@Nullable List<? extends Header> trailers) {
            end(body.toByteArray());
        }

        private void end(byte[] bytes) {
            done.completed(new Answer(httpStatus, bytes, retryAfter));
        }

        private void tooLarge() {
            connectionIsOfNoUse = true;
            answer(new Answer(httpStatus, null, retryAfter));
        }

        @Override
        public void failed(Exception cause) {}

        @Override
        public void releaseResources() {}
    }

    private final class Ending implements FutureCallback<Answer> {

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
