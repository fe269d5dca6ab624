package io.github.camelsendtalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is said at start, in one sentence; hard cases 25 and 39. */
class StartTest {

    @ParameterizedTest(name = "case 39: key {0}")
    @ValueSource(strings = {"none", "", "   "})
    void aMissingKeyNamesBothPlacesToSetIt(String key) {
        String option = key.equals("none") ? "" : "?apiKey=" + key;

        assertThat(startOf("sendtalk:send" + option))
                .isEqualTo(
                        "The option apiKey is missing: set camel.component.sendtalk.api-key={{env:SENDTALK_API_KEY}} in"
                                + " application.properties (for all endpoints), or the endpoint's option apiKey.");
    }

    @Test
    void case39_aPlaceholderThatDoesNotResolveIsSaidAtStart() {
        assertThat(startOf("sendtalk:send?apiKey={{env:NO_SUCH_VARIABLE_HERE}}"))
                .contains("NO_SUCH_VARIABLE_HERE");
    }

    @Test
    void case39_aPlaceholderThatTheRuntimeLeftAsItIsIsSaidAtStart() {
        assertThat(startOf("sendtalk:send?apiKey=${SENDTALK_API_KEY}"))
                .isEqualTo(
                        "The option apiKey is the placeholder ${SENDTALK_API_KEY}, for which there is no value: set the"
                                + " variable or property that it names.");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            sendtalk:sent?apiKey=k                          | The operation 'sent' is unknown: use sendtalk:send or sendtalk:status.
            sendtalk:send?apiKey=k&phoneRegion=XX           | The option phoneRegion is 'XX': use an ISO 3166 country code such as ID.
            sendtalk:send?apiKey=k&messageType=sms          | The option messageType 'sms' is unknown: use otp, text or image.
            sendtalk:send?apiKey=k&requestTimeout=-1        | The option requestTimeout is -1: use 1 or more.
            sendtalk:send?apiKey=k&requestTimeout=0         | The option requestTimeout is 0: use 1 or more.
            sendtalk:status?apiKey=k&awaitTimeout=-5        | The option awaitTimeout is -5: use 0 or more.
            sendtalk:status?apiKey=k&pollInterval=0         | The option pollInterval is 0: use 1 or more.
            sendtalk:send?apiKey=k&baseUrl=sendtalk.example | The option baseUrl is 'sendtalk.example': use an http(s) URL without user, query and fragment, such as https://sendtalk-api.taptalk.io.
            sendtalk:send?apiKey=k&baseUrl=ftp://host       | The option baseUrl is 'ftp://host': use an http(s) URL without user, query and fragment, such as https://sendtalk-api.taptalk.io.
            sendtalk:send?apiKey=k&baseUrl=RAW(http://a b)  | The option baseUrl is 'http://a b': use an http(s) URL without user, query and fragment, such as https://sendtalk-api.taptalk.io.
            sendtalk:send?apiKey=k&baseUrl=                 | The option baseUrl is '': use an http(s) URL without user, query and fragment, such as https://sendtalk-api.taptalk.io.
            """)
    void aWrongOptionIsNamedAtStart(String uri, String sentence) {
        assertThat(startOf(uri)).isEqualTo(sentence);
    }

    @Test
    void anUnknownOptionIsNamedByCamel() {
        assertThat(startOf("sendtalk:send?apiKey=k&retries=3")).contains("retries");
    }

    @ParameterizedTest(name = "case 25: {0}")
    @ValueSource(strings = {"kunci\nku", "kunci\r\nX-Other: 1", "kunci ku", "kunci-é"})
    void aKeyThatNoHeaderMayHoldIsRefusedWithoutShowingIt(String key) {
        String complaint = startOf(
                "sendtalk:send", component -> component.getConfiguration().setApiKey(key));

        assertThat(complaint).contains("option apiKey").contains("line break").doesNotContain(key);
    }

    static Stream<Arguments> wrongComponents() {
        return Stream.of(
                wrong("connectTimeout", c -> c.setConnectTimeout(0)),
                wrong("maxConnections", c -> c.setMaxConnections(0)),
                wrong("connectionTimeToLive", c -> c.setConnectionTimeToLive(-1)),
                wrong("userAgent", c -> c.setUserAgent("a\r\nX-Other: 1")),
                wrong("userAgent", c -> c.setUserAgent(" ")),
                wrong("proxyPort", c -> c.setProxyHost("localhost")),
                wrong("proxyPort", c -> {
                    c.setProxyHost("localhost");
                    c.setProxyPort(70_000);
                }),
                wrong(
                        "workerPool",
                        c -> c.setWorkerPool(new ThreadPoolExecutor(
                                1,
                                1,
                                0,
                                TimeUnit.SECONDS,
                                new LinkedBlockingQueue<>(),
                                new ThreadPoolExecutor.DiscardPolicy()))),
                wrong("baseUrl", c -> c.getConfiguration().setBaseUrl("nothing")));
    }

    private static Arguments wrong(String option, Consumer<SendTalkComponent> change) {
        return Arguments.of(option, change);
    }

    @ParameterizedTest(name = "component option {0}")
    @MethodSource("wrongComponents")
    void aWrongComponentOptionIsNamedAtStart(String option, Consumer<SendTalkComponent> change) {
        String complaint = startOf("sendtalk:send", component -> {
            component.getConfiguration().setApiKey("k");
            change.accept(component);
        });

        assertThat(complaint).startsWith("The option " + option).endsWith(".");
    }

    @ParameterizedTest(name = "{0}: warned of {1}")
    @CsvSource({
        "http://sendtalk.example, true",
        "http://192.168.1.7:8080, true",
        "https://sendtalk.example, false",
        "http://localhost:8080, false",
        "http://127.0.0.1:8080, false",
        "http://[::1]:8080, false"
    })
    void aKeyThatTravelsUnencryptedIsWarnedOf(String baseUrl, boolean warned) {
        String printed = Printed.by(() -> {
            CamelContext context = new DefaultCamelContext();
            context.getEndpoint("sendtalk:send?apiKey=k&baseUrl=" + baseUrl);
            context.stop();
        });

        assertThat(printed.contains("WARN io.github.camelsendtalk.SendTalkComponent - The option baseUrl is " + baseUrl
                        + ": the API key travels unencrypted. Use https."))
                .isEqualTo(warned);
    }

    @Test
    void sendtalkCannotBeConsumedFrom() {
        String complaint = start(context -> {}, new RouteBuilder() {
            @Override
            public void configure() {
                from("sendtalk:send?apiKey=k").to("log:end");
            }
        });

        assertThat(complaint).contains("sendtalk can't be consumed from");
    }

    private static String startOf(String uri) {
        return startOf(uri, component -> {});
    }

    private static String startOf(String uri, Consumer<SendTalkComponent> change) {
        return start(
                context -> {
                    SendTalkComponent component = new SendTalkComponent();
                    component.setCamelContext(context);
                    // as Camel Main and Spring Boot do, before they set options
                    component.init();
                    change.accept(component);
                    context.addComponent("sendtalk", component);
                },
                new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:start").to(uri);
                    }
                });
    }

    /** Starts a context that must fail, and gives the innermost message. */
    private static String start(Consumer<CamelContext> setUp, RouteBuilder routes) {
        CamelContext context = new DefaultCamelContext();
        try {
            Throwable failure = catchThrowable(() -> {
                setUp.accept(context);
                context.addRoutes(routes);
                context.start();
            });
            assertThat(failure).as("a start that fails").isNotNull();
            while (failure.getCause() != null && !(failure instanceof IllegalArgumentException)) {
                failure = failure.getCause();
            }
            return failure.getMessage();
        } finally {
            context.stop();
        }
    }
}
