package io.github.camelsendtalk.client.http;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;

/** Tells the steps of an exchange how the call that they serve stands. */
final class HttpCallContext extends HttpClientContext {

    private final CallEvents call;
    private final RequestConfig onceConnected;
    private final AtomicBoolean connecting = new AtomicBoolean();

    /**
     * @param connecting the settings until there is a connection
     * @param onceConnected the settings from then on
     */
    HttpCallContext(CallEvents call, RequestConfig connecting, RequestConfig onceConnected) {
        this.call = call;
        this.onceConnected = onceConnected;
        setRequestConfig(connecting);
    }

    boolean hasEnded() {
        return call.hasEnded();
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
        return call.handOver();
    }
}
