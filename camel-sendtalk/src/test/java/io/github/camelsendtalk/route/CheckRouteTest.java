package io.github.camelsendtalk.route;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.github.camelsendtalk.support.Answers.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.camelsendtalk.SendTalkConstants;
import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendTalkApiException;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkRateLimitException;
import io.github.camelsendtalk.client.SendTalkServerException;
import io.github.camelsendtalk.client.SendTalkTimeoutException;
import io.github.camelsendtalk.client.SendTalkTransportException;
import io.github.camelsendtalk.client.SendTalkValidationException;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes in and what comes out of {@code sendtalk:check}. */
class CheckRouteTest extends SendTalkTestSupport {

    private static final String NOT_REGISTERED = "6281212340001";

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        PHONE + ", true, Phone number '***' is registered",
        NOT_REGISTERED + ", false, Phone number '***' is not registered"
    })
    void theAnswerIsTheBodyAndInHeaders(String phone, boolean registered, String words) throws Exception {
        Exchange exchange = call("sendtalk:check", null, Map.of("phone", phone, "other", "stays"));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(registered);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(SendTalkConstants.RESPONSE_MESSAGE, words)
                .containsEntry(SendTalkConstants.RECIPIENT, phone)
                .containsEntry("other", "stays")
                .doesNotContainKey(SendTalkConstants.MESSAGE_ID);
        assertThat(request().toString()).isEqualTo("{\"phone\":\"%s\"}".formatted(phone));
        assertThat(sandbox.messages()).isEmpty();
    }

    /** The strongest first; each names a number of its own. */
    private static final List<String> RANKS =
            List.of("URI", "map", "CamelSendTalk header", "short header", "text", "component");

    static Stream<Arguments> winners() {
        return Stream.of("to", "toD").flatMap(verb -> RANKS.stream().map(rank -> Arguments.of(verb, rank)));
    }

    @ParameterizedTest(name = "{0}: the number of the {1} wins over what is weaker")
    @MethodSource("winners")
    void theStrongestPlaceNamesTheNumber(String verb, String winner) throws Exception {
        int rank = RANKS.indexOf(winner);
        Map<String, Object> headers = new HashMap<>();
        if (rank <= 2) {
            headers.put(SendTalkConstants.PHONE, number(2));
        }
        if (rank <= 3) {
            headers.put("phone", number(3));
        }
        component(context).getConfiguration().setPhone(number(5));
        Object body =
                switch (rank) {
                    case 1 -> Map.of("phone", number(1));
                    case 5 -> null;
                    default -> number(4);
                };

        Exchange exchange = check(verb, rank == 0 ? number(0) : null, body, headers);

        assertThat(exchange.getException()).isNull();
        assertThat(request().get("phone").textValue()).isEqualTo(number(rank));
        assertThat(exchange.getMessage().getHeader(SendTalkConstants.RECIPIENT)).isEqualTo(number(rank));
    }

    private static String number(int rank) {
        return "628100000010" + rank;
    }

    private Exchange check(String verb, @Nullable String option, @Nullable Object body, Map<String, Object> headers) {
        if (verb.equals("to")) {
            return call("sendtalk:check" + (option == null ? "" : "?phone=" + option), body, headers);
        }
        return template.request("direct:dynamic" + (option == null ? "" : "-phone"), exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
            exchange.setProperty("option", option);
        });
    }

    static Stream<Arguments> bodies() {
        byte[] bytes = "0812-1234-5678".getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                Arguments.of("a text", "0812-1234-5678"),
                Arguments.of("bytes", bytes),
                Arguments.of("a stream", new ByteArrayInputStream(bytes)),
                Arguments.of("a number of a table", 6281212345678L),
                Arguments.of("a map", Map.of("phone", "0812-1234-5678", "body", "Halo")),
                Arguments.of(
                        "a JSON object", JsonNodeFactory.instance.objectNode().put("phone", "0812-1234-5678")),
                Arguments.of(
                        "a record", new SendTalkMessage("+62 812 1234 5678", MessageType.OTP, "4711", null, null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void theNumberIsReadFromTheBodyInTheFormOfASend(String name, Object body) throws Exception {
        assertThat(call("sendtalk:check?phoneRegion=ID", body).getException()).isNull();

        assertThat(request().get("phone").textValue()).isEqualTo(PHONE);
    }

    @Test
    void aTextThatIsYetToBeSentIsLeftAlone() {
        InputStream text = new ByteArrayInputStream("Halo".getBytes(StandardCharsets.UTF_8));

        Exchange exchange = call("direct:guarded", text, Map.of("phone", PHONE));

        wasAccepted(exchange);
        assertThat(sandbox.messages())
                .singleElement()
                .satisfies(sent -> assertThat(sent.body()).isEqualTo("Halo"));
    }

    @Test
    void theVariableTakesTheHeadersOfTheAnswerAlong() {
        Exchange exchange = call("direct:variable", "Halo", Map.of("phone", PHONE));

        assertThat(exchange.getVariable("onWhatsApp")).isEqualTo(true);
        assertThat(exchange.getVariable("header:onWhatsApp.CamelSendTalkRecipient"))
                .isEqualTo(PHONE);
        assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("phone");
    }

    @Test
    void whoIsNotOnWhatsAppIsSentNothingByAGuardedRoute() {
        Exchange exchange = call("direct:guarded", "Halo", Map.of("phone", NOT_REGISTERED));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("Halo");
        assertThat(requests()).extracting(request -> request.getUrl()).containsExactly(CHECK);
    }

    @Test
    void anAnswerThatIsSentByMistakeIsRefusedWithAHint() {
        Exchange exchange = call("direct:forgetful", PHONE, Map.of());

        assertThat(failure(exchange, SendTalkValidationException.class))
                .hasMessageContaining("java.lang.Boolean, such as the answer of sendtalk:check")
                .hasMessageContaining("variable");
        assertThat(sandbox.messages()).isEmpty();
    }

    static Stream<Arguments> wrongNumbers() {
        return Stream.of(
                Arguments.of(
                        null,
                        Map.of(),
                        "There is no phone number: put it into the body, the header CamelSendTalkPhone"),
                Arguments.of(" ", Map.of(), "The phone number in the body is blank."),
                Arguments.of("Halo", Map.of(), "The phone number in the body "),
                Arguments.of("0812-1234-5678", Map.of(), "The phone number in the body is a national number"),
                Arguments.of("Halo", Map.of("phone", ""), "The phone number in the header phone is blank."),
                Arguments.of("Halo", Map.of("phone", "08"), "The phone number in the header phone "),
                Arguments.of(true, Map.of(), "The phone in the body is a java.lang.Boolean, which is not text"),
                Arguments.of(Map.of("number", PHONE), Map.of(), "The body has a field 'number'"));
    }

    @ParameterizedTest(name = "body {0}, headers {1}")
    @MethodSource("wrongNumbers")
    void aNumberThatIsWrongIsRefusedBeforeAnyCall(
            @Nullable Object body, Map<String, Object> headers, String complaint) {
        SendTalkValidationException failure =
                failure(call("sendtalk:check", body, headers), SendTalkValidationException.class);

        assertThat(failure).hasMessageStartingWith(complaint);
        assertThat(failure.getOperation()).isEqualTo("check");
        assertThat(failure.isOutcomeUnknown()).isFalse();
        noRequestWasMade();
    }

    @Test
    void aBodyThatNamesAnotherNumberThanTheUriIsRefused() {
        Exchange exchange = call("sendtalk:check?phone=" + PHONE, Map.of("phone", NOT_REGISTERED));

        assertThat(failure(exchange, SendTalkValidationException.class))
                .hasMessageStartingWith("The body names another recipient than the URI");
        noRequestWasMade();
    }

    @Test
    void aMapThatNamesNoNumberLeavesItToTheComponent() throws Exception {
        component(context).getConfiguration().setPhone(PHONE);

        assertThat(call("sendtalk:check", Map.of("body", "Halo")).getException())
                .isNull();

        assertThat(request().get("phone").textValue()).isEqualTo(PHONE);
    }

    @Test
    void shortHeadersAreNotReadWhereTheyAreSwitchedOff() throws Exception {
        call("sendtalk:check?plainHeaders=false", PHONE, Map.of("phone", NOT_REGISTERED));

        assertThat(request().get("phone").textValue()).isEqualTo(PHONE);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(aResponse().withStatus(503), SendTalkServerException.class, true),
                Arguments.of(aResponse().withStatus(429), SendTalkRateLimitException.class, true),
                Arguments.of(
                        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), SendTalkTransportException.class, true),
                Arguments.of(aResponse().withFixedDelay(5_000), SendTalkTimeoutException.class, true),
                Arguments.of(aResponse().withStatus(404), SendTalkApiException.class, false),
                Arguments.of(
                        json(error(400, "40002", "Phone is required", "phone")),
                        SendTalkValidationException.class,
                        false));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("failures")
    void noFailureLeavesAnUnknownOutcomeAndAskingAgainIsSafe(
            ResponseDefinitionBuilder answer, Class<? extends SendTalkException> type, boolean retryable) {
        answer(CHECK, answer);

        Exchange exchange = call(
                "sendtalk:check?requestTimeout=1s",
                PHONE,
                Map.of(SendTalkConstants.RESPONSE_MESSAGE, "old", SendTalkConstants.RECIPIENT, "old"));

        SendTalkException failure = failure(exchange, type);
        assertThat(failure.getOperation()).isEqualTo("check");
        assertThat(failure.isOutcomeUnknown()).isFalse();
        assertThat(failure.isRetryable()).isEqualTo(retryable);
        assertThat(failure.getMessage()).doesNotContain(PHONE);
        assertThat(exchange.getMessage().getBody()).isEqualTo(PHONE);
        assertThat(exchange.getMessage().getHeaders())
                .doesNotContainKeys(SendTalkConstants.RESPONSE_MESSAGE, SendTalkConstants.RECIPIENT);
        assertThat(requests()).as("nothing is repeated by itself").hasSize(1);
    }

    @Test
    void noCheckIsCountedAsASend() {
        call("sendtalk:check", PHONE);
        call("sendtalk:check", "Halo");
        answer(CHECK, aResponse().withStatus(500));
        call("sendtalk:check", PHONE);

        assertThat(component(context).getAccepted()).isZero();
        assertThat(component(context).getRefused()).isZero();
        assertThat(component(context).getFailed()).isZero();
        assertThat(component(context).getUnknown()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6281212345678&apiKey=other", "6281212345678&phone=6281212340001", " "})
    void aDynamicValueSetsNothingElse(String value) {
        failure(check("toD", value, null, Map.of()), SendTalkValidationException.class);
        noRequestWasMade();
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:dynamic").toD("sendtalk:${exchangeProperty.none}check");
                from("direct:dynamic-phone").toD("sendtalk:check?phone=${exchangeProperty.option}");
                from("direct:guarded")
                        .toV("sendtalk:check", null, "onWhatsApp")
                        .filter(variable("onWhatsApp"))
                        .to("sendtalk:send");
                from("direct:variable").toV("sendtalk:check", null, "onWhatsApp");
                from("direct:forgetful").to("sendtalk:check").to("sendtalk:send?phone=" + PHONE);
            }
        };
    }
}
