package io.github.camelsendtalk.benchmark;

import io.github.camelsendtalk.SendTalkComponent;
import java.net.URI;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;

/** This project's component. */
class SendTalkRoute extends CamelRoute {

    @Override
    void prepare(CamelContext context, URI server) {
        SendTalkComponent component = context.getComponent("sendtalk", SendTalkComponent.class);
        component.getConfiguration().setApiKey(API_KEY);
        component.setBaseUrl(server.toString());
        component.getConfiguration().setPhoneRegion("ID");
        component.setMaxConnections(MAX_CONNECTIONS);
    }

    @Override
    void addSteps(RouteDefinition route, URI server) {
        route.to("sendtalk:send");
    }
}
