package io.github.camelsendtalk.lifecycle;

import static io.github.camelsendtalk.support.Answers.accepted;
import static io.github.camelsendtalk.support.Answers.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Camel's developer consoles show of the component. */
class DevConsoleTest extends SendTalkTestSupport {

    private static final String CODE = "482913";

    @BeforeEach
    void sendInAllWays() {
        answersInOrder(
                SEND,
                json(accepted()),
                json(error(409, "40900", "Phone %s of '%s' is wrong".formatted(PHONE, CODE), "phone")),
                json("not JSON"));
        for (int answer = 0; answer < 3; answer++) {
            call("sendtalk:send?phone=" + PHONE, CODE);
        }
        call("sendtalk:send?phone=" + PHONE, "");
        call("sendtalk:status", "no-such-id");
        call(at("http://localhost:1") + "send?phone=" + PHONE, CODE);
    }

    @Test
    void camelFindsTheConsoleByItself() {
        DevConsoleRegistry registry = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        registry.loadDevConsoles(true);

        assertThat(registry.stream().map(DevConsole::getId)).contains("sendtalk");
    }

    @Test
    void theJsonHasEachComponentWithItsFigures() throws Exception {
        JsonNode components = json().path("components");

        assertThat(components).hasSize(2);
        JsonNode first = components.path(0);
        assertThat(first.path("name").asText()).isEqualTo("sendtalk");
        assertThat(first.path("baseUrl").asText()).isEqualTo(sandbox.baseUrl());
        assertThat(first.path("accepted").asInt()).isEqualTo(1);
        assertThat(first.path("refused").asInt()).isEqualTo(1);
        assertThat(first.path("failed").asInt()).isEqualTo(1);
        assertThat(first.path("unknown").asInt()).isEqualTo(1);
        assertThat(first.path("inFlight").asInt()).isZero();
        assertThat(first.path("connectionsPending").asInt()).isZero();
        assertThat(first.path("maxConnections").asInt()).isEqualTo(100);
        JsonNode second = components.path(1);
        assertThat(second.path("baseUrl").asText()).isEqualTo("http://localhost:1");
        assertThat(second.path("failed").asInt()).isEqualTo(1);
        assertThat(second.path("accepted").asInt()).isZero();
    }

    @Test
    void theLastFailureOfEachTypeIsShownTheNewestFirst() throws Exception {
        long before = System.currentTimeMillis();
        call("sendtalk:send?phone=" + PHONE, "");

        JsonNode failures = json().path("components").path(0).path("lastFailures");

        assertThat(failures.findValuesAsText("type"))
                .containsExactlyInAnyOrder(
                        "SendTalkValidationException",
                        "SendTalkMessageNotFoundException",
                        "SendTalkResponseException",
                        "SendTalkApiException");
        JsonNode newest = failures.path(0);
        assertThat(newest.path("type").asText()).isEqualTo("SendTalkValidationException");
        assertThat(newest.path("operation").asText()).isEqualTo("send");
        assertThat(newest.path("message").asText()).startsWith("The message's body is ");
        assertThat(newest.path("timestamp").asLong()).isBetween(before, System.currentTimeMillis());
        assertThat(failures.findValuesAsText("operation")).contains("status");
    }

    @Test
    void theTextSaysTheSame() {
        assertThat(text())
                .contains(
                        "Component: sendtalk",
                        "Base URL: " + sandbox.baseUrl(),
                        "Accepted: 1",
                        "Unknown: 1",
                        "In flight: 0",
                        "Connections leased: ",
                        "Max connections: 100",
                        "Last SendTalkApiException: ",
                        "of status",
                        "Base URL: http://localhost:1");
    }

    @Test
    void neitherHoldsTheKeyTheCodeOrTheNumber() throws Exception {
        assertThat(text() + json()).contains("SendTalkApiException").doesNotContain(key, CODE, PHONE);
    }

    private String text() {
        return (String) console().call(MediaType.TEXT);
    }

    private JsonNode json() throws Exception {
        JsonObject json = (JsonObject) console().call(MediaType.JSON);
        // as Camel writes it
        return new ObjectMapper().readTree(Jsoner.serialize(json));
    }

    private DevConsole console() {
        DevConsoleRegistry registry = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        return assertThat(registry.resolveById("sendtalk")).isNotNull().actual();
    }
}
