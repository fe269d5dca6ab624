package io.github.camelsendtalk;

import io.github.camelsendtalk.client.ConnectionSettings.Proxy;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.jspecify.annotations.Nullable;

/** Finds the forward proxy: the component's own, or one that the context knows. */
final class ContextProxy {

    private ContextProxy() {}

    static @Nullable Proxy find(SendTalkComponent component) {
        if (component.getProxyHost() != null && !component.getProxyHost().isBlank()) {
            return new Proxy(
                    "http",
                    component.getProxyHost(),
                    component.getProxyPort(),
                    component.getProxyUsername(),
                    component.getProxyPassword());
        }
        CamelContext context = component.getCamelContext();
        Proxy proxy = ofHttpComponent(context, "https");
        if (proxy == null) {
            proxy = ofHttpComponent(context, "http");
        }
        return proxy != null ? proxy : ofGlobalOptions(context);
    }

    private static @Nullable Proxy ofHttpComponent(CamelContext context, String name) {
        if (!(context.hasComponent(name) instanceof HttpComponent http)
                || http.getProxyHost() == null
                || http.getProxyPort() == null) {
            return null;
        }
        return new Proxy(
                "http",
                http.getProxyHost(),
                http.getProxyPort(),
                http.getProxyAuthUsername(),
                http.getProxyAuthPassword());
    }

    private static @Nullable Proxy ofGlobalOptions(CamelContext context) {
        String host = context.getGlobalOption("http.proxyHost");
        String port = context.getGlobalOption("http.proxyPort");
        if (host == null || host.isBlank() || port == null || port.isBlank()) {
            return null;
        }
        String scheme = context.getGlobalOption("http.proxyScheme");
        return new Proxy(scheme == null ? "http" : scheme, host, Integer.parseInt(port.strip()), null, null);
    }
}
