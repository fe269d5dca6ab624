package io.github.camelsendtalk.kamelet;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.github.camelsendtalk.support.Answers.ID;
import static io.github.camelsendtalk.support.Answers.PENDING;
import static io.github.camelsendtalk.support.Answers.SENT;
import static io.github.camelsendtalk.support.Answers.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camelsendtalk.SendTalkConstants;
import io.github.camelsendtalk.client.MessageStatus;
import io.github.camelsendtalk.client.SendTalkMessageNotFoundException;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import io.github.camelsendtalk.support.TestKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kamelets in the jar, as routes in YAML use them. */
class KameletTest extends SendTalkTestSupport {

    private final String kameletKey = TestKeys.next();

    /** A route in YAML from {@code direct:in} to a kamelet with such parameters, beside the key. */
    private void bind(String kamelet, Map<String, String> parameters) throws Exception {
        bind(kamelet, kameletKey, parameters);
    }

    private void bind(String kamelet, String apiKey, Map<String, String> parameters) throws Exception {
        Map<String, String> all = new HashMap<>(parameters);
        all.put("apiKey", apiKey);
        route(kamelet, all);
    }

    private void route(String kamelet, Map<String, String> parameters) throws Exception {
        StringBuilder yaml = new StringBuilder("""
                - route:
                    from:
                      uri: direct:in
                      steps:
                        - to:
                            uri: kamelet:%s
                            parameters:
                """.formatted(kamelet));
        parameters.forEach((name, value) -> yaml.append("%s%s: '%s'\n".formatted(" ".repeat(14), name, value)));
        load(yaml.toString());
    }

