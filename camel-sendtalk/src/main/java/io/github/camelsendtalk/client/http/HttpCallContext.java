package io.github.camelsendtalk.client.http;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;

/** Tells the steps of an exchange how the call that they serve stands. */
final class HttpCallContext extends HttpClientContext {

    private final BooleanSupplier ended;
    private final BooleanSupplier handOver;
    private final RequestConfig onceConnected;
    private final AtomicBoolean connecting = new AtomicBoolean();

    /**
     * @param ended whether the call has ended
     * @param handOver lets the call have a connection, and says whether it still wants one
     * @param connecting the settings until it has one
     * @param onceConnected the settings from then on
     */
    HttpCallContext(
            BooleanSupplier ended, BooleanSupplier handOver, RequestConfig connecting, RequestConfig onceConnected) {
        this.ended = ended;
        this.handOver = handOver;
        this.onceConnected = onceConnected;
        setRequestConfig(connecting);
    }

    boolean hasEnded() {
        return ended.getAsBoolean();
    }

    /** Whether a connection is being made, from the look-up of the name to the proxy's tunnel. */
    boolean isConnecting() {
        return connecting.get();
    }

    void beginConnecting() {
        connecting.set(true);
    }

    /** @return false if the call has ended, and its connection can serve another one */
    boolean handOver() {
        connecting.set(false);
        setRequestConfig(onceConnected);
        return handOver.getAsBoolean();
    }
}
