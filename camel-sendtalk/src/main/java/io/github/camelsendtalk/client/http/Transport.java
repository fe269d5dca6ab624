package io.github.camelsendtalk.client.http;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.async.HttpAsyncClient;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.cookie.StandardCookieSpec;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** An HTTP client, the timer that ends its calls, and the calls under way. Safe for use by many threads. */
public final class Transport implements AutoCloseable {

    /** How long after its timeout a connection is dropped that could not be dropped when that had passed. */
    private static final Duration AFTER_TIMEOUT = Duration.ofSeconds(1);

    private final HttpAsyncClient http;
    private final @Nullable OwnHttpClient own;
    private final @Nullable ForwardProxy proxy;
    private final String userAgent;
    private final ScheduledThreadPoolExecutor timer;
    private final Set<HttpCall> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private Transport(
            HttpAsyncClient http,
            @Nullable OwnHttpClient own,
            @Nullable ForwardProxy proxy,
            String userAgent,
            ScheduledThreadPoolExecutor timer) {
        this.http = http;
        this.own = own;
        this.proxy = proxy;
        this.userAgent = userAgent;
        this.timer = timer;
    }

    /**
     * Makes an HTTP client of our own, which {@link #close} closes.
     *
     * @param maxIdle how long an idle connection is used again
     */
    public static Transport open(ConnectionSettings settings, DnsResolver names, Duration maxIdle) {
        ScheduledThreadPoolExecutor timer = newTimer();
        ForwardProxy proxy = ForwardProxy.of(settings.proxy());
        OwnHttpClient own = HttpClientFactory.start(settings, proxy, names, maxIdle, timer);
        return new Transport(own.http(), own, proxy, settings.userAgent(), timer);
    }

    /** Uses a caller-supplied HTTP client, which {@link #close} leaves open. */
    public static Transport over(HttpAsyncClient http, String userAgent) {
        return new Transport(http, null, null, userAgent, newTimer());
    }

    private static ScheduledThreadPoolExecutor newTimer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("sendtalk-timer", true));
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /**
     * Posts JSON, once: nothing is repeated or redirected.
     *
     * @param handler receives how it ended, on an I/O thread, the timer, or this one
     */
    public void post(RequestTarget target, String path, byte[] body, CallTimeouts timeouts, AnswerHandler handler) {
        HttpRequest request = target.post(path);
        request.setHeader(HttpHeaders.USER_AGENT, userAgent);
        HttpCall call = new HttpCall(timeouts, handler, timer, calls::remove);
        calls.add(call);
        call.start(http, request, body, () -> context(call, target, timeouts));
        if (closed) {
            call.close();
        }
    }

    private HttpCallContext context(HttpCall call, RequestTarget target, CallTimeouts timeouts) {
        RequestConfig onceConnected = requestConfig(target, timeouts.answer());
        // a proxy that is asked for a tunnel has as long as the call may wait
        RequestConfig connecting = proxy == null ? onceConnected : requestConfig(target, timeouts.write());
        HttpCallContext context = new HttpCallContext(call, connecting, onceConnected);
        if (proxy != null) {
            proxy.logIn(context);
        }
        return context;
    }

    /** Switches off for this request what may repeat or redirect it in a caller-supplied client. */
    private RequestConfig requestConfig(RequestTarget target, Duration answerWithin) {
        return RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.DISABLED)
                .setResponseTimeout(Timeout.of(answerWithin.plus(AFTER_TIMEOUT)))
                .setAuthenticationEnabled(proxy != null && proxy.hasLogin() || isTunnelOfCallerSupplied(target))
                .setTargetPreferredAuthSchemes(List.of())
                .setRedirectsEnabled(false)
                .setExpectContinueEnabled(false)
                .setContentCompressionEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setCookieSpec(StandardCookieSpec.IGNORE)
                .build();
    }

    /**
     * Whether a proxy of a caller-supplied client may be logged in to: the request for a tunnel carries no message and may be
     * repeated. A plain request may not: HttpClient would drop the answer that asks for a login.
     */
    private boolean isTunnelOfCallerSupplied(RequestTarget target) {
        return own == null && target.isTls();
    }

    /** The proxy's host and port, or null for none that is known here. */
    public @Nullable String proxy() {
        return proxy == null ? null : proxy.host().toHostString();
    }

    /**
     * Runs a task later on the timer thread, which it must not block.
     *
     * @throws RejectedExecutionException if this is closed
     */
    public ScheduledFuture<?> schedule(Runnable task, Duration delay) {
        return timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How many calls have not ended. */
    int callsUnderWay() {
        return calls.size();
    }

    /** How many connections are in use: -1 with a caller-supplied client. */
    public int leased() {
        return count(PoolStats::getLeased);
    }

    /** How many calls wait for a connection: -1 with a caller-supplied client. */
    public int pending() {
        return count(PoolStats::getPending);
    }

    private int count(ToIntFunction<PoolStats> figure) {
        return own == null ? -1 : figure.applyAsInt(own.stats());
    }

    /** Ends the calls under way as broken, then closes what was opened here. */
    @Override
    public void close() {
        closed = true;
        calls.forEach(HttpCall::close);
        timer.shutdownNow();
        if (own != null) {
            own.close();
        }
    }
}
