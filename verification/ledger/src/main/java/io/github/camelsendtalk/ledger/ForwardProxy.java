package io.github.camelsendtalk.ledger;

import java.net.InetAddress;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ConnectHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/** Jetty as a forward proxy, for plain calls and for tunnels. */
final class ForwardProxy implements AutoCloseable {

    static final String USERNAME = "ledger";
    static final String PASSWORD = "letmein";

    /** A little longer than a call may take, so that nothing is left over for long. */
    private static final int IDLE_MILLIS = 3_000;

    private final @Nullable String login;
    private final int port;
    private volatile ServerConnector connector;

    private ForwardProxy(@Nullable String login) throws Exception {
        this.login = login;
        this.connector = connector(0);
        connector.getServer().start();
        this.port = connector.getLocalPort();
    }

    /** Of a server of its own: one that was stopped and started again was seen to keep a connection past its idle timeout. */
    private ServerConnector connector(int port) {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        ConnectHandler tunnels = new ConnectHandler(new Forwarder());
        tunnels.setIdleTimeout(IDLE_MILLIS);
        server.setHandler(new Gate(login, tunnels));
        return connector;
    }

    static ForwardProxy forAll() throws Exception {
        return new ForwardProxy(null);
    }

    static ForwardProxy withLogin() throws Exception {
        byte[] login = (USERNAME + ":" + PASSWORD).getBytes();
        return new ForwardProxy("Basic " + Base64.getEncoder().encodeToString(login));
    }

    /** Answers 407 to whoever brings another login. */
    private static final class Gate extends Handler.Wrapper {

        private final @Nullable String login;

        Gate(@Nullable String login, Handler next) {
            super(next);
            this.login = login;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (login == null || login.equals(request.getHeaders().get(HttpHeader.PROXY_AUTHORIZATION))) {
                return super.handle(request, response, callback);
            }
            response.getHeaders().put(HttpHeader.PROXY_AUTHENTICATE, "Basic realm=\"ledger\"");
            Response.writeError(request, response, callback, HttpStatus.PROXY_AUTHENTICATION_REQUIRED_407);
            return true;
        }
    }

    private static final class Forwarder extends ProxyHandler.Forward {

        @Override
        protected void configureHttpClient(HttpClient client) {
            super.configureHttpClient(client);
            client.setIdleTimeout(IDLE_MILLIS);
        }
    }

    int port() {
        return port;
    }

    Set<String> connections() {
        return connector.getConnectedEndPoints().stream()
                .map(EndPoint::toString)
                .collect(Collectors.toSet());
    }

    /** Breaks all connections, also those with a call on the way, and lets nobody in for a while. */
    void restartAfter(long millis) throws Exception {
        connector.getServer().stop();
        LockSupport.parkNanos(millis * 1_000_000);
        connector = connector(port);
        FaultServer.onceFree(() -> {
            connector.open();
            return connector;
        });
        connector.getServer().start();
    }

    @Override
    public void close() {
        LifeCycle.stop(connector.getServer());
    }
}
