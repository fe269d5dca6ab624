package io.github.camelsendtalk.benchmark;

import java.net.URI;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;

/** With camel-http. */
final class HttpRoute extends JsonRoute {

    @Override
    void prepare(CamelContext context, URI server) {
        HttpComponent component = context.getComponent("http", HttpComponent.class);
        component.setMaxTotalConnections(MAX_CONNECTIONS);
        component.setConnectionsPerRoute(MAX_CONNECTIONS);
    }

    @Override
    String uri(URI server) {
        return server + SEND_PATH;
    }
}
