package io.github.camelsendtalk.leaks;

import static io.github.camelsendtalk.SendTalkConstants.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.client.CallEndings;
import io.github.camelsendtalk.client.CallEndings.Ending;
import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.leaks.HuntedContext.Watch;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Case 40: the key, the text of a code and the whole number are in no place that people look at, however a call ends.
 *
 * <p>A message goes out twice: as text and header with Camel as it is, and as a record, whose text form holds no secret, with
 * everything switched on that shows bodies and headers. So nothing has to be left out of the search.
 */
@Timeout(60)
class LeakHuntTest {

    private static final String ID = "f26ccf7a-d867-b3a4-d333-117ec668718d";

    @RegisterExtension
    static final SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    private static Hunt hunt;

    @BeforeAll
    static void start() throws Exception {
        hunt = new Hunt();
    }

    @AfterAll
    static void stop() {
        hunt.close();
    }

    static List<Ending> endings() {
        return CallEndings.endings();
    }

    /** One ending for each exception, and one for a success. */
    static Collection<Ending> kindsOfEnd() {
        return endings().stream()
                .collect(Collectors.toMap(
                        ending -> ending.operation() + ending.exception(), ending -> ending, (first, next) -> first))
                .values();
    }

    @ParameterizedTest(name = "R32: {0}")
    @MethodSource("endings")
    void nothingThatTellsOfACallHoldsThem(Ending ending) throws Exception {
        Secrets secrets = play(ending);

        List<Call> calls = hunt.defaults().make(asText(ending, secrets));
        hunt.findsNothing(secrets, hunt.defaults(), calls);
        assertThat(calls).extracting(Call::end).containsOnly(ending.exception());

        List<Call> records = hunt.watched().make(asRecord(ending, secrets));
        hunt.findsNothing(secrets, hunt.watched(), records);
        assertThat(records).extracting(Call::end).containsOnly(ending.exception());
    }

    @Test
    void nothingThatTellsOfAContextHoldsThem() throws Exception {
        List<Secrets> all = new ArrayList<>();
        for (Ending ending : kindsOfEnd()) {
            Secrets secrets = play(ending);
            all.add(secrets);
            hunt.defaults().make(asText(ending, secrets));
            hunt.watched().make(asRecord(ending, secrets));
        }

        play(CallEndings.REPEATS_EVERYTHING);
        Places places = Places.all(hunt.defaults(), hunt.log(), List.of());
        Places watchedPlaces = Places.all(hunt.watched(), hunt.log(), List.of());

        for (Secrets secrets : all) {
            assertThat(places.leaksOf(secrets)).isEmpty();
            assertThat(watchedPlaces.leaksOf(secrets)).isEmpty();
        }
    }

    @ParameterizedTest(name = "the sandbox''s recipient {0}")
    @CsvSource({
        "0001, InvalidRecipient",
        "0002, InsufficientBalance",
        "0003, Rejected",
        "0004, Authentication",
        "0005, Validation",
        "0010, RateLimit",
        "0011, RateLimit",
        "0012, Server",
        "0013, Server",
        "0020, Response",
        "0021, Response",
        "0022, Response",
        "0030, ''",
        "0031, ''",
        "0032, ''",
        "0033, ''",
        "0040, Timeout",
        "0041, Timeout",
        "0042, Transport",
        "0043, Transport",
        "0044, ''"
    })
    void nothingHoldsThemAfterARecipientOfTheSandbox(String ending, String exception) throws Exception {
        Secrets secrets = hunt.secretsWithNumberEndingIn(ending);
        int timeout = exception.equals("Timeout") ? 300 : 20_000;
        SendTalkComponent toSandbox = new SendTalkComponent();
        toSandbox.getConfiguration().setApiKey(secrets.key());
        toSandbox.setBaseUrl(sandbox.baseUrl());
        hunt.defaults().camel().addComponent("sandbox" + ending, toSandbox);
        String uri = "sandbox%s:send?requestTimeout=%d".formatted(ending, timeout);

        List<Call> calls =
                hunt.defaults().make(hunt.defaults().to(uri, secrets.text(), Map.of(PHONE, secrets.phone())));

        assertThat(calls).extracting(Call::end).containsOnly(exception);
        hunt.findsNothing(secrets, hunt.defaults(), calls);
    }

    @ParameterizedTest(name = "case 15, 16: {0}")
    @ValueSource(strings = {"http://127.0.0.1:1", "http://sendtalk.invalid", "https://127.0.0.1:1", "https://"})
    void nothingHoldsThemWhereThereIsNoServer(String baseUrl) throws Exception {
        Secrets secrets = hunt.secrets();
        hunt.play(CallEndings.HANGS_UP, secrets.echo());
        String to = baseUrl.equals("https://") ? hunt.server().httpsUrl().toString() : baseUrl;

        for (Watch watch : Watch.values()) {
            try (HuntedContext context = hunt.context(watch, component -> component.setBaseUrl(to))) {
                List<Call> calls = context.make(context.to("direct:send", secrets.message(), Map.of()));

                assertThat(calls).extracting(Call::end).containsOnly("Transport");
                hunt.findsNothing(secrets, context, calls);
            }
        }
    }

