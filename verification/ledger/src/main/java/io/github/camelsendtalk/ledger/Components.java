package io.github.camelsendtalk.ledger;

import io.github.camelsendtalk.SendTalkComponent;
import java.time.Duration;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** Sets up a component for each way: with a URL, a key and connections of its own. */
final class Components {

    /** How long a call may take once it is written; but for an overload also how long it may wait until then. */
    static final Duration DEADLINE = Duration.ofSeconds(2);

    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);
    private static final Duration WAIT_IN_AN_OVERLOAD = Duration.ofMillis(500);
    private static final int CONNECTIONS_IN_AN_OVERLOAD = 20;

    private Components() {}

    static SendTalkComponent component(Way way, Network network) {
        SendTalkComponent component = new SendTalkComponent();
        component.setBaseUrl(network.baseUrl(way));
        component.getConfiguration().setApiKey(way.apiKey());
        component.getConfiguration().setRequestTimeout(DEADLINE.toMillis());
        component
                .getConfiguration()
                .setConnectionRequestTimeout((way == Way.OVERLOADED ? WAIT_IN_AN_OVERLOAD : DEADLINE).toMillis());
        component.setConnectTimeout(CONNECT_TIMEOUT.toMillis());
        component.setMaxConnections(way == Way.OVERLOADED ? CONNECTIONS_IN_AN_OVERLOAD : Sender.AT_ONCE);
        component.setSslContextParameters(tls(network.certificates()));
        switch (way) {
            case PROXIED -> setProxy(component, network.proxy());
            case TUNNELLED -> setProxy(component, network.proxyWithLogin(), ForwardProxy.PASSWORD);
            case LOGIN_REFUSED, TUNNEL_REFUSED -> setProxy(component, network.proxyWithLogin(), "wrong");
            case PLAIN,
                    OTHER_ACCOUNT,
                    TLS,
                    OVERLOADED,
                    UNKNOWN_AUTHORITY,
                    WRONG_NAME,
                    EXPIRED,
                    NO_SUCH_HOST,
                    FULL_BACKLOG -> {}
        }
        return component;
    }

    private static SSLContextParameters tls(Certificates certificates) {
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setTrustManager(certificates.trust());
        SSLContextParameters tls = new SSLContextParameters();
        tls.setTrustManagers(trust);
        return tls;
    }

    private static void setProxy(SendTalkComponent component, ForwardProxy proxy) {
        component.setProxyHost("127.0.0.1");
        component.setProxyPort(proxy.port());
    }

    private static void setProxy(SendTalkComponent component, ForwardProxy proxy, String password) {
        setProxy(component, proxy);
        component.setProxyUsername(ForwardProxy.USERNAME);
        component.setProxyPassword(password);
    }
}
