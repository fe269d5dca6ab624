package io.github.camelsendtalk.support;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.util.function.ThrowingConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes through the public URI, against a sandbox whose clock stands still until a test steps it. */
public abstract class SendTalkTestSupport extends CamelTestSupport {

    protected static final String SEND = "/api/v1/message/send_whatsapp";
    protected static final String STATUS = "/api/v1/message/get_status";
    protected static final String CHECK = "/api/v1/message/check_whatsapp_phone";
    protected static final String PHONE = "6281212345678";
    protected static final long NOW = 1635774547004L;

    @RegisterExtension
    protected static SendTalkSandbox sandbox =
            new SendTalkSandboxExtension(SendTalkSandbox.builder().frozenAt(Instant.ofEpochMilli(NOW)));

    protected final String key = TestKeys.next();

    /** Loads what a first call loads, so that deadlines measure calls alone. */
    @BeforeAll
    protected static void warmUp() {
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

    /** Adds another component, for a server at another URL, and gives the beginning of its URIs. */
    protected String at(String baseUrl) {
        String name = "sendtalk" + (context.getComponentNames().size() + 1);
        SendTalkComponent component = new SendTalkComponent();
        component.getConfiguration().setApiKey(key);
        component.setBaseUrl(baseUrl);
        context.addComponent(name, component);
        return name + ":";
    }

    protected static SendTalkComponent component(CamelContext context) {
        return context.getComponent("sendtalk", SendTalkComponent.class);
    }

    protected static ResponseDefinitionBuilder json(String body) {
        return aResponse().withHeader("Content-Type", "application/json").withBody(body);
    }

    protected static void answer(String path, ResponseDefinitionBuilder answer) {
        sandbox.wireMock().stubFor(post(path).willReturn(answer));
    }

    /** Answers in this order, then as the sandbox does. */
    protected static void answersInOrder(String path, ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            sandbox.wireMock()
                    .stubFor(post(path)
                            .inScenario("answers")
                            .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "answer " + i)
                            .willSetStateTo("answer " + (i + 1))
                            .willReturn(answers[i]));
        }
    }

    protected static List<LoggedRequest> requests() {
        return sandbox.wireMock().findAll(postRequestedFor(anyUrl()));
    }

    /** The message that the only request so far brought. */
    protected static SandboxMessage message() {
        assertThat(requests()).as("requests").hasSize(1);
        return assertThat(sandbox.messages()).as("messages").singleElement().actual();
    }

    /** The JSON of the only request so far. */
    protected static JsonNode request() throws Exception {
        assertThat(requests()).as("requests").hasSize(1);
        return new ObjectMapper().readTree(requests().get(0).getBody());
    }

    /** Sends a body and headers to an endpoint, and gives the exchange as the route left it. */
    protected Exchange call(String uri, Object body, Map<String, Object> headers) {
        return template.request(uri, exchange -> {
            exchange.getMessage().setBody(body);
            headers.forEach(exchange.getMessage()::setHeader);
        });
    }

    protected Exchange call(String uri, Object body) {
        return call(uri, body, Map.of());
    }

    protected static <T extends SendTalkException> T failure(Exchange exchange, Class<T> type) {
        assertThat(exchange.getException()).isInstanceOf(type);
        return type.cast(exchange.getException());
    }

    /** The call was a success, and its result is the id of a message that the sandbox holds. */
    protected static void wasAccepted(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        wasAccepted(exchange.getMessage().getBody());
    }

    protected static void wasAccepted(Object id) {
        assertThat(id).isIn(sandbox.messages().stream().map(SandboxMessage::id).toList());
    }

    protected static void noRequestWasMade() {
        assertThat(requests()).isEmpty();
    }

    /** A producer of an endpoint, started. */
    protected AsyncProducer producer(String uri) throws Exception {
        AsyncProducer producer = context.getEndpoint(uri).createAsyncProducer();
        producer.start();
        return producer;
    }

    /** Restarts the component with other options. */
    protected void restart(Consumer<SendTalkComponent> change) {
        SendTalkComponent component = component(context);
        component.stop();
        change.accept(component);
        component.start();
    }

    /** Begins to stop something, on a thread of its own, and gives its end once it waits for the exchanges in flight. */
    protected Future<Void> beginGracefulStop(ThrowingConsumer<CamelContext, Exception> stop) {
        FutureTask<Void> end = new FutureTask<>(() -> {
            stop.accept(context);
            return null;
        });
        Thread thread = new Thread(end);
        thread.setDaemon(true);
        thread.start();
        Await.until(() -> thread.getState() == Thread.State.TIMED_WAITING || end.isDone());
        assertThat(end).as("the stop").isNotDone();
        return end;
    }

    /** The threads that components started and keep; those that connect end by themselves when there is nothing to do. */
    protected static Set<Thread> keptThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("sendtalk-(?!connect).*"))
                .collect(Collectors.toSet());
    }
}
