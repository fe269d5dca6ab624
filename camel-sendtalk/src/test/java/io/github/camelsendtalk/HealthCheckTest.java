package io.github.camelsendtalk;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The producer health check, through Camel's own way of asking. */
class HealthCheckTest extends SendTalkTestSupport {

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        HealthCheckHelper.getHealthCheckRepository(context, "producers", HealthCheckRepository.class)
                .setEnabled(true);
        return context;
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("not found", json(error(404, "40401", "Message is not found", "")), true),
                Arguments.of("another error", json(error(400, "40002", "Wrong id", "id")), true),
                Arguments.of("a rate limit", aResponse().withStatus(429), true),
                Arguments.of("a wrong key", json(error(400, "49103", "API-Key is not found", "")), false),
                Arguments.of("503", aResponse().withStatus(503), false));
    }

    @ParameterizedTest(name = "{0}: up {2}")
    @MethodSource("answers")
    void theAnswerDecides(String what, ResponseDefinitionBuilder answer, boolean up) throws Exception {
        stub(onStatus(answer));

        HealthCheck.Result result = results().get(0);

        assertThat(result.getState()).isEqualTo(up ? HealthCheck.State.UP : HealthCheck.State.DOWN);
        if (!up) {
            assertThat(result.getMessage())
                    .get()
                    .asString()
                    .contains("SendTalk")
                    .doesNotContain(key);
        }
        assertThat(result.toString() + result.getDetails()).doesNotContain(key);
        assertThat(request().get("id").textValue()).isEqualTo("00000000-0000-0000-0000-000000000000");
    }

    @Test
    void noConnectionIsDown() throws Exception {
        addRoute(at("http://localhost:1") + "send?phone=" + PHONE);

        assertThat(results())
                .extracting(HealthCheck.Result::getState)
                .containsExactlyInAnyOrder(HealthCheck.State.UP, HealthCheck.State.DOWN);
    }

    @Test
    void aSilentServerIsDownAfterFiveSeconds() {
        stub(onStatus(json(error(404, "40401", "", "")).withFixedDelay(20_000)));
        long begin = System.nanoTime();

        assertThat(results().get(0).getState()).isEqualTo(HealthCheck.State.DOWN);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7));
    }

    @Test
    void anAnswerIsKeptForAMinute() {
        for (int i = 0; i < 10; i++) {
            assertThat(results().get(0).getState()).isEqualTo(HealthCheck.State.UP);
        }

        assertThat(requests()).hasSize(1);
    }

    @Test
    void thereIsOneCheckForEachKeyAndUrl() throws Exception {
        addRoute("sendtalk:status");
        addRoute("sendtalk:send?phone=" + PHONE + "&messageType=otp");
        assertThat(results()).hasSize(1);

        addRoute("sendtalk:send?phone=" + PHONE + "&apiKey=" + TestKeys.next());
        assertThat(results()).hasSize(2);
        assertThat(results()).extracting(r -> r.getCheck().getId()).doesNotHaveDuplicates();
    }

    @Test
    void aRemovedRouteTakesItsCheckAlong() throws Exception {
        context.getRouteController().stopRoute("first");

        assertThat(results()).isEmpty();
    }

    @Test
    void theChecksAreOffWhereTheComponentSaysSo() throws Exception {
        component(context).setHealthCheckProducerEnabled(false);
        addRoute("sendtalk:send?phone=" + PHONE + "&apiKey=" + TestKeys.next());
        stub(onStatus(aResponse().withStatus(503)));

        assertThat(results().get(1).getState()).isEqualTo(HealthCheck.State.UNKNOWN);
    }

    @Test
    void theChecksAreOffUnlessCamelsProducerChecksAreOn() {
        HealthCheckHelper.getHealthCheckRepository(context, "producers", HealthCheckRepository.class)
                .setEnabled(false);

        assertThat(results()).isEmpty();
    }

    private void addRoute(String uri) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + uri.hashCode()).to(uri);
            }
        });
    }

    private List<HealthCheck.Result> results() {
        Collection<HealthCheck.Result> all = HealthCheckHelper.invokeReadiness(context, "full");
        return all.stream()
                .filter(result -> result.getCheck().getId().contains("sendtalk"))
                .toList();
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:first").routeId("first").to("sendtalk:send?phone=" + PHONE);
            }
        };
    }
}
