package io.github.camelsendtalk.route;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.github.camelsendtalk.support.Answers.ID;
import static io.github.camelsendtalk.support.Answers.accepted;
import static io.github.camelsendtalk.support.Answers.error;
import static io.github.camelsendtalk.support.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.camelsendtalk.client.SendTalkApiException;
import io.github.camelsendtalk.client.SendTalkAuthenticationException;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkInsufficientBalanceException;
import io.github.camelsendtalk.client.SendTalkInvalidRecipientException;
import io.github.camelsendtalk.client.SendTalkMessageNotFoundException;
import io.github.camelsendtalk.client.SendTalkRateLimitException;
import io.github.camelsendtalk.client.SendTalkRejectedException;
import io.github.camelsendtalk.client.SendTalkResponseException;
import io.github.camelsendtalk.client.SendTalkServerException;
import io.github.camelsendtalk.client.SendTalkTimeoutException;
import io.github.camelsendtalk.client.SendTalkTransportException;
import io.github.camelsendtalk.client.SendTalkValidationException;
import io.github.camelsendtalk.support.Await;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the exception table, through a route and its {@code onException}. */
class ExceptionRouteTest extends SendTalkTestSupport {

    private static final List<Class<? extends SendTalkException>> TYPES = List.of(
            SendTalkValidationException.class,
            SendTalkTransportException.class,
            SendTalkTimeoutException.class,
            SendTalkResponseException.class,
            SendTalkAuthenticationException.class,
            SendTalkMessageNotFoundException.class,
            SendTalkRateLimitException.class,
            SendTalkServerException.class,
            SendTalkRejectedException.class,
            SendTalkInvalidRecipientException.class,
            SendTalkInsufficientBalanceException.class,
            SendTalkApiException.class);

    private static final String NEVER = "never";
    private static final String SAFE = "safe";
    private static final String UNKNOWN = "unknown";

    static Stream<Arguments> rows() {
        return Stream.of(
                row(
                        "written, no answer: reset",
                        fault(Fault.CONNECTION_RESET_BY_PEER),
                        SendTalkTransportException.class,
                        UNKNOWN),
                row(
                        "written, no answer: closed",
                        fault(Fault.EMPTY_RESPONSE),
                        SendTalkTransportException.class,
                        UNKNOWN),
                row(
                        "written, garbage for an answer",
                        fault(Fault.MALFORMED_RESPONSE_CHUNK),
                        SendTalkTransportException.class,
                        UNKNOWN),
                row(
                        "written, deadline",
                        json(accepted()).withFixedDelay(2_000),
                        SendTalkTimeoutException.class,
                        UNKNOWN),
                row("2xx that can't be read", json("<html>"), SendTalkResponseException.class, UNKNOWN),
                row("204", aResponse().withStatus(204), SendTalkResponseException.class, UNKNOWN),
                row("kind 401", json(error(401, "", "No", "")), SendTalkAuthenticationException.class, NEVER),
                row("kind 403", json(error(403, "", "No", "")), SendTalkAuthenticationException.class, NEVER),
                row("HTTP 401 of a proxy", aResponse().withStatus(401), SendTalkApiException.class, NEVER),
                row(
                        "HTTP 403 of a firewall",
                        aResponse().withStatus(403).withBody("{\"message\": \"Forbidden\"}"),
                        SendTalkApiException.class,
                        NEVER),
                row(
                        "code 40001",
                        json(error(400, "40001", "Request headers are required (API-Key)", "")),
                        SendTalkAuthenticationException.class,
                        NEVER),
                row(
                        "code 49103",
                        json(error(400, "49103", "API-Key is not found", "")),
                        SendTalkAuthenticationException.class,
                        NEVER),
                row(
                        "kind 400",
                        json(error(400, "40002", "Phone is required", "phone")),
                        SendTalkValidationException.class,
                        NEVER),
                row("kind 429", json(error(429, "42900", "Slow down", "")), SendTalkRateLimitException.class, SAFE),
                row("HTTP 429", aResponse().withStatus(429), SendTalkRateLimitException.class, SAFE),
                row("kind 5xx", json(error(500, "50000", "Oops", "")), SendTalkServerException.class, UNKNOWN),
                row(
                        "HTTP 502 with HTML",
                        aResponse().withStatus(502).withBody("<html>"),
                        SendTalkServerException.class,
                        UNKNOWN),
                row(
                        "HTTP 302",
                        aResponse().withStatus(302).withHeader("Location", "/"),
                        SendTalkApiException.class,
                        NEVER),
                row("HTTP 303", aResponse().withStatus(303), SendTalkApiException.class, UNKNOWN),
                row("kind 600", json(error(600, "", "No", "")), SendTalkApiException.class, UNKNOWN),
                row("a code of another form", json(error(200, "TIMEOUT", "", "")), SendTalkApiException.class, UNKNOWN),
                row("HTTP 407", aResponse().withStatus(407), SendTalkApiException.class, NEVER),
                row("HTTP 413", aResponse().withStatus(413), SendTalkApiException.class, NEVER));
    }

