package io.github.camelsendtalk.client;

import io.github.camelsendtalk.client.SendTalkConnections.Pool;
import io.github.camelsendtalk.client.SendTalkConnections.ProxyLogin;
import java.io.ByteArrayOutputStream;
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

    /**
     * How far the request has come. Who ends a call says whether the message may have left, so the step out of WAITING is
     * taken once: a call that ended as "not sent" gives its content to nobody any more.
     */
    private enum Stage {
        WAITING,
        /** The HTTP client has asked for the content: from then on the message may have left. */
        LEFT,
        NOT_SENT
    }

    private final SendTalkConnections connections;
    private final String operation;
    private final HttpHost host;
    private final Duration timeout;
    private final Decoder<T> decoder;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);

    /** Whether the connection must be dropped; cancelling after a whole answer would drop one that can be used again. */
    private volatile boolean aborted;

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
        forgetIfDone();
    }

    /** For what ended the call before all of it was known here. */
    private void forgetIfDone() {
        if (result.isDone()) {
            forget();
        }
        if (aborted) {
            cancel(exchange);
        }
    }

    /** Ends the call because the connections are closed. */
    void close() {
        abort(transport("the connections were closed"));
    }

    private void timeOut() {
        boolean mayHaveLeft = mayHaveLeft();
        String when = mayHaveLeft ? "no whole answer" : "no connection";
        abort(new SendTalkTimeoutException(
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

    /** Says for good whether the message may have left. */
    private boolean mayHaveLeft() {
        stage.compareAndSet(Stage.WAITING, Stage.NOT_SENT);
        return stage.get() == Stage.LEFT;
    }

    private SendTalkTransportException transport(String why) {
        boolean mayHaveLeft = mayHaveLeft();
        String what = mayHaveLeft ? "The connection to SendTalk at %s broke" : "SendTalk at %s could not be reached";
        return new SendTalkTransportException(
                (what + " (%s, %s). %s").formatted(host, operation, why, advice(mayHaveLeft)),
                ErrorDetails.of(operation, null),
                mayHaveLeft);
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
        if (!mayHaveLeft() && answer.httpStatus() != HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED) {
            failWith(transport("the proxy answered with HTTP " + answer.httpStatus()));
            return;
        }
        try {
            T value = decoder.decode(answer);
            forget();
            result.complete(value);
        } catch (SendTalkException e) {
            failWith(e);
        }
    }

    private void failWith(SendTalkException failure) {
        forget();
        result.completeExceptionally(failure);
    }

    /** Ends a call whose exchange with the server may still go on: its connection is of no use any more. */
    private void abort(SendTalkException failure) {
        failWith(failure);
        aborted = true;
        cancel(exchange);
    }

    private void forget() {
        connections.calls().remove(this);
        cancel(deadline);
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
            if (!stage.compareAndSet(Stage.WAITING, Stage.LEFT) && stage.get() == Stage.NOT_SENT) {
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

        private final ByteArrayOutputStream body = new ByteArrayOutputStream(512);
        private int httpStatus;
        private @Nullable String retryAfter;
        private @Nullable FutureCallback<Answer> done;

        @Override
        public void consumeResponse(
                HttpResponse response,
                @Nullable EntityDetails entity,
                HttpContext context,
                FutureCallback<Answer> callback) {
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
        public void informationResponse(HttpResponse response, HttpContext context) {}

        @Override
        public void updateCapacity(CapacityChannel capacity) throws IOException {
            capacity.update(Integer.MAX_VALUE);
        }

        @Override
        public void consume(ByteBuffer bytes) {
            if (body.size() + bytes.remaining() > Answer.MAX_BYTES) {
                bytes.position(bytes.limit());
                tooLarge();
                return;
            }
            byte[] chunk = new byte[bytes.remaining()];
            bytes.get(chunk);
            body.writeBytes(chunk);
        }

        @Override
        public void streamEnd(@Nullable List<? extends Header> trailers) {
            end(body.toByteArray());
        }

        private void end(byte[] bytes) {
            done.completed(new Answer(httpStatus, bytes, retryAfter));
        }

        private void tooLarge() {
            answer(new Answer(httpStatus, null, retryAfter));
            aborted = true;
            cancel(exchange);
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