    @Test
    void case16_nothingHoldsAProxysPassword() throws Exception {
        Secrets secrets = hunt.secrets();
        Secrets login = new Secrets("proxy-password-8461", secrets.code(), secrets.phone());
        hunt.play(CallEndings.ASKS_FOR_A_LOGIN, login.echo());
        try (HuntedContext context = hunt.context(Watch.EVERYTHING, component -> {
            component.setProxyHost("127.0.0.1");
            component.setProxyPort(hunt.server().port());
            component.setProxyUsername("shop");
            component.setProxyPassword(login.key());
            component.setBaseUrl("http://sendtalk.invalid");
        })) {
            List<Call> calls = context.make(context.to("direct:send", secrets.message(), Map.of()));

            assertThat(calls).extracting(Call::end).containsOnly("Api");
            hunt.findsNothingAnywhere(login, context, calls);
        }
    }

    @ParameterizedTest(name = "Camel shows {0}")
    @EnumSource
    void case30_nothingHoldsThemWhileCallsAreInFlightNorAfterAStop(Watch watch) throws Exception {
        Secrets secrets = hunt.secrets();
        CountDownLatch arrived = new CountDownLatch(3);
        hunt.play(CallEndings.isHeldBack(arrived), secrets.echo());
        try (HuntedContext context = hunt.context(watch, component -> {})) {
            List<Call> calls = List.of(
                    watch == Watch.DEFAULTS
                            ? context.to("direct:dynamic", secrets.text(), Map.of("to", secrets.phone()))
                            : context.to("direct:send", secrets.message(), Map.of()),
                    context.to("direct:status", ID, Map.of()),
                    context.to("sendtalk:status?awaitTimeout=60000", ID, Map.of()));
            List<CompletableFuture<Exchange>> ends =
                    calls.stream().map(context::begin).toList();
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            hunt.play(CallEndings.REPEATS_EVERYTHING, secrets.key());

            hunt.findsNothingAnywhere(secrets, context, calls);
            context.component().stop();
            for (CompletableFuture<Exchange> end : ends) {
                end.get(20, TimeUnit.SECONDS);
            }

            assertThat(calls).extracting(Call::end).containsOnly("Transport");
            hunt.findsNothingAnywhere(secrets, context, calls);
        }
    }

    static Stream<Ending> answersToAHealthCheck() {
        return kindsOfEnd().stream()
                .filter(ending -> ending.operation().equals("status"))
                .filter(ending -> !ending.exception().equals("Timeout"));
    }

    /** An answer is kept for a minute, so that each needs a check of its own. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("answersToAHealthCheck")
    void noHealthCheckHoldsTheKey(Ending ending) throws Exception {
        Secrets secrets = hunt.secrets();
        hunt.play(ending, "Key " + secrets.key());
        String path = "/" + ending.exception();
        CamelContext context = hunt.defaults().camel();
        SendTalkComponent component = new SendTalkComponent();
        component.getConfiguration().setApiKey(secrets.key());
        component.setBaseUrl(hunt.server().url() + path);
        String name = "sendtalk" + (context.getComponentNames().size() + 1);
        context.addComponent(name, component);
        Producer producer = context.getEndpoint(name + ":status").createProducer();
        producer.start();

        String results = Places.healthOf(context);

        producer.stop();
        assertThat(results).contains("sendtalk");
        assertThat(secrets.in(results)).isEmpty();
    }

    private static Secrets play(Ending ending) {
        Secrets secrets = hunt.secrets();
        hunt.play(
                ending,
                switch (Operation.valueOf(ending.operation())) {
                    case send -> secrets.echo();
                    case status -> "Key " + secrets.key();
                    case check -> secrets.echoOfNumber();
                });
        return secrets;
    }

    private static Call[] asText(Ending ending, Secrets secrets) {
        HuntedContext context = hunt.defaults();
        return switch (Operation.valueOf(ending.operation())) {
            case send ->
                new Call[] {
                    context.to(route(ending, "send"), secrets.text(), Map.of(PHONE, secrets.phone())),
                    context.to(route(ending, "dynamic"), secrets.text(), Map.of("to", secrets.phone()))
                };
            case status -> new Call[] {context.to(route(ending, "status"), ID, Map.of())};
            case check ->
                new Call[] {
                    context.to(route(ending, "check"), secrets.text(), Map.of(PHONE, secrets.phone())),
                    context.to(route(ending, "check"), secrets.phone(), Map.of())
                };
        };
    }

    private static Call asRecord(Ending ending, Secrets secrets) {
        HuntedContext context = hunt.watched();
        return switch (Operation.valueOf(ending.operation())) {
            case send -> context.to(route(ending, "send"), secrets.message(), Map.of());
            case status -> context.to(route(ending, "status"), ID, Map.of());
            case check -> context.to(route(ending, "check"), secrets.message(), Map.of());
        };
    }

    private static String route(Ending ending, String name) {
        return "direct:" + (ending.exception().equals("Timeout") ? "impatient-" : "") + name;
    }
}
