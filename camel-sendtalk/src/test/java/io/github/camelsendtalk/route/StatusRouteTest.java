package io.github.camelsendtalk.route;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.github.camelsendtalk.support.Answers.ID;
import static io.github.camelsendtalk.support.Answers.PENDING;
import static io.github.camelsendtalk.support.Answers.SENT;
import static io.github.camelsendtalk.support.Answers.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.camelsendtalk.SendTalkConstants;
import io.github.camelsendtalk.client.MessageStatus;
import io.github.camelsendtalk.client.SendTalkAuthenticationException;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkMessageNotFoundException;
import io.github.camelsendtalk.client.SendTalkRateLimitException;
import io.github.camelsendtalk.client.SendTalkServerException;
import io.github.camelsendtalk.client.SendTalkTimeoutException;
import io.github.camelsendtalk.client.SendTalkTransportException;
import io.github.camelsendtalk.client.SendTalkValidationException;
import io.github.camelsendtalk.support.Await;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes in and what comes out of {@code sendtalk:status}; hard cases 27 and 28, and waiting for the end. */
class StatusRouteTest extends SendTalkTestSupport {

    private static final String WAIT = "sendtalk:status?awaitTimeout=10s&pollInterval=20";

    /** That of a pending message. */
    private String id;

    @BeforeEach
    void sendAMessage() {
        id = call("sendtalk:send?phone=" + PHONE, "Halo").getMessage().getBody(String.class);
        sandbox.wireMock().resetRequests();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        component(context).setMaxConnections(1);
        return context;
    }

    private static void theMessageIsSent() {
        sandbox.step(Duration.ofSeconds(1));
    }