    static Stream<Arguments> sendRows() {
        return Stream.concat(
                rows(),
                Stream.of(
                        row(
                                "a success with a code of another form",
                                json(accepted().replace("\"code\": \"\"", "\"code\": \"OK\"")),
                                SendTalkResponseException.class,
                                UNKNOWN),
                        row("success absent", json(error(200, "", "", "")), SendTalkResponseException.class, UNKNOWN),
                        row(
                                "success without an id",
                                json(accepted().replace(ID, "")),
                                SendTalkResponseException.class,
                                UNKNOWN),
                        row("kind 404", json(error(404, "40400", "Not found", "")), SendTalkApiException.class, NEVER),
                        row(
                                "invalid_recipient",
                                json(refused("invalid_recipient")),
                                SendTalkInvalidRecipientException.class,
                                NEVER),
                        row(
                                "insufficient_balance",
                                json(refused("insufficient_balance")),
                                SendTalkInsufficientBalanceException.class,
                                NEVER),
                        row("another reason", json(refused("weather")), SendTalkRejectedException.class, NEVER),
                        row("no reason", json(refused("")), SendTalkRejectedException.class, NEVER)));
    }

    static Stream<Arguments> statusRows() {
        return Stream.concat(
                rows(),
                Stream.of(row(
                        "kind 404",
                        json(error(400, "40401", "Message is not found", "")),
                        SendTalkMessageNotFoundException.class,
                        NEVER)));
    }

    private static Arguments row(String name, ResponseDefinitionBuilder answer, Class<?> type, String repeating) {
        return Arguments.of(name, answer, type, repeating);
    }

    private static ResponseDefinitionBuilder fault(Fault fault) {
        return aResponse().withFault(fault);
    }

    @ParameterizedTest(name = "send, {0}: {2}, repeating {3}")
    @MethodSource("sendRows")
    void sendFailsWithTheTypeOfTheTable(
            String name, ResponseDefinitionBuilder answer, Class<?> type, String repeating) {
        answer(SEND, answer);

        Exchange exchange = call("direct:send", "Halo");

        SendTalkException failure = caught(exchange, type);
        assertThat(failure.getOperation()).isEqualTo("send");
        assertThat(failure.isOutcomeUnknown()).isEqualTo(repeating.equals(UNKNOWN));
        assertThat(failure.isRetryable()).isEqualTo(repeating.equals(SAFE));
        assertThat(requests()).hasSize(1);
    }

    @ParameterizedTest(name = "status, {0}: {2}")
    @MethodSource("statusRows")
    void statusFailsWithTheTypeOfTheTable(
            String name, ResponseDefinitionBuilder answer, Class<?> type, String repeating) {
        answer(STATUS, answer);

        Exchange exchange = call("direct:status", ID);

        SendTalkException failure = caught(exchange, type);
        assertThat(failure.getOperation()).isEqualTo("status");
        assertThat(failure.isOutcomeUnknown()).isFalse();
        assertThat(failure.isRetryable()).isEqualTo(!repeating.equals(NEVER));
        assertThat(requests()).hasSize(1);
    }

    @Test
    void aMessageThatIsWrongIsAValidationExceptionBeforeAnyCall() {
        SendTalkException failure = caught(call("direct:send", " "), SendTalkValidationException.class);

        assertThat(failure.getField()).isEqualTo("body");
        assertThat(failure.getHttpStatus()).isNull();
        noRequestWasMade();
    }

