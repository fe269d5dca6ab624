package io.github.camelsendtalk.client;

import io.github.camelsendtalk.client.ConnectionSettings.Proxy;
import java.io.IOException;
import java.net.URI;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.HttpAsyncClient;
import org.apache.hc.client5.http.auth.AuthExchange;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The connections that any number of clients share: one pool, its I/O threads, one timer thread, and up to
 * four threads while connections are made.
 *
 * <pre>{@code
 * try (SendTalkConnections connections = new SendTalkConnections()) {
 *     connections.open(ConnectionSettings.of("my-app"));
 *     SendTalkClient client = connections.client(
 *             URI.create("https://sendtalk-api.taptalk.io"), key, Duration.ofSeconds(10), Duration.ofSeconds(30));
 *     client.send(message).thenAccept(result -> …);
 * }
 * }</pre>
 *
 * <p>May be opened again after it was closed; its clients go on with the new connections. Safe for use by many threads.
 */
public final class SendTalkConnections implements AutoCloseable {

    private static final int MAX_IO_THREADS = 4;
    private static final int MAX_HEADER_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 200;

    /** Less than the minute after which the strictest of NATs and load balancers forget a connection without a word. */
    private static final Duration MAX_IDLE = Duration.ofSeconds(50);

    /** How much earlier than a server says a connection is let go: it may close it while a request is on its way. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(500);

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(1);

    private final Set<HttpCall<?>> calls = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Pool pool;

    /** Opens a pool of our own, which {@link #close} closes. */
    public void open(ConnectionSettings settings) {
        open(settings, SystemDefaultDnsResolver.INSTANCE, MAX_IDLE);
    }

    void open(ConnectionSettings settings, DnsResolver names, Duration maxIdle) {
        close();
        ExecutorService connecting = BackgroundConnect.newThreads();
        ScheduledThreadPoolExecutor timer = timer();
        PoolingAsyncClientConnectionManager manager = connectionManager(
                settings, BackgroundConnect.managerOn(connecting, timer).setDnsResolver(names));
        CloseableHttpAsyncClient http = build(settings, manager, keepAlive(maxIdle));
        http.start();
        pool = new Pool(
                http,
                new Owned(http, manager, connecting),
                settings.userAgent(),
                settings.proxy() == null ? null : host(settings.proxy()),
                proxyLogin(settings.proxy()),
                timer);
    }

    /**
     * Uses somebody else's started HTTP client, which {@link #close} leaves open.
     *
     * @param userAgent the {@code User-Agent} header of all requests
     */
    public void open(HttpAsyncClient http, String userAgent) {
        close();
        pool = new Pool(http, null, userAgent, null, null, timer());
    }

