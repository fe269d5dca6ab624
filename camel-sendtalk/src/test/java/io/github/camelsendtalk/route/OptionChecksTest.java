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
                .contains("apiKey is missing", "camel.component.sendtalk.api-key=", "endpoint's option apiKey");
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
        assertThat(startOf("sendtalk:send?apiKey=${SENDTALK_API_KEY}")).contains("apiKey", "${SENDTALK_API_KEY}");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            sendtalk:sent?apiKey=k                          | 'sent', sendtalk:send, sendtalk:status, sendtalk:check
            sendtalk:send?apiKey=k&phoneRegion=XX           | phoneRegion, 'XX', country code
            sendtalk:send?apiKey=k&messageType=sms          | messageType, 'sms', otp, text, image
            sendtalk:send?apiKey=k&requestTimeout=-1        | requestTimeout, -1, 1 or more
            sendtalk:send?apiKey=k&requestTimeout=0         | requestTimeout, 0, 1 or more
            sendtalk:status?apiKey=k&awaitTimeout=-5        | awaitTimeout, -5, 0 or more
            sendtalk:status?apiKey=k&pollInterval=0         | pollInterval, 0, 1 or more
            """)
    void aWrongOptionIsNamedAtStart(String uri, String words) {
        assertNames(startOf(uri), words);
    }

    @ParameterizedTest(name = "{0}: {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            R33 | sendtalk                                         | operation, sendtalk:send, sendtalk:status
            R33 | sendtalk:?phone=6281212345678                    | operation, sendtalk:send, sendtalk:status
            R34 | sendtalk:send?phonRegion=ID                      | phonRegion, mean phoneRegion
            R34 | sendtalk:send?mesageType=otp                     | mesageType, mean messageType
            R34 | sendtalk:status?awaitTimout=1s                   | awaitTimout, mean awaitTimeout
            R34 | sendtalk:send?proxyHost=proxy                    | proxyHost, camel.component.sendtalk.proxy-host
            R34 | sendtalk:send?maxConnections=5                   | maxConnections, camel.component.sendtalk.max-connections
            R34 | sendtalk:send?baseUrl=http://localhost:1         | baseUrl, camel.component.sendtalk.base-url
            R47 | sendtalk:send?phone=6281200000002&phone=6281200000003 | phone, twice
            R47 | sendtalk:status?awaitTimeout=1s&awaitTimeout=2s  | awaitTimeout, twice
            R48 | sendtalk:check?awaitTimeout=1s                   | awaitTimeout, no effect, sendtalk:check
            R48 | sendtalk:check?messageType=otp                   | messageType, no effect, sendtalk:check
            R48 | sendtalk:check?caption=c                         | caption, no effect, sendtalk:check
            R48 | sendtalk:send?awaitTimeout=1s                    | awaitTimeout, no effect, sendtalk:send
            R48 | sendtalk:send?pollInterval=1s                    | pollInterval, no effect, sendtalk:send
            R48 | sendtalk:status?phone=6281212345678              | phone, no effect, sendtalk:status
            R48 | sendtalk:status?caption=c                        | caption, no effect, sendtalk:status
            R48 | sendtalk:status?filename=a.jpg                   | filename, no effect, sendtalk:status
            R48 | sendtalk:status?messageType=otp                  | messageType, no effect, sendtalk:status
            R48 | sendtalk:status?phoneRegion=ID                   | phoneRegion, no effect, sendtalk:status
            R48 | sendtalk:send?messageType=text&filename=a.jpg    | filename, no effect, messageType text
            R48 | sendtalk:send?messageType=OTP&caption=c          | caption, no effect, messageType otp
            R5  | sendtalk:send?component.baseUrl=http://127.0.0.1:1 | component.baseUrl, apiKey
            R5  | sendtalk:send?camelContext.name=x                | camelContext.name, apiKey
            R5  | sendtalk:send?configuration.phone=6281200009002  | configuration.phone, apiKey
            R34 | sendtalk:send?retries=3                          | retries, apiKey
            R34 | sendtalk:send?to=6281200009002                   | to, apiKey
            R34 | sendtalk:send?operation=status                   | operation, apiKey
            R47 | sendtalk:send?phone=6281200009002&Phone=6281200009003 | Phone, mean phone
            R48 | sendtalk:send?AWAITTIMEOUT=1s                    | AWAITTIMEOUT, mean awaitTimeout
            R44 | sendtalk:send?requestTimeout=soon                | requestTimeout, not a time, 10s
            R44 | sendtalk:send?requestTimeout=5x                  | requestTimeout, not a time, 10s
                | sendtalk:send?phone=                             | phone, blank
                | sendtalk:send?caption=%20                        | caption, blank
                | sendtalk:send?requestTimeout=                    | requestTimeout, blank
            """)
    void aMistakeInAUriIsNamedAtStart(String number, String uri, String words) {
        assertNames(startOf(uri, component -> component.getConfiguration().setApiKey("k")), words);
    }

    private static void assertNames(String complaint, String words) {
        assertThat(complaint).contains(words.split(", "));
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
            http://a b                                   | blank
            http://host:99999                            | port, 65535
            http://host:99999/gateway                    | port, 65535
            http://host:0                                | port, 65535
            http://[::1]:65536                           | port, 65535
            http://host:123456789012                     | port, 65535
            https://host/api/v1/message/send_whatsapp    | leave /api/v1/message/send_whatsapp out
            https://host/gw/api/v1/message/get_status/   | leave /api/v1/message/get_status out
            https://host/api/v1/message/check_whatsapp_phone | leave /api/v1/message/check_whatsapp_phone out
            https://host/api/v1                          | leave /api/v1 out
            """)
    void whatIsWrongWithABaseUrlIsSaidAtStart(String baseUrl, String words) {
        String complaint = startOf("sendtalk:send", component -> {
            component.getConfiguration().setApiKey("k");
            component.setBaseUrl(baseUrl);
        });

        assertNames(complaint, "baseUrl, " + baseUrl + ", " + words);
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
                .contains(option, "9223372036854775807", "1 day");
    }

    @ParameterizedTest(name = "R44: {0} without end, on an endpoint")
    @ValueSource(strings = {"connectionRequestTimeout", "requestTimeout", "awaitTimeout", "pollInterval"})
    void aTimeWithoutEndIsRefusedOnAnEndpoint(String option) {
        assertThat(startOf("sendtalk:status?apiKey=k&" + option + "=9223372036854775807"))
                .contains(option, "9223372036854775807", "1 day");
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
                .contains("proxyHost is '%s'".formatted(shown), "proxyPort");
    }

    @Test
    void r40_anHttpClientThatWasNeverStartedIsRefusedAtStart() throws IOException {
        try (CloseableHttpAsyncClient never = HttpAsyncClients.createDefault()) {
            assertThat(startOf("sendtalk:send", component -> {
                        component.getConfiguration().setApiKey("k");
                        component.setHttpClient(never);
                    }))
                    .contains("httpClient", "start()");
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

        assertThat(printed.lines().anyMatch(line -> line.contains("WARN") && line.contains(baseUrl)))
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