    @Test
    void noConnectionIsATransportExceptionThatIsSafeToRepeat() {
        SendTalkException failure = caught(call("direct:refused", "Halo"), SendTalkTransportException.class);

        assertThat(failure.isOutcomeUnknown()).isFalse();
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.getSuppressed()).isNotEmpty();
    }

    @Test
    void noPoolSlotWithinTheDeadlineIsATimeoutThatIsSafeToRepeat() throws Exception {
        component(context).stop();
        component(context).setMaxConnections(1);
        component(context).start();
        var first = template.asyncRequestBody("direct:slow", "Halo");
        Await.until(() -> !requests().isEmpty());

        SendTalkException failure = caught(call("direct:impatient", "Halo"), SendTalkTimeoutException.class);

        assertThat(failure.isOutcomeUnknown()).isFalse();
        assertThat(failure.isRetryable()).isTrue();
        assertThat(first.get()).isEqualTo(message().id());
    }

    @Test
    void theExceptionSaysAllThatIsKnown() {
        answer(SEND, json(error(400, "40002", "Phone is required", "phone")).withStatus(422));

        SendTalkException failure = caught(call("direct:send", "Halo"), SendTalkValidationException.class);

        assertThat(failure.getHttpStatus()).isEqualTo(422);
        assertThat(failure.getStatus()).isEqualTo(400);
        assertThat(failure.getCode()).isEqualTo("40002");
        assertThat(failure.getField()).isEqualTo("phone");
        assertThat(failure.getApiMessage()).isEqualTo("Phone is required");
        assertThat(failure.getReason()).isNull();
        assertThat(failure.getRetryAfter()).isNull();
        assertThat(failure.getCause()).isNull();
        assertThat(failure)
                .hasMessageContaining("422")
                .hasMessageContaining("400")
                .hasMessageContaining("40002")
                .hasMessageContaining("Phone is required");
    }

    @Test
    void simpleReadsEveryGetterAlsoWhereNothingIsKnown() {
        Exchange exchange = call("direct:simple", "Halo");

        assertThat(exchange.getMessage().getBody()).isEqualTo("send true false ||||||");
    }

    @ParameterizedTest(name = "case 14: Retry-After on HTTP {0}")
    @org.junit.jupiter.params.provider.ValueSource(ints = {429, 503})
    void retryAfterSetsCamelsRedeliveryDelay(int status) {
        answer(SEND, aResponse().withStatus(status).withHeader("Retry-After", "7"));

        Exchange exchange = call("sendtalk:send?phone=" + PHONE, "Halo");

        assertThat(((SendTalkException) exchange.getException()).getRetryAfter())
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY, Long.class))
                .isEqualTo(7_000L);
        assertThat(exchange.getMessage().getBody()).isEqualTo("Halo");
    }

    @Test
    void withoutRetryAfterNoDelayIsSet() {
        answer(SEND, aResponse().withStatus(429));

        Exchange exchange = call("sendtalk:send?phone=" + PHONE, "Halo");

        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(Exchange.REDELIVERY_DELAY);
    }

    private static SendTalkException caught(Exchange exchange, Class<?> type) {
        assertThat(exchange.getException()).as("handled by onException").isNull();
        SendTalkException failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, SendTalkException.class);
        assertThat(failure).isExactlyInstanceOf(type);
        assertThat(exchange.getMessage().getBody()).isEqualTo("onException(" + type.getSimpleName() + ")");
        return failure;
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                TYPES.forEach(type ->
                        onException(type).handled(true).setBody(constant("onException(" + type.getSimpleName() + ")")));
                from("direct:send").to("sendtalk:send?requestTimeout=1000&phone=" + PHONE);
                from("direct:impatient").to("sendtalk:send?connectionRequestTimeout=500&phone=" + PHONE);
                from("direct:slow").to("sendtalk:send?phone=6281212340040");
                from("direct:status").to("sendtalk:status?requestTimeout=1000");
                from("direct:refused").to(at("http://localhost:1") + "send?phone=" + PHONE);
                from("direct:simple")
                        .doTry()
                        .to(at("http://localhost:1") + "send?phone=" + PHONE)
                        .doCatch(SendTalkException.class)
                        .setBody(
                                simple(
                                        "${exception.operation} ${exception.retryable} ${exception.outcomeUnknown} ${exception.httpStatus}|${exception.status}|${exception.code}|${exception.field}|${exception.reason}|${exception.apiMessage}|${exception.retryAfter}"));
            }
        };
    }
}
