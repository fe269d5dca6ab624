package io.github.camelsendtalk.client;

import io.github.camelsendtalk.client.http.ConnectionSettings;
import io.github.camelsendtalk.client.http.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.async.HttpAsyncClient;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.reactor.IOReactorStatus;
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

    /** Less than the minute after which the strictest of NATs and load balancers drop a connection silently. */
    private static final Duration MAX_IDLE = Duration.ofSeconds(50);

    private static final Duration MAX_START_TIME = Duration.ofSeconds(1);

    private volatile @Nullable Transport transport;

    /** Opens connections of our own, which {@link #close} closes. */
    public void open(ConnectionSettings settings) {
        open(settings, SystemDefaultDnsResolver.INSTANCE, MAX_IDLE);
    }

    void open(ConnectionSettings settings, DnsResolver names, Duration maxIdle) {
        close();
        transport = Transport.open(settings, names, maxIdle);
    }

    /**
     * Uses a caller-supplied, started HTTP client, which {@link #close} leaves open.
     *
     * @param userAgent the {@code User-Agent} header of all requests
     */
    public void open(HttpAsyncClient http, String userAgent) {
        close();
        transport = Transport.over(http, userAgent);
    }

    /**
     * Whether a caller-supplied HTTP client can be used: false if it was never started, or is closed. Its {@code start()} returns
     * before it is at work, so that this waits for it, a second at most.
     */
    public static boolean isStarted(HttpAsyncClient http) {
        if (!(http instanceof CloseableHttpAsyncClient client)) {
            return true;
        }
        long end = System.nanoTime() + MAX_START_TIME.toNanos();
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
        return new HttpSendTalkClient(() -> transport, baseUrl, apiKey, connectionRequestTimeout, requestTimeout);
    }

    /**
     * Runs a task later on the timer thread, which it must not block.
     *
     * @throws RejectedExecutionException if the connections are closed
     */
    public ScheduledFuture<?> schedule(Runnable task, Duration delay) {
        Transport current = transport;
        if (current == null) {
            throw new RejectedExecutionException("The connections are closed");
        }
        return current.schedule(task, delay);
    }

    /** Ends the calls under way with a {@link SendTalkTransportException}, then closes what was opened here. */
    @Override
    public void close() {
        Transport closing = transport;
        transport = null;
        if (closing != null) {
            closing.close();
        }
    }

    /** How many connections are in use: -1 with a caller-supplied HTTP client, 0 while closed. */
    public int leased() {
        Transport current = transport;
        return current == null ? 0 : current.leased();
    }

    /** How many calls wait for a connection: -1 with a caller-supplied HTTP client, 0 while closed. */
    public int pending() {
        Transport current = transport;
        return current == null ? 0 : current.pending();
    }
}
