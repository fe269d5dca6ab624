package io.github.camelsendtalk.client.http;

import io.github.camelsendtalk.client.http.ConnectionSettings.Proxy;
import org.apache.hc.client5.http.auth.AuthExchange;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * A forward proxy. Its login is sent unasked, because a request can't be repeated after a proxy's challenge.
 *
 * @param credentials for basic authentication, or null if the proxy asks for none
 */
record ForwardProxy(HttpHost host, @Nullable UsernamePasswordCredentials credentials) {

    static @Nullable ForwardProxy of(@Nullable Proxy proxy) {
        if (proxy == null) {
            return null;
        }
        HttpHost host = new HttpHost(proxy.scheme(), proxy.host(), proxy.port());
        if (proxy.username() == null) {
            return new ForwardProxy(host, null);
        }
        char[] password =
                proxy.password() == null ? new char[0] : proxy.password().toCharArray();
        return new ForwardProxy(host, new UsernamePasswordCredentials(proxy.username(), password));
    }

    boolean hasLogin() {
        return credentials != null;
    }

    void logIn(HttpCallContext context) {
        if (credentials != null) {
            BasicScheme scheme = new BasicScheme();
            scheme.initPreemptive(credentials);
            AuthExchange exchange = new AuthExchange();
            exchange.select(scheme);
            context.setAuthExchange(host, exchange);
        }
    }
}
