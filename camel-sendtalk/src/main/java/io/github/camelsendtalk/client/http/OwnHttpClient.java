package io.github.camelsendtalk.client.http;

import java.util.concurrent.ExecutorService;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.util.TimeValue;

/** An HTTP client of our own, its connections, and the threads that make them. */
record OwnHttpClient(
        CloseableHttpAsyncClient http, PoolingAsyncClientConnectionManager manager, ExecutorService connecting)
        implements AutoCloseable {

    private static final TimeValue SHUTDOWN = TimeValue.ofSeconds(2);

    PoolStats stats() {
        return manager.getTotalStats();
    }

    /**
     * In order, connections first: an immediate close alone meets the I/O threads at work, which log the collision as an
     * error; and with connections to close they take a second to end.
     */
    @Override
    public void close() {
        connecting.shutdownNow();
        manager.close(CloseMode.GRACEFUL);
        http.initiateShutdown();
        try {
            http.awaitShutdown(SHUTDOWN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close(CloseMode.IMMEDIATE);
    }
}
