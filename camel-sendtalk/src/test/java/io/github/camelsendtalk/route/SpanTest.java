package io.github.camelsendtalk.route;

import static io.github.camelsendtalk.support.Answers.error;
import static io.github.camelsendtalk.support.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import io.github.camelsendtalk.support.SpanRecorder;
import io.github.camelsendtalk.support.SpanRecorder.Recorded;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a call's span says of it. */
class SpanTest extends SendTalkTestSupport {

    private static final String CODE = "482913";
    private static final String SEND_IT = "sendtalk:send?messageType=otp&phone=" + PHONE;

    private final SpanRecorder spans = new SpanRecorder();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        spans.setCamelContext(context);
        spans.init(context);
        return context;
    }

    @Test
    void aSendSaysWhatWasSentAndHowItEnded() {
        Exchange exchange = call(SEND_IT, CODE);

        assertThat(span().tags())
                .containsOnly(
                        entry("op", "EVENT_SENT"),
                        entry("component", "camel-sendtalk"),
                        entry("url.scheme", "sendtalk"),
                        entry("url.path", "send"),
                        entry("camel.uri", "sendtalk://send"),
                        entry("exchangeId", exchange.getExchangeId()),
                        entry("server.address", sandbox.baseUrl()),
                        entry("server.protocol", "http"),
                        entry("sendtalk.operation", "send"),
                        entry("sendtalk.message.type", "otp"),
                        entry("sendtalk.outcome", "accepted"),
                        entry("messaging.message.id", exchange.getMessage().getBody(String.class)));
    }

    @Test
    void aQuestionSaysForWhichMessage() {
        String id = call(SEND_IT, CODE).getMessage().getBody(String.class);
        spans.news();

        call("sendtalk:status", id);

        assertThat(span().tags())
                .contains(
                        entry("sendtalk.operation", "status"),
                        entry("sendtalk.outcome", "answered"),
                        entry("messaging.message.id", id))
                .doesNotContainKey("sendtalk.message.type");
    }

    @Test
    void aCheckIsAnsweredAndIsOfNoMessage() {
        Exchange sent = call(SEND_IT, CODE);
        spans.news();
        answer(CHECK, json("{\"status\": 200, \"data\": {\"isRegistered\": true}}"));

        call("sendtalk:check", PHONE, sent.getMessage().getHeaders());

        assertThat(span().tags())
                .contains(entry("sendtalk.operation", "check"), entry("sendtalk.outcome", "answered"))
                .doesNotContainKeys("messaging.message.id", "sendtalk.message.type");
        tellsNoSecret();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("refused", json(refused("insufficient_balance"))),
                Arguments.of("refused", json(error(429, "42900", "Too many calls for " + PHONE + ": " + CODE, ""))),
                Arguments.of("unknown", json("not JSON")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void aFailedSendSaysWhetherItLeft(String outcome, ResponseDefinitionBuilder answer) {
        answer(SEND, answer);

        call(SEND_IT, CODE);

        assertThat(span().tags())
                .contains(entry("error", "true"), entry("sendtalk.outcome", outcome))
                .doesNotContainKey("messaging.message.id");
        assertThat(span().logs()).isNotEmpty();
        tellsNoSecret();
    }

    @Test
    void aMessageThatIsNotSentHasFailed() {
        call("sendtalk:send?messageType=otp", CODE, Map.of("CamelSendTalkPhone", "0812"));

        assertThat(span().tags()).contains(entry("sendtalk.outcome", "failed"));
    }

    @Test
    void theTypeIsTheOneThatIsSentWhereverItStands() {
        call("sendtalk:send", SendTalkMessage.otp(PHONE, CODE));
        call("sendtalk:send?phone=" + PHONE, "Halo");
        call("sendtalk:send?phone=" + PHONE, CODE, Map.of("messageType", "OTP"));
        call("direct:dynamic", CODE, Map.of("kind", "otp", "to", PHONE));
        call("sendtalk:send?phone=" + PHONE, CODE, Map.of("messageType", "letter to " + PHONE));

        assertThat(spans.of("camel-sendtalk"))
                .extracting(span -> span.tags().get("sendtalk.message.type"))
                .containsExactly("otp", "text", "otp", "otp", null);
        tellsNoSecret();
    }

    @Test
    void aComponentOfAnotherNameHasSuchSpansToo() {
        call(at(sandbox.baseUrl()) + "send?phone=" + PHONE, CODE);

        assertThat(span().tags())
                .contains(
                        entry("url.path", "send"),
                        entry("sendtalk.operation", "send"),
                        entry("sendtalk.outcome", "accepted"));
        tellsNoSecret();
    }

    private Recorded span() {
        List<Recorded> ended = spans.of("camel-sendtalk");
        assertThat(ended).hasSize(1);
        return ended.get(0);
    }

    private void tellsNoSecret() {
        assertThat(spans.news()).contains("camel-sendtalk").doesNotContain(key, CODE, PHONE);
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:dynamic").toD("sendtalk:send?messageType=${header.kind}&phone=${header.to}");
            }
        };
    }
}
