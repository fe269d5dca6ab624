package io.github.camelsendtalk.lifecycle;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.github.camelsendtalk.support.Answers.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.client.SendTalkAuthenticationException;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import io.github.camelsendtalk.support.TestKeys;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.junit.jupiter.api.DisplayName;
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
                Arguments.of("503", aResponse().withStatus(503), false),
                Arguments.of("a firewall", aResponse().withStatus(403), false));
    }

    @ParameterizedTest(name = "{0}: up {2}")
    @MethodSource("answers")
    void theAnswerDecides(String what, ResponseDefinitionBuilder answer, boolean up) throws Exception {
        answer(STATUS, answer);

        HealthCheck.Result result = results().get(0);

        assertThat(result.getState()).isEqualTo(up ? HealthCheck.State.UP : HealthCheck.State.DOWN);
        if (!up) {
            assertThat(result.getMessage()).get().asString().isNotBlank().doesNotContain(key);
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
        answer(STATUS, json(error(404, "40401", "", "")).withFixedDelay(20_000));
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
    @DisplayName("R39: two components with two keys against one host have a check each")
    void twoComponentsHaveACheckEach() throws Exception {
        addComponent("sendtalk2");
        addRoute("sendtalk2:send?phone=" + PHONE);
        String otherKey = component("sendtalk2").getConfiguration().getApiKey();
        sandbox.wireMock()
                .stubFor(post(STATUS)
                        .withHeader("API-Key", equalTo(otherKey))
                        .willReturn(json(error(400, "49103", "API-Key is not found", ""))));

        assertThat(results())
                .extracting(result -> result.getCheck().getId(), HealthCheck.Result::getState)
                .containsExactlyInAnyOrder(
                        tuple("producer:sendtalk-" + host(), HealthCheck.State.UP),
                        tuple("producer:sendtalk2-" + host(), HealthCheck.State.DOWN));
    }

    @Test
    @DisplayName("R39: a check has the same id after its route was stopped and started, in whatever order")
    void anIdIsStable() throws Exception {
        String second = addRoute("sendtalk:send?phone=" + PHONE + "&apiKey=" + TestKeys.next());
        String third = addRoute("sendtalk:send?phone=" + PHONE + "&apiKey=" + TestKeys.next());
        List<String> ids = ids();
        assertThat(ids).hasSize(3).doesNotHaveDuplicates().contains("producer:sendtalk-" + host());

        for (String route : List.of("first", second, third)) {
            context.getRouteController().stopRoute(route);
        }
        assertThat(ids()).isEmpty();
        for (String route : List.of(third, "first")) {
            context.getRouteController().startRoute(route);
        }
        assertThat(ids()).hasSize(2).contains("producer:sendtalk-" + host()).isSubsetOf(ids);
        String idOfThird =
                ids().stream().filter(id -> id.matches(".*-\\d+")).findFirst().orElseThrow();
        context.getRouteController().stopRoute(third);
        context.getRouteController().startRoute(second);
        assertThat(ids()).hasSize(2).isSubsetOf(ids).doesNotContain(idOfThird);
    }

    @Test
    @DisplayName("R39: the component's own key has the plain id, also where another key came first")
    void theComponentsOwnKeyHasThePlainId() throws Exception {
        context.getRouteController().stopRoute("first");
        addRoute("sendtalk:send?phone=" + PHONE + "&apiKey=" + TestKeys.next());
        context.getRouteController().startRoute("first");

        assertThat(ids()).hasSize(2).contains("producer:sendtalk-" + host());
    }

    @Test
    @DisplayName("R39: a refused key is DOWN with its reason in the details")
    void aRefusedKeyTellsItsReason() {
        answer(STATUS, json(error(400, "49103", "API-Key is not found", "")));

        HealthCheck.Result result = results().get(0);

        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getMessage()).get().asString().contains("API-Key is not found");
        assertThat(result.getError()).get().isInstanceOf(SendTalkAuthenticationException.class);
        assertThat(result.getDetails())
                .containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 200)
                .containsEntry("service.error.code", "49103");
    }

    private List<String> ids() {
        return results().stream().map(result -> result.getCheck().getId()).toList();
    }

    private static String host() {
        return URI.create(sandbox.baseUrl()).getHost();
    }

    private SendTalkComponent component(String name) {
        return context.getComponent(name, SendTalkComponent.class);
    }

    private void addComponent(String name) {
        SendTalkComponent component = new SendTalkComponent();
        component.getConfiguration().setApiKey(TestKeys.next());
        component.setBaseUrl(sandbox.baseUrl());
        context.addComponent(name, component);
    }

    @Test
    void theChecksAreOffWhereTheComponentSaysSo() throws Exception {
        component(context).setHealthCheckProducerEnabled(false);
        addRoute("sendtalk:send?phone=" + PHONE + "&apiKey=" + TestKeys.next());
        answer(STATUS, aResponse().withStatus(503));

        assertThat(results().get(1).getState()).isEqualTo(HealthCheck.State.UNKNOWN);
    }

    @Test
    void theChecksAreOffUnlessCamelsProducerChecksAreOn() {
        HealthCheckHelper.getHealthCheckRepository(context, "producers", HealthCheckRepository.class)
                .setEnabled(false);

        assertThat(results()).isEmpty();
    }

    private String addRoute(String uri) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + uri.hashCode())
                        .routeId("route" + uri.hashCode())
                        .to(uri);
            }
        });
        return "route" + uri.hashCode();
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
