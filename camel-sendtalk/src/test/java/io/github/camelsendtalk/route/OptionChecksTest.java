package io.github.camelsendtalk.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.support.ConsoleCapture;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is said at start, in one sentence; hard cases 25 and 39. */
class OptionChecksTest {

    private static final long FOR_EVER = Long.MAX_VALUE;

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
    void aMissingKeyOfAnotherComponentNamesThatComponent() {
        String complaint =
                start(context -> context.addComponent("marketing", new SendTalkComponent()), new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:start").to("marketing:send");
                    }
                });

        assertThat(complaint).contains("apiKey is missing").contains("component marketing");
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
            """)
    void aWrongOptionIsNamedAtStart(String uri, String sentence) {
        assertThat(startOf(uri)).isEqualTo(sentence);
    }

    @ParameterizedTest(name = "{0}: {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            R33 | sendtalk                                         | The operation is missing: use sendtalk:send or sendtalk:status.
            R33 | sendtalk:?phone=6281212345678                    | The operation is missing: use sendtalk:send or sendtalk:status.
            R34 | sendtalk:send?phonRegion=ID                      | There is no option phonRegion. Did you mean phoneRegion?
            R34 | sendtalk:send?mesageType=otp                     | There is no option mesageType. Did you mean messageType?
            R34 | sendtalk:status?awaitTimout=1s                   | There is no option awaitTimout. Did you mean awaitTimeout?
            R34 | sendtalk:send?proxyHost=proxy                    | The option proxyHost is an option of the component, not of an endpoint: set camel.component.sendtalk.proxy-host; for another value set up another component.
            R34 | sendtalk:send?maxConnections=5                   | The option maxConnections is an option of the component, not of an endpoint: set camel.component.sendtalk.max-connections; for another value set up another component.
            R34 | sendtalk:send?baseUrl=http://localhost:1         | The option baseUrl is an option of the component, not of an endpoint: set camel.component.sendtalk.base-url; for another value set up another component.
            R47 | sendtalk:send?phone=6281200000002&phone=6281200000003 | The option phone is given twice: keep one.
            R47 | sendtalk:status?awaitTimeout=1s&awaitTimeout=2s  | The option awaitTimeout is given twice: keep one.
            R48 | sendtalk:send?awaitTimeout=1s                    | The option awaitTimeout has no effect on sendtalk:send: leave it out.
            R48 | sendtalk:send?pollInterval=1s                    | The option pollInterval has no effect on sendtalk:send: leave it out.
            R48 | sendtalk:status?phone=6281212345678              | The option phone has no effect on sendtalk:status: leave it out.
            R48 | sendtalk:status?caption=c                        | The option caption has no effect on sendtalk:status: leave it out.
            R48 | sendtalk:status?filename=a.jpg                   | The option filename has no effect on sendtalk:status: leave it out.
            R48 | sendtalk:status?messageType=otp                  | The option messageType has no effect on sendtalk:status: leave it out.
            R48 | sendtalk:status?phoneRegion=ID                   | The option phoneRegion has no effect on sendtalk:status: leave it out.
            R48 | sendtalk:send?messageType=text&filename=a.jpg    | The option filename has no effect beside the messageType text: only images have it.
            R48 | sendtalk:send?messageType=OTP&caption=c          | The option caption has no effect beside the messageType otp: only images have it.
            R5  | sendtalk:send?component.baseUrl=http://127.0.0.1:1 | There is no option component.baseUrl. There are
            R5  | sendtalk:send?camelContext.name=x                | There is no option camelContext.name. There are
            R5  | sendtalk:send?configuration.phone=6281200009002  | There is no option configuration.phone. There are
            R34 | sendtalk:send?retries=3                          | There is no option retries. There are
            R34 | sendtalk:send?to=6281200009002                   | There is no option to. There are apiKey
            R34 | sendtalk:send?operation=status                   | There is no option operation. There are
            R47 | sendtalk:send?phone=6281200009002&Phone=6281200009003 | There is no option Phone. Did you mean phone?
            R48 | sendtalk:send?AWAITTIMEOUT=1s                    | There is no option AWAITTIMEOUT. Did you mean awaitTimeout?
            R44 | sendtalk:send?requestTimeout=soon                | The option requestTimeout is not a time: use milliseconds, or a time such as 10s.
            R44 | sendtalk:send?requestTimeout=5x                  | The option requestTimeout is not a time: use milliseconds, or a time such as 10s.
                | sendtalk:send?phone=                             | The option phone is blank: give it a value, or leave it out.
                | sendtalk:send?caption=%20                        | The option caption is blank: give it a value, or leave it out.
                | sendtalk:send?requestTimeout=                    | The option requestTimeout is blank: give it a value, or leave it out.
            """)
    void aMistakeInAUriIsNamedAtStart(String number, String uri, String sentence) {
        assertThat(startOf(uri, component -> component.getConfiguration().setApiKey("k")))
                .startsWith(sentence);
    }

    @ParameterizedTest(name = "R17: the option phone {0} is refused at start: {1}")
    @CsvSource({"0812-1234-5678, phoneRegion", "6.28e+12, phone", "'\"6281212345678\"', phone", "628, too short"})
    void aPhoneThatCannotBeReadIsNamedAtStart(String phone, String word) {
        String ofEndpoint = startOf("sendtalk:send?apiKey=k&phone=" + phone);
        String ofComponent = startOf("sendtalk:send", component -> {
            component.getConfiguration().setApiKey("k");
            component.getConfiguration().setPhone(phone);
        });

        assertThat(ofEndpoint).contains("option phone").contains(word);
        assertThat(ofComponent).contains("option phone").contains(word);
    }

    @ParameterizedTest(name = "R45: {0}")
    @CsvSource(delimiter = '|', textBlock = """
            http://a b                                   | it holds a blank.
            http://host:99999                            | its port is not from 1 to 65535.
            http://host:99999/gateway                    | its port is not from 1 to 65535.
            http://host:0                                | its port is not from 1 to 65535.
            http://[::1]:65536                           | its port is not from 1 to 65535.
            http://host:123456789012                     | its port is not from 1 to 65535.
            https://host/api/v1/message/send_whatsapp    | leave /api/v1/message/send_whatsapp out, which the component adds itself.
            https://host/gw/api/v1/message/get_status/   | leave /api/v1/message/get_status out, which the component adds itself.
            https://host/api/v1                          | leave /api/v1 out, which the component adds itself.
            """)
    void whatIsWrongWithABaseUrlIsSaidAtStart(String baseUrl, String what) {
        assertThat(startOf("sendtalk:send", component -> {
                    component.getConfiguration().setApiKey("k");
                    component.setBaseUrl(baseUrl);
                }))
                .isEqualTo("The option baseUrl is '%s': %s".formatted(baseUrl, what));
    }

    static Stream<Arguments> times() {
        return Stream.of(
                wrong("connectionRequestTimeout", c -> c.getConfiguration().setConnectionRequestTimeout(FOR_EVER)),
                wrong("requestTimeout", c -> c.getConfiguration().setRequestTimeout(FOR_EVER)),
                wrong("awaitTimeout", c -> c.getConfiguration().setAwaitTimeout(FOR_EVER)),
                wrong("pollInterval", c -> c.getConfiguration().setPollInterval(FOR_EVER)),
                wrong("connectTimeout", c -> c.setConnectTimeout(FOR_EVER)),
                wrong("connectionTimeToLive", c -> c.setConnectionTimeToLive(FOR_EVER)));
    }

    @ParameterizedTest(name = "R44: {0} without end")
    @MethodSource("times")
    void aTimeWithoutEndIsRefusedAtStart(String option, Consumer<SendTalkComponent> change) {
        assertThat(startOf("sendtalk:send", component -> {
                    component.getConfiguration().setApiKey("k");
                    change.accept(component);
                }))
                .isEqualTo("The option %s is 9223372036854775807: use 86400000 (1 day) or less.".formatted(option));
    }

    @ParameterizedTest(name = "R44: {0} without end, on an endpoint")
    @ValueSource(strings = {"connectionRequestTimeout", "requestTimeout", "awaitTimeout", "pollInterval"})
    void aTimeWithoutEndIsRefusedOnAnEndpoint(String option) {
        assertThat(startOf("sendtalk:status?apiKey=k&" + option + "=9223372036854775807"))
                .isEqualTo("The option %s is 9223372036854775807: use 86400000 (1 day) or less.".formatted(option));
    }

    @ParameterizedTest(name = "R35: proxyHost={0}")
    @CsvSource({
        "http://proxy, http://proxy",
        "http://budi:rahasia@proxy:8080, http://***@proxy:8080",
        "proxy:8080, proxy:8080",
        "proxy/, proxy/",
        "pro xy, pro xy"
    })
    void aProxyHostThatIsMoreThanAHostIsRefusedAtStart(String proxyHost, String shown) {
        assertThat(startOf("sendtalk:send", component -> {
                    component.getConfiguration().setApiKey("k");
                    component.setProxyHost(proxyHost);
                    component.setProxyPort(8080);
                }))
                .isEqualTo(
                        "The option proxyHost is '%s': use the name of the host alone, such as proxy.example, and the option proxyPort for its port."
                                .formatted(shown));
    }

    @Test
    void r40_anHttpClientThatWasNeverStartedIsRefusedAtStart() throws IOException {
        try (CloseableHttpAsyncClient never = HttpAsyncClients.createDefault()) {
            assertThat(startOf("sendtalk:send", component -> {
                        component.getConfiguration().setApiKey("k");
                        component.setHttpClient(never);
                    }))
                    .isEqualTo(
                            "The option httpClient is a client that was never started, or is closed: call its start() before the context starts.");
        }
    }

    @ParameterizedTest(name = "R17: a national number of the component holds up no start of an endpoint {0}")
    @CsvSource({"that does not use it, phone=6281300009001", "that has the region to read it by, phoneRegion=ID"})
    void aNationalNumberOfTheComponentHoldsUpNoStart(String what, String option) {
        CamelContext context = new DefaultCamelContext();
        try {
            SendTalkComponent component = context.getComponent("sendtalk", SendTalkComponent.class);
            component.getConfiguration().setApiKey("k");
            component.getConfiguration().setPhone("0812-1234-5678");
            context.start();

            assertThat(context.getEndpoint("sendtalk:send?" + option)).isNotNull();
        } finally {
            context.stop();
        }
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
                wrong("baseUrl", c -> c.setBaseUrl("sendtalk.example")),
                wrong("baseUrl", c -> c.setBaseUrl("ftp://host")),
                wrong("baseUrl", c -> c.setBaseUrl("http://a b")),
                wrong("baseUrl", c -> c.setBaseUrl("")));
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
        String printed = ConsoleCapture.during(() -> {
            CamelContext context = new DefaultCamelContext();
            SendTalkComponent component = context.getComponent("sendtalk", SendTalkComponent.class);
            component.setBaseUrl(baseUrl);
            context.start();
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
