package io.github.camelsendtalk;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.camelsendtalk.client.SendTalkException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes through the public URI, against a server that answers what a test says. */
abstract class SendTalkTestSupport extends CamelTestSupport {

    static final String SEND = "/api/v1/message/send_whatsapp";
    static final String STATUS = "/api/v1/message/get_status";
    static final String ID = "f26ccf7a-d867-b3a4-d333-117ec668718d";
    static final String PHONE = "6281212345678";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().containerThreads(50))
            .build();

    final String key = TestKeys.next();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        SendTalkComponent component = component(context);
        component.getConfiguration().setApiKey(key);
        component.getConfiguration().setBaseUrl(SERVER.baseUrl());
        return context;
    }

    static SendTalkComponent component(CamelContext context) {
        return context.getComponent("sendtalk", SendTalkComponent.class);
    }

    static String accepted() {
        return envelope(200, "", "", "", """
                {"success": true, "message": "The message has been added to queue", "reason": "", "id": "%s"}""".formatted(ID));
    }

    static String statusAnswer(String status, boolean isPending) {
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

    static void acceptAll() {
        SERVER.stubFor(onSend(json(accepted())));
    }

    /** Answers in this order, the last one for ever. */
    static void answersInOrder(
            Function<ResponseDefinitionBuilder, MappingBuilder> path, ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            boolean last = i == answers.length - 1;
            SERVER.stubFor(path.apply(answers[i])
                    .inScenario("answers")
                    .whenScenarioStateIs(i == 0 ? "Started" : "answer " + i)
                    .willSetStateTo(i == 0 && last ? "Started" : "answer " + (last ? i : i + 1)));
        }
    }

    static List<LoggedRequest> requests() {
        return SERVER.findAll(postRequestedFor(anyUrl()));
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

    static void noRequestWasMade() {
        assertThat(requests()).isEmpty();
    }
}
