package io.github.camelsendtalk.docs;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.docs.examples.SendTalkMeters;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

/** What Camel's tracing, metrics and logging context show of a send, with the settings that the documents show. */
class ObservabilityTest {

    private static final String PHONE = "6281212345678";
    private static final String TEXT = "Your code is 493817";
    private static final String REFUSED = "628110000001";
    private static final String UNKNOWN = "628110000021";
    private static final String KEY = "key-of-the-observed";

    @RegisterExtension
    static SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final SdkTracerProvider tracing = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Main main = new Main();

    /** What a step after the send saw. */
    private record After(String thread, Map<String, String> mdc, String traceId, String spanId) {

        static void look(Exchange exchange) {
            var span = Span.current().getSpanContext();
            exchange.setVariable(
                    "after",
                    new After(
                            Thread.currentThread().getName(),
                            MDC.getCopyOfContextMap(),
                            span.getTraceId(),
                            span.getSpanId()));
        }
    }

    @BeforeEach
    void start() {
        main.setDefaultPropertyPlaceholderLocation("classpath:examples/observability.properties");
        main.addOverrideProperty("camel.component.sendtalk.api-key", KEY);
        main.addOverrideProperty("camel.component.sendtalk.base-url", sandbox.baseUrl());
        main.bind("tracer", tracing.get("test"));
        main.bind("meters", meters);
        main.configure().addRoutesBuilder(new SendTalkMeters());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:code")
                        .routeId("code")
                        .toD("sendtalk:send?phone=${header.recipient}")
                        .process(After::look)
                        .id("look");
                from("direct:staff").to("sendtalk:send?messageType=otp&phone=" + PHONE);
            }
        });
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
        tracing.close();
    }

    @Test
    void aSendHasASpanInTheTraceOfItsRoute() {
        send(PHONE);

        SpanData send = span("sendtalk");
        assertThat(send.getParentSpanId()).isEqualTo(span("toD").getSpanId());
        assertThat(send.getTraceId()).isEqualTo(span("look").getTraceId());
        assertThat(send.getEndEpochNanos()).isGreaterThan(send.getStartEpochNanos());
    }

    @Test
    void theCurrentSpanAfterASendIsThatOfTheStep() {
        After after = send(PHONE).getVariable("after", After.class);

        assertThat(after.thread()).contains("SendTalkWorker");
        assertThat(after.traceId()).isEqualTo(span("look").getTraceId());
        assertThat(after.spanId()).isEqualTo(span("look").getSpanId());
    }

    @Test
    void theLoggingContextAfterASendIsThatOfTheExchange() {
        Exchange exchange = send(PHONE);

        assertThat(exchange.getVariable("after", After.class).mdc())
                .containsEntry("camel.exchangeId", exchange.getExchangeId())
                .containsEntry("camel.routeId", "code");
    }

    @Test
    void theTimerOfTheRouteMeasuresSends() {
        send(PHONE);

        Timer timer = meters.get("camel.route.policy").tag("routeId", "code").timer();
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive();
    }

    @Test
    void theSpanOfASendSaysHowItEnded() {
        String id = send(PHONE).getMessage().getBody(String.class);

        assertThat(span("sendtalk").getAttributes().asMap())
                .containsEntry(stringKey("sendtalk.operation"), "send")
                .containsEntry(stringKey("sendtalk.message.type"), "text")
                .containsEntry(stringKey("sendtalk.outcome"), "accepted")
                .containsEntry(stringKey("messaging.message.id"), id);
    }

    @Test
    void theFiguresOfTheComponentAreScraped() {
        send(PHONE);
        send(PHONE);
        send("0812-NOBODY");
        send(REFUSED);
        send(UNKNOWN);
        awaitThatConnectionsAreFree();

        String url = "url=\"" + sandbox.baseUrl() + "\"";
        assertThat(meters.scrape().lines().filter(line -> line.startsWith("sendtalk_")))
                .containsExactlyInAnyOrder(
                        "sendtalk_sends_total{outcome=\"accepted\",%s} 2.0".formatted(url),
                        "sendtalk_sends_total{outcome=\"refused\",%s} 1.0".formatted(url),
                        "sendtalk_sends_total{outcome=\"failed\",%s} 1.0".formatted(url),
                        "sendtalk_sends_total{outcome=\"unknown\",%s} 1.0".formatted(url),
                        "sendtalk_in_flight{%s} 0.0".formatted(url),
                        "sendtalk_connections{state=\"leased\",%s} 0.0".formatted(url),
                        "sendtalk_connections{state=\"pending\",%s} 0.0".formatted(url));
    }

    @Test
    void theConsoleIsAsTheDocumentsShowIt() throws Exception {
        send(PHONE);
        send(PHONE);
        send(UNKNOWN);
        send(REFUSED);
        awaitThatConnectionsAreFree();

        String text = (String) console().call(MediaType.TEXT);

        assertThat(text.replace(sandbox.baseUrl(), "https://sendtalk-api.taptalk.io")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "2026-11-28T08:15:30Z")
                        .strip())
                .isEqualTo(Files.readString(Document.ROOT.resolve("docs/src/test/resources/examples/console.txt"))
                        .strip());
    }

    private DevConsole console() {
        return DevConsoleRegistry.get(main.getCamelContext()).resolveById("sendtalk");
    }

    /** They become so a little after the answer. */
    private void awaitThatConnectionsAreFree() {
        SendTalkComponent sendtalk = main.getCamelContext().getComponent("sendtalk", SendTalkComponent.class);
        await().until(() -> sendtalk.getConnectionsLeased() == 0);
    }

    @Test
    void neitherSpansNorMetersNorTheConsoleSayWhatWasSentToWhom() {
        send(PHONE);
        send("0812-NOBODY");
        send(REFUSED);
        send(UNKNOWN);

        for (String shown : List.of(
                spans.getFinishedSpanItems().toString(),
                meters.scrape(),
                console().call(MediaType.TEXT).toString(),
                console().call(MediaType.JSON).toString())) {
            assertThat(shown)
                    .contains("sendtalk")
                    .doesNotContain(KEY, PHONE, "493817", "NOBODY", REFUSED, REFUSED.substring(2), UNKNOWN);
        }
    }

    @Test
    void theSpanOfASendDoesNotShowTheNumberInItsUri() {
        send("direct:staff", "");

        assertThat(span("sendtalk").getAttributes().asMap())
                .containsEntry(stringKey("sendtalk.message.type"), "otp")
                .containsEntry(stringKey("camel.uri"), "sendtalk://send");
        assertThat(spans.getFinishedSpanItems().toString()).doesNotContain(PHONE);
    }

    private Exchange send(String recipient) {
        return send("direct:code", recipient);
    }

    private Exchange send(String route, String recipient) {
        return main.getCamelContext()
                .createFluentProducerTemplate()
                .to(route)
                .withBody(TEXT)
                .withHeader("recipient", recipient)
                .send();
    }

    private SpanData span(String name) {
        List<SpanData> found = spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().contains(name))
                .toList();
        assertThat(found).as(() -> name + " of " + spans.getFinishedSpanItems()).hasSize(1);
        return found.get(0);
    }
}
