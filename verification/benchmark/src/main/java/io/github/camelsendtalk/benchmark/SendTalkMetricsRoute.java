package io.github.camelsendtalk.benchmark;

import io.github.camelsendtalk.SendTalkComponent;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;

/** This project's component with its figures as meters, as docs/production.adoc shows them, scraped each second. */
final class SendTalkMetricsRoute extends SendTalkRoute {

    private final ScheduledExecutorService scrapes = Executors.newSingleThreadScheduledExecutor();

    @Override
    void prepare(CamelContext context, URI server) {
        super.prepare(context, server);
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        SendTalkComponent sendtalk = context.getComponent("sendtalk", SendTalkComponent.class);
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
        scrapes.scheduleAtFixedRate(meters::scrape, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        scrapes.shutdownNow();
        super.close();
    }
}
