package io.github.camelsendtalk;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes through the public URI, against a sandbox whose clock stands still until a test steps it. */
abstract class SendTalkTestSupport extends CamelTestSupport {

    static final String SEND = "/api/v1/message/send_whatsapp";
    static final String STATUS = "/api/v1/message/get_status";
    static final String ID = "f26ccf7a-d867-b3a4-d333-117ec668718d";
    static final String PHONE = "6281212345678";
    static final long NOW = 1635774547004L;
    static final String PENDING = statusAnswer("pending", true);
    static final String SENT = statusAnswer("sent", false);

    @RegisterExtension
    static SendTalkSandbox sandbox =
            new SendTalkSandboxExtension(SendTalkSandbox.builder().frozenAt(Instant.ofEpochMilli(NOW)));

    final String key = TestKeys.next();

    /** Loads what a first call loads, so that deadlines measure calls alone. */
    @BeforeAll
    static void warmUp() {
        CamelContext context = new DefaultCamelContext();
        context.start();
        component(context).setBaseUrl(sandbox.baseUrl());
        String uri = "sendtalk:send?phone=" + PHONE + "&apiKey=" + TestKeys.next();
        context.createProducerTemplate().requestBody(uri, "Halo");
        context.stop();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        SendTalkComponent component = component(context);
        component.getConfiguration().setApiKey(key);
        component.setBaseUrl(sandbox.baseUrl());
        return context;
    }

    /**
     * Another component, for a server at another URL.
     *
     * @return the beginning of its URIs
     */
    String at(String baseUrl) {
        String name = "sendtalk" + (context.getComponentNames().size() + 1);
        SendTalkComponent component = new SendTalkComponent();
        component.getConfiguration().setApiKey(key);
        component.setBaseUrl(baseUrl);
        context.addComponent(name, component);
        return name + ":";
    }

    static SendTalkComponent component(CamelContext context) {
        return context.getComponent("sendtalk", SendTalkComponent.class);
    }

    static String accepted() {
        return envelope(200, "", "", "", """
                {"success": true, "message": "The message has been added to queue", "reason": "", "id": "%s"}""".formatted(ID));
    }

    private static String statusAnswer(String status, boolean isPending) {
        return envelope(200, "", "", "", """
                {"status": "%s", "isPending": %s, "isSent": %s, "sentTime": 1635774548482, "currency": "IDR", "price": 100, "createdTime": 1635774547004}""".formatted(status, isPending, !isPending));
    }

    static String error(int status, String code, String message, String field) {
        return envelope(status, code, message, field, "{}");
    }

    static String refused(String reason) {
        return envelope(200, "", "", "", """
                {"success": false, "message": "Refused", "reason": "%s", "id": ""}""".formatted(reason));
    }

    private static String envelope(int status, String code, String message, String field, String data) {
        return """
                {"status": %d, "error": {"code": "%s", "message": "%s", "field": "%s"}, "data": %s}""".formatted(status, code, message, field, data);
    }

    static ResponseDefinitionBuilder json(String body) {
        return aResponse().withHeader("Content-Type", "application/json").withBody(body);
    }

    static MappingBuilder onSend(ResponseDefinitionBuilder answer) {
        return post(urlEqualTo(SEND)).willReturn(answer);
    }

    static MappingBuilder onStatus(ResponseDefinitionBuilder answer) {
        return post(urlEqualTo(STATUS)).willReturn(answer);
    }

    /** Answers in this order, then as the sandbox does. */
    static void answersInOrder(
            Function<ResponseDefinitionBuilder, MappingBuilder> path, ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            stub(path.apply(answers[i])
                    .inScenario("answers")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "answer " + i)
                    .willSetStateTo("answer " + (i + 1)));
        }
    }

    static void stub(MappingBuilder mapping) {
        sandbox.wireMock().stubFor(mapping);
    }

    static List<LoggedRequest> requests() {
        return sandbox.wireMock().findAll(postRequestedFor(anyUrl()));
    }

    /** The message that the only request so far brought. */
    static SandboxMessage message() {
        assertThat(requests()).as("requests").hasSize(1);
        assertThat(sandbox.messages()).as("messages").hasSize(1);
        return sandbox.messages().get(0);
    }

    /** The JSON of the only request so far. */
    static JsonNode request() throws Exception {
        assertThat(requests()).as("requests").hasSize(1);
        return new ObjectMapper().readTree(requests().get(0).getBody());
    }

    /** Sends a body and headers to an endpoint, and gives the exchange as the route left it. */
    Exchange call(String uri, Object body, Map<String, Object> headers) {
        return call(uri, exchange -> {
            exchange.getMessage().setBody(body);
            headers.forEach(exchange.getMessage()::setHeader);
        });
    }

    Exchange call(String uri, Object body) {
        return call(uri, body, Map.of());
    }

    Exchange call(String uri, Consumer<Exchange> setUp) {
        return template.request(uri, setUp::accept);
    }

    static <T extends SendTalkException> T failure(Exchange exchange, Class<T> type) {
        assertThat(exchange.getException()).isInstanceOf(type);
        return type.cast(exchange.getException());
    }

    /** The call was a success, and its result is the id of a message that the sandbox holds. */
    static void wasAccepted(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        wasAccepted(exchange.getMessage().getBody());
    }

    static void wasAccepted(Object id) {
        assertThat(sandbox.messages())
                .extracting(message -> (Object) message.id())
                .contains(id);
    }

    static void noRequestWasMade() {
        assertThat(requests()).isEmpty();
    }

    /** Waits until something that is being stopped waits for its exchanges, which it must do before it ends. */
    void awaitGracefulStop(CompletableFuture<?> stop) {
        await(() -> waitsForExchanges() || stop.isDone());
        assertThat(stop).as("the stop").isNotDone();
    }

    /** Whether Camel's task is at work for this context; the thread that it runs on may be there before and after. */
    private boolean waitsForExchanges() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().contains("(" + context.getName() + ")"))
                .flatMap(thread -> Stream.of(thread.getValue()))
                .anyMatch(frame -> frame.getClassName().endsWith("ShutdownStrategy$ShutdownTask"));
    }

    /** The threads that components started and keep; those that connect end by themselves when there is nothing to do. */
    static Set<Thread> keptThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("sendtalk-(?!connect).*"))
                .collect(Collectors.toSet());
    }

    /** Waits until something is so, but not for ever. */
    static void await(Callable<Boolean> condition) {
        await(Duration.ofMillis(2), condition);
    }

    /** Waits as {@link #await(Callable)}, for something that costs too much to be looked at all the time. */
    static void await(Duration pollInterval, Callable<Boolean> condition) {
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .pollDelay(Duration.ZERO)
                .pollInterval(pollInterval)
                .atMost(Duration.ofSeconds(30))
                .until(condition);
    }
}
