package io.github.camelsendtalk.leaks;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.support.SpanRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.BacklogTracer;
import org.apache.camel.support.DefaultExchange;

/** A context with our component in it, and with all that shows what happens in a context. */
final class HuntedContext implements AutoCloseable {

    /** What the user told Camel to show. */
    enum Watch {
        /** The loggers, at DEBUG, JMX, health checks, events, spans and developer consoles. */
        DEFAULTS,
        /** Tracer, backlog tracer and message history as well, with bodies, headers and properties. */
        EVERYTHING
    }

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final SendTalkComponent component = new SendTalkComponent();
    private final Events events = new Events();
    private final SpanRecorder spans = new SpanRecorder();
    private final ProducerTemplate template;
    private final Management management;

    HuntedContext(Watch watch, Consumer<SendTalkComponent> settings) throws Exception {
        settings.accept(component);
        context.addComponent("sendtalk", component);
        if (watch == Watch.EVERYTHING) {
            showEverything();
        }
        context.setDevConsole(true);
        context.getManagementStrategy().addEventNotifier(events);
        spans.setCamelContext(context);
        spans.init(context);
        context.addRoutes(routes());
        context.start();
        BacklogTracer tracer = context.getCamelContextExtension().getContextPlugin(BacklogTracer.class);
        if (tracer != null) {
            tracer.setIncludeExchangeProperties(true);
            tracer.setIncludeExchangeVariables(true);
        }
        HealthCheckHelper.getHealthCheckRepository(context, "producers", HealthCheckRepository.class)
                .setEnabled(true);
        DevConsoleRegistry.get(context).loadDevConsoles();
        template = context.createProducerTemplate();
        management = new Management(context);
    }

    @SuppressWarnings("deprecation") // MDC, from Camel 4.22 on
    private void showEverything() {
        context.setTracing(true);
        context.setBacklogTracing(true);
        context.setMessageHistory(true);
        context.setLogExhaustedMessageBody(true);
        context.setUseMDCLogging(true);
        context.setUseBreadcrumb(true);
    }

    private static RouteBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                add("", 20_000);
                add("impatient-", 300);
            }

            private void add(String prefix, int requestTimeout) {
                String timeout = "requestTimeout=" + requestTimeout;
                from("direct:" + prefix + "send").to("sendtalk:send?" + timeout);
                from("direct:" + prefix + "status").to("sendtalk:status?" + timeout);
                from("direct:" + prefix + "check").to("sendtalk:check?" + timeout);
                from("direct:" + prefix + "dynamic").toD("sendtalk:send?phone=${header.to}&" + timeout);
            }
        };
    }

    CamelContext camel() {
        return context;
    }

    SendTalkComponent component() {
        return component;
    }

    Events events() {
        return events;
    }

    SpanRecorder spans() {
        return spans;
    }

    Management management() {
        return management;
    }

    /** A call to make. */
    Call to(String uri, Object body, Map<String, Object> headers) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        headers.forEach(exchange.getMessage()::setHeader);
        return new Call(uri, exchange, body, headers);
    }

    /** Begins a call. */
    CompletableFuture<Exchange> begin(Call call) {
        return template.asyncSend(call.uri(), call.exchange());
    }

    /** Makes calls, all at once, and waits until they have ended. */
    List<Call> make(Call... calls) throws Exception {
        List<CompletableFuture<Exchange>> ends = new ArrayList<>();
        for (Call call : calls) {
            ends.add(begin(call));
        }
        for (CompletableFuture<Exchange> end : ends) {
            end.get(40, TimeUnit.SECONDS);
        }
        return List.of(calls);
    }

    @Override
    public void close() {
        context.stop();
    }
}
