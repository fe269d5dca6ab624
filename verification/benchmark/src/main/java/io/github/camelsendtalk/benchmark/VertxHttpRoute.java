package io.github.camelsendtalk.benchmark;

import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import org.apache.camel.CamelContext;
import org.apache.camel.component.vertx.http.VertxHttpComponent;

/** With camel-vertx-http. */
final class VertxHttpRoute extends JsonRoute {

    @Override
    void prepare(CamelContext context, URI server) {
        context.getComponent("vertx-http", VertxHttpComponent.class)
                .setWebClientOptions(new WebClientOptions().setMaxPoolSize(MAX_CONNECTIONS));
    }

    @Override
    String uri(URI server) {
        return "vertx-http:" + server + SEND_PATH;
    }
}
