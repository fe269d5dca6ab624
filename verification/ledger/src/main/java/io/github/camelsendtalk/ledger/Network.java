package io.github.camelsendtalk.ledger;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** What lies outside of Camel: the server, the proxies before it, and an address where nobody answers. */
final class Network implements AutoCloseable {

    private final FaultServer server;
    private final ForwardProxy proxy = ForwardProxy.forAll();
    private final ForwardProxy proxyWithLogin = ForwardProxy.withLogin();
    private final FullBacklog fullBacklog = new FullBacklog();
    private final Certificates certificates = new Certificates();

    Network(Ledger ledger, Chance chance) throws Exception {
        server = new FaultServer(ledger, chance, certificates);
    }

    FaultServer server() {
        return server;
    }

    ForwardProxy proxy() {
        return proxy;
    }

    ForwardProxy proxyWithLogin() {
        return proxyWithLogin;
    }

    Certificates certificates() {
        return certificates;
    }

    String baseUrl(Way way) {
        return switch (way) {
            case NO_SUCH_HOST -> "http://ledger.invalid";
            case FULL_BACKLOG -> "http://127.0.0.1:" + fullBacklog.port();
            default -> server.baseUrl(way);
        };
    }

    Set<String> connections() {
        Set<String> open = new HashSet<>(server.connections());
        open.addAll(proxy.connections());
        open.addAll(proxyWithLogin.connections());
        return open;
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        proxyWithLogin.close();
        fullBacklog.close();
        server.close();
    }
}