    /**
     * Whether somebody else's HTTP client can be used: false if it was never started, or is closed. Its {@code start()} returns
     * before it is at work, so that this waits for it, a second at most.
     */
    public static boolean isStarted(HttpAsyncClient http) {
        if (!(http instanceof CloseableHttpAsyncClient client)) {
            return true;
        }
        long end = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (client.getStatus() == IOReactorStatus.INACTIVE && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        return client.getStatus() == IOReactorStatus.ACTIVE;
    }

    /**
     * Makes a client that calls through these connections. It costs nothing to make and needs no closing.
     *
     * @param baseUrl where the API is, without the two paths
     * @param apiKey the key that pays; only ever written into the {@code API-Key} header
     * @param connectionRequestTimeout how long a call may wait until its request is written: for a free connection, or
     *     until one is made; when it has passed, nothing was sent
     * @param requestTimeout how long a call may take from then on, to the answer's last byte
     * @throws IllegalArgumentException if one of the two is none, or longer than a day
     */
    public SendTalkClient client(
            URI baseUrl, String apiKey, Duration connectionRequestTimeout, Duration requestTimeout) {
        return new HttpSendTalkClient(this, baseUrl, apiKey, connectionRequestTimeout, requestTimeout);
    }

    /**
     * Runs a task later on the timer thread, which it must not block.
     *
     * @throws RejectedExecutionException if the connections are closed
     */
    public ScheduledFuture<?> schedule(Runnable task, Duration delay) {
        Pool current = pool;
        if (current == null) {
            throw new RejectedExecutionException("The connections are closed");
        }
        return current.schedule(task, delay.toNanos());
    }

    /** Ends the calls under way with a {@link SendTalkTransportException}, then closes what was opened here. */
    @Override
    public void close() {
        Pool closing = pool;
        pool = null;
        if (closing != null) {
            calls.forEach(HttpCall::close);
            closing.close();
        }
    }

    /** How many connections are in use: -1 with somebody else's HTTP client, 0 while closed. */
    public int leased() {
        return count(PoolStats::getLeased);
    }

    /** How many calls wait for a connection: -1 with somebody else's HTTP client, 0 while closed. */
    public int pending() {
        return count(PoolStats::getPending);
    }

    private int count(ToIntFunction<PoolStats> figure) {
        Pool current = pool;
        if (current == null) {
            return 0;
        }
        return current.owned() == null
                ? -1
                : figure.applyAsInt(current.owned().manager().getTotalStats());
    }

    @Nullable
    Pool pool() {
        return pool;
    }

    Set<HttpCall<?>> calls() {
        return calls;
    }

    private static CloseableHttpAsyncClient build(
            ConnectionSettings settings, AsyncClientConnectionManager manager, ConnectionKeepAliveStrategy keepAlive) {
        HttpAsyncClientBuilder builder = HttpAsyncClients.custom()
                .setConnectionManager(manager)
                .setKeepAliveStrategy(keepAlive)
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(
                                Math.min(MAX_IO_THREADS, Runtime.getRuntime().availableProcessors()))
                        .setTcpNoDelay(true)
                        .setSoKeepAlive(true)
                        .build())
                .setThreadFactory(new DefaultThreadFactory("sendtalk-io", true))
                .setHttp1Config(Http1Config.custom()
                        .setMaxLineLength(MAX_HEADER_LINE)
                        .setMaxHeaderCount(MAX_HEADERS)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .addExecInterceptorFirst("sendtalk-cancel", SendTalkConnections::makeCancellable)
                .addExecInterceptorAfter(
                        ChainElement.CONNECT.name(), "sendtalk-hand-over", SendTalkConnections::handOver);
        if (settings.proxy() != null) {
            builder.setProxy(host(settings.proxy()));
        } else {
            // there is nobody to log in to; the step that would takes each request's path apart, 10 % of a send
            builder.replaceExecInterceptor(
                    ChainElement.PROTOCOL.name(),
                    (request, content, scope, chain, callback) -> chain.proceed(request, content, scope, callback));
        }
        return builder.build();
    }

    private static PoolingAsyncClientConnectionManager connectionManager(
            ConnectionSettings settings, PoolingAsyncClientConnectionManagerBuilder builder) {
        Timeout connectTimeout = Timeout.of(settings.connectTimeout());
        return builder.setTlsStrategy(ClientTlsStrategyBuilder.create()
                        .setSslContext(settings.sslContext() != null ? settings.sslContext() : defaultTls())
                        // the asynchronous client's built-in check comes too late, and HttpClient 5.6 has no verifier
                        // of its own
                        .setHostVerificationPolicy(HostnameVerificationPolicy.BOTH)
                        .setHostnameVerifier(HttpsSupport.getDefaultHostnameVerifier())
                        .buildAsync())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .setHandshakeTimeout(connectTimeout)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connectTimeout)
                        .setTimeToLive(TimeValue.of(settings.connectionTimeToLive()))
                        .build())
                .setMaxConnTotal(settings.maxConnections())
                .setMaxConnPerRoute(settings.maxConnections())
                .build();
    }

    /** How long an idle connection may be used again: so long at most, or as the server says. */
    private static ConnectionKeepAliveStrategy keepAlive(Duration maxIdle) {
        TimeValue most = TimeValue.of(maxIdle);
        return (response, context) -> {
            // without a word of the server's it is HttpClient's own time, which is longer
            TimeValue said = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
            if (said.compareTo(most) > 0) {
                return most;
            }
            // none would be for ever
            return TimeValue.ofMilliseconds(Math.max(1, said.toMilliseconds() - ON_ITS_WAY.toMillis()));
        };
    }

    /** The JVM's trusted authorities, without a client certificate that the JVM may hold for another service. */
    private static SSLContext defaultTls() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            return context;
        } catch (NoSuchAlgorithmException | KeyManagementException e) {
            throw new IllegalStateException("The JVM has no TLS", e);
        }
    }

    private static void makeCancellable(
            HttpRequest request,
            AsyncEntityProducer content,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        CancellableSteps steps = new CancellableSteps((CallContext) scope.clientContext);
        scope.cancellableDependency.setDependency(steps);
        AsyncExecChain.Scope cancellable = new AsyncExecChain.Scope(
                scope.exchangeId,
                scope.route,
                scope.originalRequest,
                steps,
                scope.clientContext,
                scope.execRuntime,
                scope.scheduler,
                scope.execCount);
        chain.proceed(request, content, cancellable, callback);
    }

    /** Uses an open connection for its call, or leaves it to the next one where the call has ended. */
    private static void handOver(
            HttpRequest request,
            AsyncEntityProducer content,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        CallContext context = (CallContext) scope.clientContext;
        if (context.call().handOver(context)) {
            chain.proceed(request, content, scope, callback);
        } else {
            scope.execRuntime.markConnectionReusable(null, TimeValue.of(MAX_IDLE));
            callback.completed();
        }
    }

    private static HttpHost host(Proxy proxy) {
        return new HttpHost(proxy.scheme(), proxy.host(), proxy.port());
    }

    private static @Nullable ProxyLogin proxyLogin(@Nullable Proxy proxy) {
        if (proxy == null || proxy.username() == null) {
            return null;
        }
        char[] password =
                proxy.password() == null ? new char[0] : proxy.password().toCharArray();
        return new ProxyLogin(host(proxy), new UsernamePasswordCredentials(proxy.username(), password));
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("sendtalk-timer", true));
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /**
     * An HTTP client with the timer that ends its calls.
     *
     * @param owned what is ours to close, or null where the HTTP client is somebody else's
     * @param userAgent the {@code User-Agent} header of all requests
     * @param proxy the forward proxy, or null for none that we know of
     * @param proxyLogin how to log in to the proxy, or null if it asks for nothing
     */
    record Pool(
            HttpAsyncClient http,
            @Nullable Owned owned,
            String userAgent,
            @Nullable HttpHost proxy,
            @Nullable ProxyLogin proxyLogin,
            ScheduledThreadPoolExecutor timer) {

        ScheduledFuture<?> schedule(Runnable task, long nanos) {
            return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
        }

        void close() {
            timer.shutdownNow();
            if (owned != null) {
                owned.close();
            }
        }
    }

    /** An HTTP client of our own, its connections, and the threads that make them. */
    record Owned(
            CloseableHttpAsyncClient http, PoolingAsyncClientConnectionManager manager, ExecutorService connecting) {

        /**
         * In order, connections first: an immediate close alone meets the I/O threads at work, which log the collision as an
         * error; and with connections to close they take a second to end.
         */
        void close() {
            connecting.shutdownNow();
            manager.close(CloseMode.GRACEFUL);
            http.initiateShutdown();
            try {
                http.awaitShutdown(TimeValue.ofSeconds(2));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            http.close(CloseMode.IMMEDIATE);
        }
    }

    /** Basic authentication, sent unasked: a request can't be repeated after a proxy's challenge. */
    record ProxyLogin(HttpHost proxy, UsernamePasswordCredentials credentials) {

        AuthExchange exchange() {
            BasicScheme scheme = new BasicScheme();
            scheme.initPreemptive(credentials);
            AuthExchange exchange = new AuthExchange();
            exchange.select(scheme);
            return exchange;
        }
    }
}
