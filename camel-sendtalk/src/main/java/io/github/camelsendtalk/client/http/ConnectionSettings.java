package io.github.camelsendtalk.client.http;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How connections are made.
 *
 * @param userAgent the {@code User-Agent} header of all requests
 * @param connectTimeout the longest time to connect and to agree on TLS
 * @param maxConnections the most connections open at a time, and so the most calls on the wire
 * @param connectionTimeToLive how long a connection is used again before a new one is made
 * @param sslContext the TLS context, or null for the JVM's trusted authorities
 * @param proxy the forward proxy, or null for none
 */
public record ConnectionSettings(
        String userAgent,
        Duration connectTimeout,
        int maxConnections,
        Duration connectionTimeToLive,
        @Nullable SSLContext sslContext,
        @Nullable Proxy proxy) {

    /** 10 s to connect, 100 connections, each for 5 minutes, no proxy. */
    public static ConnectionSettings of(String userAgent) {
        return new ConnectionSettings(userAgent, Duration.ofSeconds(10), 100, Duration.ofMinutes(5), null, null);
    }

    /**
     * A forward proxy.
     *
     * @param scheme how to talk to the proxy itself: {@code http} or {@code https}
     * @param username the user for basic authentication, or null for none
     */
    public record Proxy(
            String scheme,
            String host,
            int port,
            @Nullable String username,
            @Nullable String password) {

        @Override
        public String toString() {
            return "Proxy[%s:%d]".formatted(host, port);
        }
    }
}
