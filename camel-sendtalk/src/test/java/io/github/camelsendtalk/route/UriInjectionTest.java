package io.github.camelsendtalk.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.client.SendTalkValidationException;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import io.github.camelsendtalk.support.TestKeys;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value from outside that becomes a part of a URI sends neither key nor message elsewhere: R5 to R7. */
class UriInjectionTest extends SendTalkTestSupport {

    /** Whoever gets a request here has got the key. */
    @AutoClose
    private final ScriptedServer stranger = ScriptedServer.startAccepting();

    @ParameterizedTest(name = "R5: {0} with {1}")
    @CsvSource({
        "recipientList, PHONE&baseUrl=STRANGER",
        "recipientList, RAW(PHONE)&baseUrl=RAW(STRANGER)",
        "recipientList-key, PHONE&baseUrl=STRANGER",
        "routingSlip, PHONE&baseUrl=STRANGER",
        "routingSlip, PHONE&baseUrl=RAW(STRANGER)",
        "dynamicRouter, PHONE&baseUrl=STRANGER",
        "toD, PHONE&baseUrl=STRANGER",
        "toD, PHONE&baseUrl=RAW(STRANGER)",
        "toD-key, PHONE&baseUrl=STRANGER",
        "toD-plain, PHONE&baseUrl=STRANGER",
        "toD-plain-key, PHONE&baseUrl=STRANGER",
        "enrich, PHONE&baseUrl=STRANGER",
        "recipientList, PHONE&component.baseUrl=STRANGER",
        "routingSlip, PHONE&component.baseUrl=STRANGER",
        "toD, PHONE&component.baseUrl=STRANGER",
        "toD-plain, PHONE&component.baseUrl=STRANGER",
        "enrich, PHONE&component.configuration.apiKey=other",
        "toD-region, ID%2526component.baseUrl%253DSTRANGER",
        "toD-region, ID%2526apiKey%253Dother",
        "toD-region, ID%26apiKey%3Dother",
        "wireTap, PHONE&baseUrl=STRANGER",
        "toD-other, PHONE&baseUrl=STRANGER",
        "kamelet, PHONE)&apiKey=RAW(other"
    })
    void noValueSendsTheKeyToAStranger(String route, String value) {
        String to =
                value.replace("PHONE", PHONE).replace("STRANGER", stranger.url().toString());

        Exchange exchange = call("direct:" + route, "Halo", Map.of("to", to));

        if (!route.equals("wireTap")) {
            assertThat(exchange.getException()).isNotNull();
        }
        assertThat(stranger.received()).isEmpty();
        noRequestWasMade();
    }

    @ParameterizedTest(name = "R5: a producer template with {0}")
    @ValueSource(strings = {"", "&apiKey=other"})
    void noUriOfATemplateSendsTheKeyToAStranger(String more) {
        Throwable failure = catchThrowable(
                () -> call("sendtalk:send?phone=" + PHONE + "&baseUrl=" + stranger.url() + more, "Halo"));

        assertThat(failure)
                .rootCause()
                .hasMessageContaining("baseUrl is an option of the component")
                .hasMessageContaining("camel.component.sendtalk.base-url")
                .hasMessageNotContaining(stranger.url().toString());
        assertThat(stranger.received()).isEmpty();
    }

    @Test
    @DisplayName("R5: a parameter baseUrl of a kamelet reaches nothing")
    void aKameletHasNoBaseUrl() {
        call("direct:kamelet-with-parameter", "Halo", Map.of("to", PHONE + "&baseUrl=" + stranger.url()));
        call("direct:kamelet", "Halo", Map.of("to", PHONE + ")&baseUrl=RAW(" + stranger.url()));

        assertThat(stranger.received()).isEmpty();
        assertThat(sandbox.messages()).extracting(SandboxMessage::phone).containsOnly(PHONE);
    }

    @ParameterizedTest(name = "R6: a placeholder of the key in a value is not sent to anybody: {0}")
    @ValueSource(strings = {"phone", "caption"})
    void thePlaceholderOfTheKeyIsNotSent(String header) {
        context.getPropertiesComponent().addOverrideProperty("sendtalk.key", key);

        Exchange exchange = call(
                "direct:image",
                "https://example.com/a.jpg",
                Map.of("phone", header.equals("phone") ? "{{sendtalk.key}}" : PHONE, "caption", "{{sendtalk.key}}"));

        requireRefusedOrLeftAsItIs(exchange, header, key);
    }

    @ParameterizedTest(name = "R6: a value of an endpoint''s option names no bean, class or property: {0}")
    @ValueSource(
            strings = {
                "#property:sendtalk.key",
                "{{sendtalk.key}}",
                "#bean:shopSecret",
                "#class:java.io.FileWriter('target/a-file-that-nobody-makes')"
            })
    void aValueNamesNoBean(String value) {
        context.getPropertiesComponent().addOverrideProperty("sendtalk.key", key);
        context.getRegistry().bind("shopSecret", "the-secret-of-the-shop");

        Exchange exchange = call("direct:toD-region", "Halo", Map.of("to", value));

        assertThat(exchange.getException()).isNotNull();
        assertThat(stackTrace(exchange.getException())).doesNotContain(key, "the-secret-of-the-shop");
        assertThat(Path.of("target/a-file-that-nobody-makes")).doesNotExist();
        noRequestWasMade();
    }

