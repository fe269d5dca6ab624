package io.github.camelsendtalk.client.http;

import java.io.IOException;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Builds HttpClient 5's asynchronous client: its limits, TLS, the proxy, and what is switched off. */
final class HttpClientFactory {

    private static final int MAX_IO_THREADS = 4;
    private static final int MAX_HEADER_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 200;

    /** How much earlier than a server says a connection is let go: it may close it while a request is on its way. */
    private static final Duration KEEP_ALIVE_MARGIN = Duration.ofMillis(500);

    private HttpClientFactory() {}

    static OwnHttpClient start(
            ConnectionSettings settings,
            @Nullable ForwardProxy proxy,
            DnsResolver names,
            Duration maxIdle,
            ScheduledExecutorService timer) {
        ExecutorService connecting = BackgroundConnect.newThreads();
        PoolingAsyncClientConnectionManager manager = connectionManager(
                settings, BackgroundConnect.managerOn(connecting, timer).setDnsResolver(names));
        CloseableHttpAsyncClient http = build(manager, proxy, maxIdle);
        http.start();
        return new OwnHttpClient(http, manager, connecting);
    }

    private static CloseableHttpAsyncClient build(
            AsyncClientConnectionManager manager, @Nullable ForwardProxy proxy, Duration maxIdle) {
        HttpAsyncClientBuilder builder = HttpAsyncClients.custom()
                .setConnectionManager(manager)
                .setKeepAliveStrategy(keepAlive(maxIdle))
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
                .addExecInterceptorFirst("sendtalk-cancel", HttpClientFactory::makeCancellable)
                .addExecInterceptorAfter(
                        ChainElement.CONNECT.name(),
                        "sendtalk-hand-over",
                        (request, content, scope, chain, callback) ->
                                handOver(request, content, scope, chain, callback, maxIdle));
        if (proxy != null) {
            builder.setProxy(proxy.host());
        } else {
            // without a proxy there is no login, and the step for it takes each request's path apart
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
        TimeValue max = TimeValue.of(maxIdle);
        return (response, context) -> {
            // HttpClient's own time, which is longer, unless the server names one
            TimeValue keepAlive = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
            if (keepAlive.compareTo(max) > 0) {
                return max;
            }
            // zero would mean for ever
            return TimeValue.ofMilliseconds(Math.max(1, keepAlive.toMilliseconds() - KEEP_ALIVE_MARGIN.toMillis()));
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
        CancellableSteps steps = new CancellableSteps((HttpCallContext) scope.clientContext);
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
            AsyncExecCallback callback,
            Duration maxIdle)
            throws HttpException, IOException {
        HttpCallContext context = (HttpCallContext) scope.clientContext;
        if (context.handOver()) {
            chain.proceed(request, content, scope, callback);
        } else {
            scope.execRuntime.markConnectionReusable(null, TimeValue.of(maxIdle));
            callback.completed();
        }
    }
}
