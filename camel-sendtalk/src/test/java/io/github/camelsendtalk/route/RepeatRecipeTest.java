package io.github.camelsendtalk.route;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.github.camelsendtalk.support.Answers.PENDING;
import static io.github.camelsendtalk.support.Answers.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.SendTalkConstants;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkRateLimitException;
import io.github.camelsendtalk.client.SendTalkServerException;
import io.github.camelsendtalk.support.Await;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipe for repeating, in Java and YAML (in XML, see the documents' tests), beside a user's clause for IOException; hard cases 20 and 37. */
class RepeatRecipeTest extends SendTalkTestSupport {

    private static ExecutorService oneWorker;

    @BeforeAll
    static void startWorker() {
        oneWorker = Executors.newSingleThreadExecutor();
    }

    @AfterAll
    static void stopWorker() {
        oneWorker.shutdownNow();
    }

    private final List<Instant> failures = new CopyOnWriteArrayList<>();

    @BeforeEach
    void loadRoutes() throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "classpath:routes/repeat.camel.yaml"));
        component(context).getConfiguration().setPhone(PHONE);
    }

    @ParameterizedTest(name = "case 37: {0}: a 429 is repeated after the time that the API asked for")
    @ValueSource(strings = {"java", "yaml"})
    void aRateLimitIsRepeatedWhenTheApiSays(String language) {
        Exchange exchange = call("direct:" + language, "Halo", Map.of(SendTalkConstants.PHONE, "6281212340011"));

        wasAccepted(exchange);
        assertThat(requests()).hasSize(3);
        assertThat(pauses())
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofMillis(990), Duration.ofSeconds(4)));
    }

    @ParameterizedTest(name = "case 37: {0}: a 429 without a time is repeated after the policy's delay")
    @ValueSource(strings = {"java", "yaml"})
    void aRateLimitIsRepeatedAfterThePolicysDelay(String language) {
        answers(aResponse().withStatus(429));

        Exchange exchange = call("direct:" + language, "Halo");

        wasAccepted(exchange);
        assertThat(pauses())
                .singleElement()
                .satisfies(pause -> assertThat(pause).isLessThan(Duration.ofMillis(900)));
    }

    @ParameterizedTest(name = "case 37: {0}: a 429 for ever is given up after three requests")
    @ValueSource(strings = {"java", "yaml", "uncached"})
    void repeatingEnds(String language) {
        answer(SEND, aResponse().withStatus(429));

        failure(call("direct:" + language, "Halo"), SendTalkRateLimitException.class);

        assertThat(requests()).hasSize(3);
    }

    @ParameterizedTest(name = "case 37: {0}: a 429 followed by a 503 makes exactly two requests")
    @ValueSource(strings = {"java", "yaml"})
    void anUnknownOutcomeAfterARateLimitEndsIt(String language) {
        answers(aResponse().withStatus(429), aResponse().withStatus(503));

        failure(call("direct:" + language, "Halo"), SendTalkServerException.class);

        assertThat(requests()).hasSize(2);
    }

    static Stream<Arguments> unknownOutcomes() {
        return Stream.of("java", "yaml")
                .flatMap(language -> Stream.of(
                        Arguments.of(
                                language, "503", aResponse().withStatus(503).withHeader("Retry-After", "1")),
                        Arguments.of(language, "reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                        Arguments.of(language, "deadline", json(accepted()).withFixedDelay(3_000)),
                        Arguments.of(language, "unreadable", json("<html>"))));
    }

    @ParameterizedTest(name = "case 37: {0}: an unknown outcome is never repeated: {1}")
    @MethodSource("unknownOutcomes")
    void anUnknownOutcomeIsNeverRepeated(String language, String kind, ResponseDefinitionBuilder answer) {
        answers(answer);

        SendTalkException failure = failure(call("direct:" + language, "Halo"), SendTalkException.class);

        assertThat(failure.isOutcomeUnknown()).isTrue();
        assertThat(requests()).hasSize(1);
    }

    @ParameterizedTest(name = "case 37: a waiting redelivery holds no worker: {0}")
    @ValueSource(strings = {"java", "yaml"})
    void aWaitingRedeliveryHoldsNoWorker(String language) throws Exception {
        SendTalkComponent component = component(context);
        component.stop();
        component.setWorkerPool(oneWorker);
        component.start();
        answers(aResponse().withStatus(429).withHeader("Retry-After", "3"));
        long begin = System.nanoTime();
        var waiting = template.asyncRequestBody("direct:" + language, "first");
        Await.until(() -> !requests().isEmpty());

        Exchange other = call("direct:" + language, "second");

        wasAccepted(other);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(2_900));
        assertThat(waiting.isDone()).isFalse();
        wasAccepted(waiting.get());
    }

    @Test
    void case20_aStreamIsSentWholeOnARedelivery() {
        answers(aResponse().withStatus(429));

        Exchange exchange = call("direct:java", new ByteArrayInputStream("Halo".getBytes()));

        wasAccepted(exchange);
        assertThat(requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.getBodyAsString()).contains("\"body\":\"Halo\""));
    }

    @Test
    void aServerErrorIsRepeatedOnlyByWhoAsksForIt() {
        answers(aResponse().withStatus(503));

        Exchange exchange = call("direct:opted-in", "Halo");

        wasAccepted(exchange);
        assertThat(requests()).hasSize(2);
    }

    @ParameterizedTest(
            name = "R26: the recipe ends after three tries where a repeated part takes all headers away: {0}")
    @ValueSource(strings = {"direct:sub-route", "direct:enriched"})
    void repeatingEndsWithoutHeaders(String uri) {
        answer(SEND, aResponse().withStatus(429));
        answer(STATUS, json(PENDING));

        Exchange exchange = call(uri, "any-id");

        assertThat(failure(exchange, SendTalkRateLimitException.class).getAttempts())
                .isEqualTo(3);
        assertThat(requests().stream().filter(request -> request.getUrl().equals(SEND)))
                .hasSize(3);
    }

    @Test
    @DisplayName("R26: each turn of a loop has three tries")
    void eachTurnOfALoopHasThreeTries() {
        answer(SEND, aResponse().withStatus(429));

        call("direct:loop", "Halo");

        assertThat(requests()).hasSize(9);
    }

    @Test
    @DisplayName("R24: who writes the headers of a message as JSON writes a number")
    void theHeaderIsANumber() throws Exception {
        answers(aResponse().withStatus(429).withHeader("Retry-After", "5"));

        Exchange exchange = call("sendtalk:send", "Halo");

        Object header = exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY);
        assertThat(new ObjectMapper().writeValueAsString(header)).isEqualTo("5000");
        assertThat(exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY, Integer.class))
                .isEqualTo(5_000);
    }

    @Test
    @DisplayName("R26: after a success the next failure of the same step is the first again")
    void aSuccessEndsTheRow() {
        answers(aResponse().withStatus(429), json(accepted()), aResponse().withStatus(503));
        Exchange exchange = call("direct:java", "Halo");
        exchange.getMessage().setBody("Halo lagi");

        template.send("direct:java", exchange);

        assertThat(failure(exchange, SendTalkServerException.class).getAttempts())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("R24: a Retry-After that was handled steers no later redelivery of another step")
    void aHandledRetryAfterSteersNothing() {
        answers(aResponse().withStatus(429).withHeader("Retry-After", "3600"));
        long begin = System.nanoTime();

        Exchange exchange = call("direct:handled", "Halo");

        assertThat(exchange.getException()).hasMessage("another step");
        assertThat(failures).hasSize(3);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("R49: no more than a minute is left to Camel to wait, and the exception says how long was asked for")
    void camelWaitsAMinuteAtMost() {
        answers(aResponse().withStatus(429).withHeader("Retry-After", "3600"));

        Exchange exchange = call("sendtalk:send", "Halo");

        assertThat(exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY, Long.class))
                .isEqualTo(60_000L);
        assertThat(failure(exchange, SendTalkRateLimitException.class).getRetryAfter())
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    @DisplayName("R50: after a Retry-After, Camel's back-off counts on from the time that was asked for")
    void camelCountsOnFromTheAskedTime() {
        answers(
                aResponse().withStatus(429).withHeader("Retry-After", "1"),
                aResponse().withStatus(429));

        wasAccepted(call("direct:java", "Halo"));

        assertThat(pauses().get(0)).isGreaterThanOrEqualTo(Duration.ofMillis(990));
        assertThat(pauses().get(1)).isGreaterThanOrEqualTo(Duration.ofMillis(1_990));
    }

    /** Between each request and the next one. */
    private static List<Duration> pauses() {
        List<Instant> times = requests().stream()
                .map(request -> request.getLoggedDate().toInstant())
                .sorted()
                .toList();
        return IntStream.range(1, times.size())
                .mapToObj(i -> Duration.between(times.get(i - 1), times.get(i)))
                .toList();
    }

    /** Answers in this order, then as the sandbox does. */
    private static void answers(ResponseDefinitionBuilder... answers) {
        answersInOrder(SEND, answers);
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                onException(SendTalkException.class)
                        .retryWhile(simple("${exception.retryable} == true && ${exception.attempts} < 3"))
                        .asyncDelayedRedelivery()
                        .redeliveryDelay(50)
                        .backOffMultiplier(2)
                        .useExponentialBackOff();
                onException(IOException.class).maximumRedeliveries(5).redeliveryDelay(0);
                from("direct:java").to("sendtalk:send?requestTimeout=1000");
                // a new endpoint for each attempt, which no other route has made
                from("direct:uncached")
                        .toD("sendtalk:send?requestTimeout=1001&phone=${properties:none:" + PHONE + "}", -1);
                from("direct:sub-route").to("direct:takes-headers-away");
                from("direct:takes-headers-away")
                        .errorHandler(noErrorHandler())
                        .to("sendtalk:status")
                        .removeHeaders("*")
                        .setBody(constant("Halo"))
                        .to("sendtalk:send");
                from("direct:enriched").enrich("sendtalk:send");
                from("direct:loop")
                        .onException(SendTalkException.class)
                        .retryWhile(simple("${exception.retryable} == true && ${exception.attempts} < 3"))
                        .redeliveryDelay(1)
                        .continued(true)
                        .end()
                        .loop(3)
                        .setBody(constant("Halo"))
                        .to("sendtalk:send");
                from("direct:handled")
                        .doTry()
                        .to("sendtalk:send")
                        .doCatch(SendTalkException.class)
                        .end()
                        .to("direct:fails");
                from("direct:fails")
                        .errorHandler(
                                defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(10))
                        .process(e -> {
                            failures.add(Instant.now());
                            throw new IllegalStateException("another step");
                        });
                from("direct:opted-in")
                        .onException(SendTalkServerException.class)
                        .maximumRedeliveries(2)
                        .redeliveryDelay(10)
                        .end()
                        .to("sendtalk:send");
            }
        };
    }
}