    @Test
    @DisplayName("R6: the key of another account is not sent either")
    void theKeyOfAnotherAccountIsNotSent() {
        String otherKey = TestKeys.next();
        SendTalkComponent marketing = new SendTalkComponent();
        marketing.getConfiguration().setApiKey(otherKey);
        context.addComponent("marketing", marketing);
        context.getPropertiesComponent().addOverrideProperty("marketing.key", otherKey);

        Exchange exchange = call(
                "direct:image", "https://example.com/a.jpg", Map.of("phone", PHONE, "caption", "{{marketing.key}}"));

        requireRefusedOrLeftAsItIs(exchange, "caption", otherKey);
    }

    @Test
    @DisplayName("R7: a component of another name works in toD, with one endpoint for all recipients")
    void aComponentOfAnotherNameWorks() {
        for (int i = 0; i < 20; i++) {
            assertThat(call("direct:toD-other", "Halo", Map.of("to", PHONE)).getException())
                    .isNull();
        }

        assertThat(sandbox.messages()).hasSize(20);
        assertThat(context.getEndpoints())
                .filteredOn(endpoint -> endpoint.getEndpointUri().startsWith("sendtalk2:"))
                .hasSize(1);
    }

    @ParameterizedTest(name = "R7: a component of another name has the guards of toD: {0}")
    @ValueSource(strings = {"&apiKey=other", "&phone=6281200000003", "&requestTimeout=1", "&e=1"})
    void aComponentOfAnotherNameHasTheGuards(String more) {
        Exchange exchange = call("direct:toD-other", "Halo", Map.of("to", PHONE + more));

        assertThat(failure(exchange, SendTalkValidationException.class)).hasMessageNotContaining(PHONE);
        noRequestWasMade();
    }

    /** Camel 4.18 puts the key in the placeholder's place, and 4.22 leaves the placeholder as it is. */
    private static void requireRefusedOrLeftAsItIs(Exchange exchange, String field, String secret) {
        if (exchange.getException() != null) {
            SendTalkValidationException failure = failure(exchange, SendTalkValidationException.class);
            assertThat(failure.getField()).isEqualTo(field);
            assertThat(failure).hasMessageNotContaining(secret);
        }
        assertThat(requests()).noneMatch(request -> request.getBodyAsString().contains(secret));
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        SendTalkComponent other = new SendTalkComponent();
        other.getConfiguration().setApiKey(key);
        other.setBaseUrl(sandbox.baseUrl());
        context.addComponent("sendtalk2", other);
        String uri = "sendtalk:send?phone=${header.to}";
        // a placeholder, because a route is printed with what is written in it
        context.getPropertiesComponent().addInitialProperty("own.key", key);
        String withKey = "sendtalk:send?apiKey=RAW({{own.key}})&phone=${header.to}";
        String kamelet = "kamelet:sendtalk-sink?apiKey=RAW({{own.key}})&phone=";
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:recipientList").recipientList(simple(uri)).delimiter("false");
                from("direct:recipientList-key").recipientList(simple(withKey)).delimiter("false");
                from("direct:routingSlip").routingSlip(simple(uri)).uriDelimiter("|");
                from("direct:dynamicRouter").dynamicRouter(method(new Once(), "next"));
                from("direct:toD").toD(uri);
                from("direct:toD-key").toD(withKey);
                from("direct:toD-plain").toD().uri(uri).allowOptimisedComponents(false);
                from("direct:toD-plain-key").toD().uri(withKey).allowOptimisedComponents(false);
                from("direct:toD-region").toD("sendtalk:send?phone=" + PHONE + "&phoneRegion=${header.to}");
                from("direct:toD-other").toD("sendtalk2:send?phone=${header.to}");
                from("direct:enrich").enrich().simple(uri);
                from("direct:wireTap").wireTap(uri);
                from("direct:kamelet").toD(kamelet + "RAW(${header.to})");
                from("direct:kamelet-with-parameter").toD(kamelet + "${header.to}");
                from("direct:image")
                        .toD(
                                "sendtalk:send?messageType=image&filename=a.jpg&phone=${header.phone}&caption=${header.caption}");
            }
        };
    }

    /** Names one step, and then none. */
    public static final class Once {

        public String next(Exchange exchange) {
            boolean first = exchange.getProperty("next") == null;
            exchange.setProperty("next", true);
            return first ? "sendtalk:send?phone=" + exchange.getMessage().getHeader("to") : null;
        }
    }
}
