package io.github.camelsendtalk.docs;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkRateLimitException;
import io.github.camelsendtalk.client.SendTalkServerException;
import io.github.camelsendtalk.client.SendTalkTransportException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The recipe for repeating repeats what is safe to repeat, and nothing else; most of a test's time is Camel's waiting. */
@Execution(ExecutionMode.CONCURRENT)
class RepeatTest {

    private static final String ACCEPTED = """
            {"status": 200, "error": {"code": "", "message": "", "field": ""},
             "data": {"success": true, "message": "The message has been added to queue", "reason": "", "id": "id-1"}}""";

    private static final WireMockServer SERVER =
            new WireMockServer(wireMockConfig().dynamicPort());

    /** The tests share a server and run at a time: each has a path of its own. */
    private final String prefix = "/" + UUID.randomUUID();

    @BeforeAll
    static void startServer() {
        SERVER.start();
    }

    @AfterAll
    static void stopServer() {
        SERVER.stop();
    }

    @ParameterizedTest
    @EnumSource
    void a429IsRepeatedAfterTheTimeThatTheApiAskedFor(Dsl dsl) throws Exception {
        answer(tooMany("2"), accepted());

        Exchange exchange = remind(dsl);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("id-1");
        List<LoggedRequest> requests = requests();
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1).getLoggedDate().getTime()
                        - requests.get(0).getLoggedDate().getTime())
                .isBetween(1_990L, 10_000L);
    }

    @ParameterizedTest
    @EnumSource
    void a429FollowedByA503MakesExactlyTwoRequests(Dsl dsl) throws Exception {
        answer(tooMany("1"), aResponse().withStatus(503), accepted());

        assertThat(remind(dsl).getException()).isInstanceOf(SendTalkServerException.class);
        assertThat(requests()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void a429FollowedByABrokenConnectionMakesExactlyTwoRequests(Dsl dsl) throws Exception {
        answer(tooMany("1"), aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), accepted());

        assertThat(remind(dsl).getException()).isInstanceOf(SendTalkTransportException.class);
        assertThat(requests()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void a503IsNotRepeated(Dsl dsl) throws Exception {
        answer(aResponse().withStatus(503), accepted());

        assertThat(remind(dsl).getException()).isInstanceOf(SendTalkServerException.class);
        assertThat(requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void a429WithoutEndMakesThreeRequests(Dsl dsl) throws Exception {
        answer(tooMany("1"), tooMany("1"), tooMany("1"), accepted());

        assertThat(remind(dsl).getException()).isInstanceOf(SendTalkRateLimitException.class);
        assertThat(requests()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void aCounterThatAnEarlierStepLeftBehindDoesNotCount(Dsl dsl) throws Exception {
        answer(tooMany("1"), accepted());

        assertThat(remind(dsl, Map.of("phone", "081212345678", Exchange.REDELIVERY_COUNTER, 2))
                        .getException())
                .isNull();
        assertThat(requests()).hasSize(2);
    }

    @Test
    void theWayThatThePageWarnsOfSendsFourTimes() throws Exception {
        answer(tooMany(null), unknown(), unknown(), unknown(), unknown());

        assertThat(send(new RouteBuilder() {
                            @Override
                            public void configure() {
                                onException(SendTalkException.class)
                                        .onWhen(simple("${exception.retryable}"))
                                        .maximumRedeliveries(3)
                                        .redeliveryDelay(1);
                                from("direct:reminder").to("sendtalk:send");
                            }
                        })
                        .getException())
                .isInstanceOf(SendTalkServerException.class);
        assertThat(requests()).hasSize(4);
    }

    @Test
    void aBlanketErrorHandlerSendsFourTimes() throws Exception {
        answer(unknown(), unknown(), unknown(), unknown(), unknown());

        assertThat(send(new RouteBuilder() {
                            @Override
                            public void configure() {
                                errorHandler(defaultErrorHandler()
                                        .maximumRedeliveries(3)
                                        .redeliveryDelay(1));
                                from("direct:reminder").to("sendtalk:send");
                            }
                        })
                        .getException())
                .isInstanceOf(SendTalkServerException.class);
        assertThat(requests()).hasSize(4);
    }

    private Exchange send(RouteBuilder routes) throws Exception {
        try (RunningExample example =
                new RunningExample(context -> context.addRoutes(routes), SERVER.baseUrl() + prefix)) {
            return example.request("direct:reminder", "Hi", Map.of("phone", "6281212345678"));
        }
    }

    private Exchange remind(Dsl dsl) throws Exception {
        return remind(dsl, Map.of("phone", "081212345678"));
    }

    private Exchange remind(Dsl dsl, Map<String, Object> headers) throws Exception {
        try (RunningExample example =
                new RunningExample(context -> dsl.add(Example.REPEAT, context), SERVER.baseUrl() + prefix)) {
            return example.request("direct:reminder", "Hi", headers);
        }
    }

    private static ResponseDefinitionBuilder accepted() {
        return aResponse().withBody(ACCEPTED);
    }

    private static ResponseDefinitionBuilder unknown() {
        return aResponse().withStatus(503);
    }

    private static ResponseDefinitionBuilder tooMany(@Nullable String retryAfter) {
        ResponseDefinitionBuilder answer = aResponse().withStatus(429);
        return retryAfter == null ? answer : answer.withHeader("Retry-After", retryAfter);
    }

    /** Lets the server give these answers, one after another. */
    private void answer(ResponseDefinitionBuilder... answers) {
        String state = STARTED;
        for (int i = 0; i < answers.length; i++) {
            String next = "answered " + (i + 1);
            SERVER.stubFor(post(urlPathEqualTo(path()))
                    .inScenario(prefix)
                    .whenScenarioStateIs(state)
                    .willSetStateTo(next)
                    .willReturn(answers[i]));
            state = next;
        }
    }

    private List<LoggedRequest> requests() {
        return SERVER.findAll(postRequestedFor(urlPathEqualTo(path())));
    }

    private String path() {
        return prefix + "/api/v1/message/send_whatsapp";
    }
}