    private void load(String yaml) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("test.camel.yaml", yaml));
    }

    private String keyOfTheRequest() {
        assertThat(requests()).hasSize(1);
        return requests().get(0).getHeader("API-Key");
    }

    @Test
    void aBuiltInSourceSendsThroughTheSink() throws Exception {
        load("""
                - route:
                    from:
                      uri: timer:once
                      parameters:
                        repeatCount: 1
                        delay: 0
                      steps:
                        - setBody:
                            constant: Halo
                        - to:
                            uri: kamelet:sendtalk-sink
                            parameters:
                              apiKey: %s
                              phone: "0812-1234-5678"
                              phoneRegion: ID
                """.formatted(kameletKey));

        assertThat(sandbox.await(1, Duration.ofSeconds(10)))
                .extracting(SandboxMessage::phone, SandboxMessage::messageType, SandboxMessage::body)
                .containsExactly(tuple(PHONE, "text", "Halo"));
        assertThat(keyOfTheRequest()).isEqualTo(kameletKey);
    }

    @ParameterizedTest(name = "{0}: the id goes on")
    @ValueSource(strings = {"sendtalk-sink", "sendtalk-send-action"})
    void theIdGoesOn(String kamelet) throws Exception {
        bind(kamelet, Map.of("phone", PHONE));

        Exchange exchange = call("direct:in", "Halo");

        wasAccepted(exchange);
        assertThat(exchange.getMessage().getHeader(SendTalkConstants.MESSAGE_ID))
                .isEqualTo(message().id());
    }

    @ParameterizedTest(name = "{0}: what a message says in headers holds")
    @ValueSource(strings = {"sendtalk-sink", "sendtalk-send-action"})
    void headersPassThrough(String kamelet) throws Exception {
        bind(kamelet, Map.of());

        call(
                "direct:in",
                "https://example.com/a.jpg",
                Map.of("phone", PHONE, "messageType", "image", SendTalkConstants.FILENAME, "a.jpg"));

        assertThat(message())
                .isEqualTo(new SandboxMessage(
                        message().id(), PHONE, "image", "https://example.com/a.jpg", "a.jpg", null, NOW));
    }

    @ParameterizedTest(name = "{0}: the attributes of a CloudEvent are read as by Camel''s own kamelets")
    @ValueSource(strings = {"sendtalk-sink", "sendtalk-send-action"})
    void attributesOfACloudEventAreRead(String kamelet) throws Exception {
        bind(kamelet, Map.of());

        call(
                "direct:in",
                "https://example.com/a.jpg",
                Map.of("ce-phone", PHONE, "ce-messagetype", "image", "ce-filename", "a.jpg", "ce-caption", "Halo"));

        assertThat(message())
                .isEqualTo(new SandboxMessage(
                        message().id(), PHONE, "image", "https://example.com/a.jpg", "a.jpg", "Halo", NOW));
    }

    @ParameterizedTest(name = "{0}: what is set stands, and a short header comes before a CloudEvent''s")
    @ValueSource(strings = {"sendtalk-sink", "sendtalk-send-action"})
    void attributesOfACloudEventComeLast(String kamelet) throws Exception {
        bind(kamelet, Map.of("phone", PHONE));

        call("direct:in", "4711", Map.of("ce-phone", "6281999999999", "messageType", "otp", "ce-messagetype", "text"));

        assertThat(message())
                .extracting(SandboxMessage::phone, SandboxMessage::messageType)
                .containsExactly(PHONE, "otp");
    }

    @Test
    void theComponentsSettingsHoldWhereAKameletSaysNothing() throws Exception {
        component(context).getConfiguration().setPhoneRegion("ID");
        component(context).getConfiguration().setMessageType("otp");
        bind("sendtalk-sink", Map.of());

        call("direct:in", "4711", Map.of("phone", "0812-1234-5678"));

        assertThat(message())
                .extracting(SandboxMessage::phone, SandboxMessage::messageType)
                .containsExactly(PHONE, "otp");
    }

    @ParameterizedTest(
            name = "R9: {0} reads only what it is given, not the application''s properties of the same names")
    @ValueSource(strings = {"sendtalk-sink", "sendtalk-send-action", "sendtalk-status-action", "sendtalk-check-action"})
    void propertiesOfTheApplicationAreNotTaken(String kamelet) throws Exception {
        for (String name : List.of("phone", "caption", "messageType", "filename", "phoneRegion", "baseUrl")) {
            context.getPropertiesComponent().addInitialProperty(name, "from-the-application");
        }
        for (String name : List.of("requestTimeout", "connectionRequestTimeout", "awaitTimeout", "pollInterval")) {
            context.getPropertiesComponent().addInitialProperty(name, "nonsense");
        }
        bind(kamelet, Map.of());

        Exchange exchange = call("direct:in", "Halo", Map.of("phone", PHONE));

        if (kamelet.contains("status")) {
            assertThat(exchange.getException()).isInstanceOf(SendTalkMessageNotFoundException.class);
        } else if (kamelet.contains("check")) {
            assertThat(exchange.getMessage().getHeader(SendTalkConstants.RECIPIENT))
                    .isEqualTo(PHONE);
        } else {
            assertThat(message()).isEqualTo(new SandboxMessage(message().id(), PHONE, "text", "Halo", null, null, NOW));
        }
    }

    @ParameterizedTest(name = "R9: {0} has no parameter baseUrl")
    @ValueSource(strings = {"sendtalk-sink", "sendtalk-send-action", "sendtalk-status-action", "sendtalk-check-action"})
    void noKameletSendsTheKeyElsewhere(String kamelet) throws Exception {
        bind(kamelet, Map.of("baseUrl", "http://127.0.0.1:1"));

        call("direct:in", "Halo", Map.of("phone", PHONE));

        assertThat(requests()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}: each property arrives as it was written")
    @ValueSource(strings = {"sendtalk-sink", "sendtalk-send-action"})
    void propertiesArriveAsTheyWereWritten(String kamelet) throws Exception {
        bind(
                kamelet,
                Map.of(
                        "phone", "+62 812-1234-5678",
                        "messageType", "image",
                        "filename", "a b+c.jpg",
                        "caption", "RAW(Diskon 50% & gratis + ongkir?)",
                        "connectionRequestTimeout", "5s",
                        "requestTimeout", "10s"));

        Exchange exchange = call("direct:in", "https://example.com/a.jpg");

        assertThat(exchange.getException()).isNull();
        assertThat(message())
                .extracting(
                        SandboxMessage::phone,
                        SandboxMessage::messageType,
                        SandboxMessage::filename,
                        SandboxMessage::caption)
                .containsExactly(PHONE, "image", "a b+c.jpg", "Diskon 50% & gratis + ongkir?");
    }

    @ParameterizedTest(name = "a key that ends with {0}")
    @ValueSource(strings = {"&x=1", "%41", "+", "&", "%", "#?", "=", "(x)"})
    void anyKeyFromPropertiesArrives(String end) throws Exception {
        context.getPropertiesComponent().addInitialProperty("camel.kamelet.sendtalk-sink.apiKey", kameletKey + end);
        route("sendtalk-sink", Map.of("phone", PHONE));

        call("direct:in", "Halo");

        assertThat(keyOfTheRequest()).isEqualTo(kameletKey + end);
    }

    @Test
    void anyKeyThatTheRouteNamesInRawArrives() throws Exception {
        context.getPropertiesComponent().addInitialProperty("key", kameletKey + "&x=1%41+");
        bind("sendtalk-sink", "RAW({{key}})", Map.of("phone", PHONE));

        call("direct:in", "Halo");

        assertThat(keyOfTheRequest()).isEqualTo(kameletKey + "&x=1%41+");
    }

    @Test
    void theCallingRoutesOnExceptionRepeatsWhatIsSafe() throws Exception {
        load("""
                - onException:
                    exception:
                      - io.github.camelsendtalk.client.SendTalkException
                    retryWhile:
                      simple: "${exception.retryable} == true && ${exception.attempts} < 3"
                    redeliveryPolicy:
                      redeliveryDelay: 1
                    handled:
                      constant: true
                    steps:
                      - setBody:
                          constant: unknown
                - route:
                    from:
                      uri: direct:in
                      steps:
                        - to:
                            uri: kamelet:sendtalk-sink
                            parameters:
                              apiKey: %s
                              phone: "%s"
                """.formatted(kameletKey, PHONE));
        answersInOrder(
                SEND,
                json(error(429, "42900", "Too many", "")).withStatus(429),
                aResponse().withStatus(503));

        Exchange exchange = call("direct:in", "Halo");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("unknown");
        assertThat(requests())
                .as("one that was refused, one whose outcome is unknown")
                .hasSize(2);
    }

    @Test
    void theStatusGoesOn() throws Exception {
        bind("sendtalk-status-action", Map.of("requestTimeout", "10s", "awaitTimeout", "10s", "pollInterval", "20"));
        answersInOrder(STATUS, json(PENDING), json(SENT));

        Exchange exchange = call("direct:in", ID);

        assertThat(exchange.getMessage().getBody(MessageStatus.class).status()).isEqualTo("sent");
        assertThat(exchange.getMessage().getHeader(SendTalkConstants.STATUS)).isEqualTo("sent");
        assertThat(requests())
                .hasSize(2)
                .allMatch(request -> request.getHeader("API-Key").equals(kameletKey));
    }

    @ParameterizedTest(name = "the body {0}: {1}")
    @CsvSource({"0812-1234-5678, true", "0812-1234-0001, false"})
    void theAnswerOfACheckGoesOn(String body, boolean registered) throws Exception {
        bind("sendtalk-check-action", Map.of("phoneRegion", "ID"));

        Exchange exchange = call("direct:in", body);

        assertThat(exchange.getMessage().getBody()).isEqualTo(registered);
        assertThat(keyOfTheRequest()).isEqualTo(kameletKey);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"sendtalk-sink", "sendtalk-send-action", "sendtalk-status-action", "sendtalk-check-action"})
    void aMissingKeyIsNamedAtStart(String kamelet) {
        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:in").to("kamelet:" + kamelet);
                    }
                }))
                .rootCause()
                .hasMessageContaining(kamelet)
                .hasMessageContaining("apiKey");
    }
}