    @Test
    void theStatusIsTheBodyAndInHeaders() {
        theMessageIsSent();

        Exchange exchange = call("sendtalk:status", id);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody())
                .isEqualTo(new MessageStatus("sent", false, true, NOW + 1_000, "IDR", new BigDecimal("100"), NOW));
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(SendTalkConstants.MESSAGE_ID, id)
                .containsEntry(SendTalkConstants.STATUS, "sent")
                .containsEntry(SendTalkConstants.IS_PENDING, false)
                .containsEntry(SendTalkConstants.IS_SENT, true)
                .containsEntry(SendTalkConstants.SENT_TIME, NOW + 1_000)
                .containsEntry(SendTalkConstants.CURRENCY, "IDR")
                .containsEntry(SendTalkConstants.PRICE, new BigDecimal("100"))
                .containsEntry(SendTalkConstants.CREATED_TIME, NOW);
    }

    @Test
    void simpleReadsTheStatusAndJacksonWritesItBackAsTheApisJson() throws Exception {
        theMessageIsSent();

        Exchange exchange = call("direct:simple", id);

        assertThat(exchange.getProperty("simple")).isEqualTo("sent false true 100");
        assertThat(new ObjectMapper().writeValueAsString(exchange.getMessage().getBody()))
                .isEqualTo("""
                        {"status":"sent","isPending":false,"isSent":true,"sentTime":1635774548004,"currency":"IDR","price":100,"createdTime":1635774547004}""");
    }

    static Stream<Arguments> ids() {
        return Stream.of(
                Arguments.of("body", ID, null),
                Arguments.of("body as bytes", ID.getBytes(), null),
                Arguments.of("body with blanks", " " + ID + "\n", null),
                Arguments.of("header", null, ID),
                Arguments.of("header, blank body", " ", ID),
                Arguments.of("header, body of another kind", Map.of("a", 1), ID),
                Arguments.of("both, equal", ID, ID));
    }

    @ParameterizedTest(name = "case 28: the id from {0}")
    @MethodSource("ids")
    void theIdIsTakenFromBodyOrHeader(String place, Object body, String header) throws Exception {
        answer(STATUS, json(SENT));
        Map<String, Object> headers = header == null ? Map.of() : Map.of(SendTalkConstants.MESSAGE_ID, header);

        Exchange exchange = template.request("sendtalk:status", e -> {
            e.getMessage().setBody(body);
            e.getMessage().setHeaders(new HashMap<>(headers));
        });

        assertThat(exchange.getException()).isNull();
        assertThat(request().get("id").textValue()).isEqualTo(ID);
    }

    static Stream<Arguments> wrongIds() {
        return Stream.of(
                Arguments.of("none", null, null, "CamelSendTalkMessageId"),
                Arguments.of("blank", "  ", null, "CamelSendTalkMessageId"),
                Arguments.of("both, different", "id-one", "id-two", "'id-one'"),
                Arguments.of("a body of another kind", new Object(), null, "java.lang.Object"));
    }

    @ParameterizedTest(name = "case 28: {0} is refused")
    @MethodSource("wrongIds")
    void aWrongIdIsAnErrorBeforeAnyCall(String kind, Object body, String header, String named) {
        Exchange exchange = template.request("sendtalk:status", e -> {
            e.getMessage().setBody(body);
            if (header != null) {
                e.getMessage().setHeader(SendTalkConstants.MESSAGE_ID, header);
            }
        });

        SendTalkValidationException failure = failure(exchange, SendTalkValidationException.class);
        assertThat(failure.getField()).isEqualTo("id");
        assertThat(failure.getOperation()).isEqualTo("status");
        assertThat(failure).hasMessageContaining(named);
        if (header != null) {
            assertThat(failure).hasMessageContaining("'" + header + "'");
        }
        noRequestWasMade();
    }

    @Test
    void case28_statusFollowsSendWithoutAStepBetween() {
        Exchange exchange = call("direct:both", "Halo juga");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(SendTalkConstants.STATUS)).isEqualTo("pending");
        assertThat(exchange.getMessage().getHeader(SendTalkConstants.MESSAGE_ID))
                .isEqualTo(sandbox.messages().get(1).id());
    }

    @Test
    void case28_aSplitOfIdsAfterASendNamesTheLeftOverHeader() {
        Exchange exchange = call("direct:split", "id-a,id-b", Map.of(SendTalkConstants.MESSAGE_ID, ID));

        assertThat(exchange.getException())
                .hasRootCauseInstanceOf(SendTalkValidationException.class)
                .hasMessageContaining("'" + ID + "'")
                .hasMessageContaining("'id-a'");
        noRequestWasMade();
    }

    @Test
    void case40_aTextThatStandsWhereTheIdShouldIsNotShown() {
        Exchange exchange = call("sendtalk:status", "Your code is 4711", Map.of(SendTalkConstants.MESSAGE_ID, ID));

        assertThat(failure(exchange, SendTalkValidationException.class))
                .hasMessageContaining("'" + ID + "'")
                .hasMessageContaining("a text of 17 characters");
        assertThat(exchange.getException().getMessage()).doesNotContain("4711");
    }

    @Test
    void case27_headersOfAnEarlierStatusAreRemovedAndTheIdStays() {
        Map<String, Object> headers = new HashMap<>();
        for (String header : List.of(
                SendTalkConstants.STATUS,
                SendTalkConstants.IS_PENDING,
                SendTalkConstants.IS_SENT,
                SendTalkConstants.SENT_TIME,
                SendTalkConstants.CURRENCY,
                SendTalkConstants.PRICE,
                SendTalkConstants.CREATED_TIME)) {
            headers.put(header, "old");
        }
        headers.put(SendTalkConstants.MESSAGE_ID, ID);

        Exchange exchange = call("sendtalk:status", null, headers);

        failure(exchange, SendTalkMessageNotFoundException.class);
        assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys(SendTalkConstants.MESSAGE_ID);
    }

    @Test
    void awaitTimeoutAsksUntilTheMessageIsNoLongerPending() {
        answers(json(PENDING), json(PENDING));
        theMessageIsSent();

        Exchange exchange = call(WAIT, id);

        assertThat(exchange.getMessage().getHeader(SendTalkConstants.STATUS)).isEqualTo("sent");
        assertThat(requests()).hasSize(3);
    }

    @Test
    void pollIntervalIsTheTimeBetweenPolls() {
        answers(json(PENDING));
        theMessageIsSent();
        long begin = System.nanoTime();

        call("sendtalk:status?awaitTimeout=10s&pollInterval=700", id);

        assertThat((System.nanoTime() - begin) / 1_000_000).isBetween(700L, 5_000L);
    }

    @Test
    void withoutAwaitTimeoutItIsAskedOnce() {
        Exchange exchange = call("sendtalk:status?pollInterval=1", id);

        assertThat(exchange.getMessage().getHeader(SendTalkConstants.IS_PENDING))
                .isEqualTo(true);
        assertThat(requests()).hasSize(1);
    }

    @Test
    void atExpiryTheLastStatusIsTheResult() {
        long begin = System.nanoTime();

        Exchange exchange = call("sendtalk:status?awaitTimeout=300&pollInterval=50", id);

        assertThat((System.nanoTime() - begin) / 1_000_000).isBetween(300L, 1300L);
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(SendTalkConstants.IS_PENDING))
                .isEqualTo(true);
        assertThat(requests().size()).isBetween(2, 7);
    }

    @Test
    void aSilentServerAtExpiryDoesNotHoldTheLastStatusBack() {
        answers(json(PENDING), json(SENT).withFixedDelay(3_000));
        long begin = System.nanoTime();

        Exchange exchange = call("sendtalk:status?awaitTimeout=400&pollInterval=20", ID);

        assertThat((System.nanoTime() - begin) / 1_000_000).isBetween(400L, 1400L);
        assertThat(exchange.getMessage().getHeader(SendTalkConstants.IS_PENDING))
                .isEqualTo(true);
    }

    @Test
    void aFirstPollThatIsWrittenAtExpiryIsWaitedFor() {
        answer(STATUS, json(SENT).withFixedDelay(500));

        Exchange exchange = call("sendtalk:status?awaitTimeout=100&pollInterval=20", ID);

        assertThat(exchange.getMessage().getHeader(SendTalkConstants.STATUS)).isEqualTo("sent");
    }

    @Test
    void aFirstPollThatIsNotWrittenAtExpiryIsWithdrawn() {
        holdTheOnlyConnection();
        long begin = System.nanoTime();

        Exchange exchange = call("sendtalk:status?awaitTimeout=300&pollInterval=20", id);

        SendTalkTimeoutException failure = failure(exchange, SendTalkTimeoutException.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure).hasMessageContaining("no connection was free");
        assertThat((System.nanoTime() - begin) / 1_000_000).isBetween(300L, 5_000L);
        assertThat(polls()).isZero();
    }

    @Test
    void aLaterPollThatIsNotWrittenAtExpiryIsWithdrawnForTheLastStatus() throws Exception {
        Future<Exchange> waiting = template.asyncSend(
                "sendtalk:status?awaitTimeout=1500&pollInterval=1000",
                e -> e.getMessage().setBody(id));
        Await.until(() -> polls() == 1);
        holdTheOnlyConnection();

        Exchange exchange = waiting.get(20, TimeUnit.SECONDS);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(SendTalkConstants.IS_PENDING))
                .isEqualTo(true);
        assertThat(polls()).isEqualTo(1);
    }

    /** Sends to a recipient whose call is never answered, over the only connection. */
    private void holdTheOnlyConnection() {
        template.asyncRequestBody("sendtalk:send?phone=6281212340041", "Halo");
        Await.until(() -> requests().stream().anyMatch(r -> r.getUrl().equals(SEND)));
    }

    private static long polls() {
        return requests().stream().filter(r -> r.getUrl().equals(STATUS)).count();
    }

    static Stream<Arguments> passing() {
        return Stream.of(
                Arguments.of("429", json(error(429, "42900", "Slow down", "")), SendTalkRateLimitException.class),
                Arguments.of("503", aResponse().withStatus(503), SendTalkServerException.class),
                Arguments.of(
                        "reset",
                        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                        SendTalkTransportException.class));
    }

    @ParameterizedTest(name = "while waiting, {0} is ignored")
    @MethodSource("passing")
    void whatPassesIsIgnored(String kind, ResponseDefinitionBuilder answer) {
        answers(answer, answer);
        theMessageIsSent();

        Exchange exchange = call(WAIT, id);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(SendTalkConstants.STATUS)).isEqualTo("sent");
    }

    @ParameterizedTest(name = "{0} is thrown if it is the last outcome at expiry")
    @MethodSource("passing")
    void theLastOutcomeIsThrown(
            String kind, ResponseDefinitionBuilder answer, Class<? extends SendTalkException> type) {
        answer(STATUS, answer);

        Exchange exchange = call("sendtalk:status?awaitTimeout=200&pollInterval=20", ID);

        assertThat(failure(exchange, type).isRetryable()).isTrue();
        assertThat(requests().size()).isGreaterThan(1);
    }

    @Test
    void theApisRetryAfterIsLongerThanThePollInterval() {
        answers(json(error(429, "42900", "Slow down", "")).withHeader("Retry-After", "1"));
        theMessageIsSent();
        long begin = System.nanoTime();

        call(WAIT, id);

        assertThat((System.nanoTime() - begin) / 1_000_000).isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void anyOtherFailureEndsTheWaitAtOnce() {
        answer(STATUS, json(error(400, "49103", "API-Key is not found", "")));

        failure(call(WAIT, ID), SendTalkAuthenticationException.class);

        assertThat(requests()).hasSize(1);
    }

    /** Answers in this order, then as the sandbox does. */
    private static void answers(ResponseDefinitionBuilder... answers) {
        answersInOrder(STATUS, answers);
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:simple")
                        .to("sendtalk:status")
                        .setProperty("simple", simple("${body.status} ${body.isPending} ${body.isSent} ${body.price}"));
                from("direct:both").to("sendtalk:send?phone=" + PHONE).to("sendtalk:status");
                from("direct:split")
                        .split(body().tokenize(","))
                        .stopOnException()
                        .to("sendtalk:status");
            }
        };
    }
}
