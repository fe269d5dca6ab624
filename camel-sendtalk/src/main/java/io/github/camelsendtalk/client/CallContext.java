package io.github.camelsendtalk.client;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.protocol.HttpClientContext;

/** Tells the steps of an exchange which call they serve. */
final class CallContext extends HttpClientContext {

    private final HttpCall<?> call;
    private final AtomicBoolean connecting = new AtomicBoolean();

    CallContext(HttpCall<?> call) {
        this.call = call;
    }

    HttpCall<?> call() {
        return call;
    }

    /** Whether a connection is being made, from the look-up of the name to the proxy's tunnel. */
    boolean isConnecting() {
        return connecting.get();
    }

    void setConnecting(boolean now) {
        connecting.set(now);
    }
}
