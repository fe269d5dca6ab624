package io.github.camelsendtalk.client.http;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.BasicFuture;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Starts connections on threads of their own.
 *
 * <p>HttpClient looks up the host's name where it connects: on the caller's thread, or on the I/O thread that brings the
 * answers of other calls. A name server that is down would hold up both for longer than a call has.
 */
record BackgroundConnect(AsyncClientConnectionOperator operator, Executor threads, ScheduledExecutorService timer)
        implements AsyncClientConnectionOperator {

    private static final int MAX_THREADS = 4;
    private static final int IDLE_SECONDS = 10;

    /** How long an I/O thread may take to close the socket of an attempt that it has reported as timed out. */
    private static final int CLOSED_AFTER_MILLIS = 100;

    /** Threads for all connections of a pool; none where nothing connects. */
    static ExecutorService newThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                MAX_THREADS,
                MAX_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("sendtalk-connect", true));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Builds a connection manager that connects on these threads. */
    static PoolingAsyncClientConnectionManagerBuilder managerOn(Executor threads, ScheduledExecutorService timer) {
        return new PoolingAsyncClientConnectionManagerBuilder() {
            @Override
            protected AsyncClientConnectionOperator createConnectionOperator(
                    TlsStrategy tls, SchemePortResolver ports, DnsResolver names) {
                return new BackgroundConnect(super.createConnectionOperator(tls, ports, names), threads, timer);
            }
        };
    }

    @Override
    public Future<ManagedAsyncClientConnection> connect(
            ConnectionInitiator initiator,
            HttpHost host,
            @Nullable SocketAddress localAddress,
            Timeout connectTimeout,
            @Nullable Object attachment,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        return connect(initiator, host, null, localAddress, connectTimeout, attachment, null, callback);
    }

    @Override
    public Future<ManagedAsyncClientConnection> connect(
            ConnectionInitiator initiator,
            HttpHost host,
            @Nullable NamedEndpoint name,
            @Nullable SocketAddress localAddress,
            Timeout connectTimeout,
            @Nullable Object attachment,
            @Nullable HttpContext context,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        BasicFuture<ManagedAsyncClientConnection> result = new BasicFuture<>(callback);
        Connected connected = new Connected(result, timer);
        HttpCallContext call = context instanceof HttpCallContext ours ? ours : null;
        if (call != null) {
            call.beginConnecting();
        }
        attempt(
                result,
                () -> threads.execute(() -> attempt(result, () -> {
                    if (call != null && call.hasEnded()) {
                        result.failed(new IOException("The call has ended"));
                    } else {
                        operator.connect(
                                initiator, host, name, localAddress, connectTimeout, attachment, context, connected);
                    }
                })));
        return result;
    }

    /** What HttpClient 5.6 calls, which later versions of Camel bring; 5.5 has no such method to override. */
    public Future<ManagedAsyncClientConnection> connect(
            ConnectionInitiator initiator,
            HttpHost host,
            @Nullable Path unixDomainSocket,
            @Nullable NamedEndpoint name,
            @Nullable SocketAddress localAddress,
            Timeout connectTimeout,
            @Nullable Object attachment,
            @Nullable HttpContext context,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        return connect(initiator, host, name, localAddress, connectTimeout, attachment, context, callback);
    }

    /** Whatever fails, an error such as a lack of threads too, ends the call that waits for the connection. */
    private static void attempt(BasicFuture<?> result, Runnable step) {
        try {
            step.run();
        } catch (Exception e) {
            result.failed(e);
        } catch (Error e) {
            result.failed(new IOException(e.toString(), e));
        }
    }

    @Override
    public void upgrade(ManagedAsyncClientConnection connection, HttpHost host, @Nullable Object attachment) {
        operator.upgrade(connection, host, attachment);
    }

    @Override
    public void upgrade(
            ManagedAsyncClientConnection connection,
            HttpHost host,
            @Nullable NamedEndpoint name,
            @Nullable Object attachment,
            @Nullable HttpContext context,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        operator.upgrade(connection, host, name, attachment, context, callback);
    }

    /** Passes on how an attempt ends, once its socket is a connection or is closed. */
    private record Connected(BasicFuture<ManagedAsyncClientConnection> result, ScheduledExecutorService timer)
            implements FutureCallback<ManagedAsyncClientConnection> {

        @Override
        public void completed(ManagedAsyncClientConnection connection) {
            if (!result.completed(connection)) {
                connection.close(CloseMode.IMMEDIATE);
            }
        }

        @Override
        public void failed(Exception cause) {
            if (cause instanceof SocketTimeoutException) {
                attempt(
                        result,
                        () -> timer.schedule(() -> result.failed(cause), CLOSED_AFTER_MILLIS, TimeUnit.MILLISECONDS));
            } else {
                result.failed(cause);
            }
        }

        @Override
        public void cancelled() {
            result.cancel();
        }
    }
}
