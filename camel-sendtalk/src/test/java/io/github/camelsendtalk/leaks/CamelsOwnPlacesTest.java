package io.github.camelsendtalk.leaks;

import static io.github.camelsendtalk.SendTalkConstants.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.CallEndings;
import io.github.camelsendtalk.support.TestKeys;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Camel shows of its own accord, or because the user tells it to; a component can't change it, so the user guide says it.
 *
 * <p>It also shows that the hunt looks where it says that it looks.
 */
@Timeout(60)
class CamelsOwnPlacesTest {

    private static Hunt hunt;

    @BeforeAll
    static void start() throws Exception {
        hunt = new Hunt();
    }

    @AfterAll
    static void stop() {
        hunt.close();
    }

    @Test
    void everyPlaceHasSomethingToRead() throws Exception {
        Secrets secrets = failing();
        List<Call> calls = hunt.watched().make(hunt.watched().to("direct:send", secrets.message(), Map.of()));

        assertThat(Places.all(hunt.watched(), hunt.log(), calls).withText())
                .containsExactly(
                        "an exception",
                        "an exchange",
                        "a text form",
                        "the backlog tracer",
                        "an event",
                        "a span",
                        "a thread name",
                        "the log",
                        "JMX",
                        "a health check",
                        "a route dump",
                        "a developer console");
    }

    @Test
    void tracersShowTheBodyAndTheHeadersOfTheUser() throws Exception {
        Secrets secrets = failing();
        List<Call> calls =
                hunt.watched().make(hunt.watched().to("direct:send", secrets.text(), Map.of(PHONE, secrets.phone())));

        assertThat(places(secrets, hunt.watched(), calls)).containsExactly("the backlog tracer", "the log");
    }

    static Stream<Arguments> urisWithSecrets() {
        return Stream.of(
                Arguments.of(
                        "a key",
                        "sendtalk:send?apiKey=%1$s",
                        List.of("an exchange", "JMX", "a route dump", "a developer console")),
                Arguments.of(
                        "a placeholder of a key",
                        "sendtalk:send?apiKey={{the.api-key}}",
                        List.of("an exchange", "a developer console")),
                Arguments.of(
                        "a number",
                        "sendtalk:send?phone=%2$s",
                        List.of(
                                "an exchange",
                                "a text form",
                                "an event",
                                "the log",
                                "JMX",
                                "a route dump",
                                "a developer console")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("urisWithSecrets")
    void aUriIsShownInMorePlacesThanAnOptionOfTheComponent(String what, String uri, List<String> shown)
            throws Exception {
        Secrets secrets = Secrets.next(TestKeys.next());
        hunt.play(CallEndings.REPEATS_EVERYTHING, "nothing");
        String written = uri.formatted(secrets.key(), secrets.phone());
        hunt.defaults().camel().getPropertiesComponent().addOverrideProperty("the.api-key", secrets.key());
        hunt.defaults().camel().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + what.replace(' ', '-')).to(written);
            }
        });
        List<Call> calls = hunt.defaults()
                .make(hunt.defaults().to("direct:" + what.replace(' ', '-'), secrets.message(), Map.of()));

        assertThat(places(secrets, hunt.defaults(), calls)).containsExactlyElementsOf(shown);
    }

    /** Secrets that a server repeats. */
    private static Secrets failing() {
        Secrets secrets = hunt.secrets();
        hunt.play(CallEndings.REPEATS_EVERYTHING, secrets.echo());
        return secrets;
    }

    private static Stream<String> places(Secrets secrets, HuntedContext context, List<Call> calls) throws Exception {
        return Places.all(context, hunt.log(), calls).leaksOf(secrets).stream()
                .map(leak -> leak.replaceAll("(?s):.*", ""))
                .distinct();
    }
}
