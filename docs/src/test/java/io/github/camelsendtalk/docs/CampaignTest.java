package io.github.camelsendtalk.docs;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The recipe for campaigns sends each row once, however often it is started. */
class CampaignTest {

    private static final String SEND = "/api/v1/message/send_whatsapp";

    @TempDir
    private Path folder;

    private SendTalkSandbox sandbox;
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CallsInFlight calls = new CallsInFlight();

    @BeforeEach
    void startSandbox() {
        sandbox = SendTalkSandbox.start();
    }

    @AfterEach
    void stopSandbox() {
        sandbox.close();
    }

    @ParameterizedTest
    @EnumSource
    void goesOnPastWrongRowsAndSendsNoneTwice(Dsl dsl) throws Exception {
        sandbox.wireMock()
                .stubFor(post(urlPathEqualTo(SEND))
                        .withRequestBody(containing("1017"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(503)));
        List<Map<String, String>> rows = rows(100);
        rows.set(3, row(3, "0812-1234-0001"));
        rows.set(5, row(5, ""));
        rows.set(7, row(7, "call me"));
        rows.set(9, rows.get(8));

        assertThat(run(dsl, rows).getException()).isNull();

        assertThat(sent).hasSize(95).doesNotHaveDuplicates();
        assertThat(failed).containsExactlyInAnyOrder("row-3", "row-5", "row-7", "row-17");
        assertThat(requests()).isEqualTo(95 + 2);

        assertThat(run(dsl, rows).getException()).isNull();

        assertThat(sent).as("sent again").hasSize(95);
        assertThat(failed).as("tried again: what is known not to be sent").hasSize(4 + 3);
        assertThat(requests()).isEqualTo(97 + 1);
    }

    @ParameterizedTest
    @EnumSource
    void stopsAtAnEmptyBalanceAndGoesOnAfterwards(Dsl dsl) throws Exception {
        List<Map<String, String>> rows = rows(150);
        List<Map<String, String>> withPoorRow = new ArrayList<>(rows);
        withPoorRow.set(30, row(30, "0812-1234-0002"));

        run(dsl, withPoorRow);

        assertThat(stopped).isTrue();
        assertThat(failed).containsExactly("row-30");
        assertThat(sent).as("sent until all calls under way had ended").hasSizeBetween(10, 100);

        run(dsl, rows);

        assertThat(stopped).isFalse();
        assertThat(sent).hasSize(150).doesNotHaveDuplicates();
        assertThat(sandbox.messages())
                .extracting(SandboxMessage::phone)
                .hasSize(150)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void hasAtMostTwentyCallsInFlight(Dsl dsl) throws Exception {
        sandbox.wireMock().setGlobalFixedDelay(50);

        run(dsl, rows(100));

        assertThat(sent).hasSize(100);
        assertThat(calls.most.get()).isBetween(2, 20);
    }

    @Test
    void withoutTheThrottleFarMoreRowsAreInFlight() throws Exception {
        sandbox.wireMock().setGlobalFixedDelay(1_000);
        RouteBuilder routes = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:campaign")
                        .split(body())
                        .streaming()
                        .parallelProcessing()
                        .setHeader("phone", simple("${body[phone]}"))
                        .setBody(constant("Hello"))
                        .to("sendtalk:send?phoneRegion=ID");
            }
        };
        RunningExample.Content content = context -> {
            context.getManagementStrategy().addEventNotifier(calls);
            context.addRoutes(routes);
        };
        try (RunningExample example = new RunningExample(content, sandbox.baseUrl())) {
            example.request("direct:campaign", rows(150), Map.of());
        }

        assertThat(calls.most.get()).isGreaterThan(60);
    }

    private Exchange run(Dsl dsl, List<Map<String, String>> rows) throws Exception {
        RunningExample.Content content = context -> {
            bindBeans(context);
            context.getManagementStrategy().addEventNotifier(calls);
            context.addRoutes(RunningExample.end("direct:row-sent", exchange -> sent.add(row(exchange))));
            context.addRoutes(RunningExample.end("direct:row-failed", exchange -> failed.add(row(exchange))));
            dsl.add(Example.CAMPAIGN, context);
        };
        try (RunningExample example = new RunningExample(content, sandbox.baseUrl())) {
            return example.request("direct:campaign", rows, Map.of());
        }
    }

    private void bindBeans(CamelContext context) {
        FileIdempotentRepository rows = new FileIdempotentRepository();
        rows.setFileStore(folder.resolve("begun-rows.txt").toFile());
        context.getRegistry().bind("begunRows", rows);
        context.getRegistry().bind("stopped", stopped);
    }

    private static String row(Exchange exchange) {
        return exchange.getMessage().getHeader("row", String.class);
    }

    private int requests() {
        return sandbox.wireMock()
                .findAll(postRequestedFor(urlPathEqualTo(SEND)))
                .size();
    }

    private static List<Map<String, String>> rows(int count) {
        return new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> row(i, "0812-3456-" + (1000 + i)))
                .toList());
    }

    private static Map<String, String> row(int number, String phone) {
        return Map.of("id", "row-" + number, "phone", phone, "name", "Budi");
    }

    /** Counts the calls that were begun and not ended. */
    private static final class CallsInFlight extends EventNotifierSupport {

        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof CamelEvent.ExchangeSendingEvent sending && isSend(sending.getEndpoint())) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
            } else if (event instanceof CamelEvent.ExchangeSentEvent ended && isSend(ended.getEndpoint())) {
                now.decrementAndGet();
            }
        }

        private static boolean isSend(Endpoint endpoint) {
            return endpoint.getEndpointUri().startsWith("sendtalk:");
        }
    }
}
