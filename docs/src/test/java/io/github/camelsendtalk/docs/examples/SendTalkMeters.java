package io.github.camelsendtalk.docs.examples;

import io.github.camelsendtalk.SendTalkComponent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.apache.camel.builder.RouteBuilder;

/** Shows the figures of the component to Micrometer: a route builder, because each runtime finds those by itself. */
public class SendTalkMeters extends RouteBuilder {

    @Override
    public void configure() {
        // tag::meters[]
        MeterRegistry meters = getContext().getRegistry().findSingleByType(MeterRegistry.class);
        SendTalkComponent sendtalk = getContext().getComponent("sendtalk", SendTalkComponent.class);
        Tags url = Tags.of("url", sendtalk.getBaseUrl());
        var sends = meters.more();
        sends.counter("sendtalk.sends", url.and("outcome", "accepted"), sendtalk, SendTalkComponent::getAccepted);
        sends.counter("sendtalk.sends", url.and("outcome", "refused"), sendtalk, SendTalkComponent::getRefused);
        sends.counter("sendtalk.sends", url.and("outcome", "failed"), sendtalk, SendTalkComponent::getFailed);
        sends.counter("sendtalk.sends", url.and("outcome", "unknown"), sendtalk, SendTalkComponent::getUnknown);
        meters.gauge("sendtalk.in.flight", url, sendtalk, SendTalkComponent::getInFlight);
        var leased = url.and("state", "leased");
        var pending = url.and("state", "pending");
        meters.gauge("sendtalk.connections", leased, sendtalk, SendTalkComponent::getConnectionsLeased);
        meters.gauge("sendtalk.connections", pending, sendtalk, SendTalkComponent::getConnectionsPending);
        // end::meters[]
    }
}
