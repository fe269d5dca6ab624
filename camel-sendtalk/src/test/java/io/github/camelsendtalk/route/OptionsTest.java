package io.github.camelsendtalk.route;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.github.camelsendtalk.support.Answers.ID;
import static io.github.camelsendtalk.support.Answers.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsendtalk.client.SendTalkTimeoutException;
import io.github.camelsendtalk.client.SendTalkTransportException;
import io.github.camelsendtalk.support.Await;
import io.github.camelsendtalk.support.FullBacklog;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import io.github.camelsendtalk.support.TestCertificates;
import io.github.camelsendtalk.support.TestKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.apache.hc.client5.http.async.HttpAsyncClient;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.HandlerFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each option does what it says, wherever it is set; hard cases 25, 29 and 32. The message's options are in FieldPrecedenceTest. */
class OptionsTest extends SendTalkTestSupport {

    private static final String SEND_TO_ONE = "send?phone=" + PHONE;
    private static final String TO = "sendtalk:" + SEND_TO_ONE;

    /** An endpoint that no route has: it is made with what the component says when a test first uses it. */
    private static final String LATER = "sendtalk:send?phone=6281212345679";

    @Test
    void apiKeyOfTheEndpointWinsOverTheComponents() {
        String other = TestKeys.next();

        call(TO + "&apiKey=RAW(" + other + ")", "Halo");

        assertThat(requests().get(0).getHeader("API-Key")).isEqualTo(other);
    }

    @Test
    void apiKeyOfTheComponentServesAllEndpoints() {
        call(TO, "Halo");

        assertThat(requests().get(0).getHeader("API-Key")).isEqualTo(key);
    }

    @Test
    void baseUrlMayHaveAPath() {
        answer("/gateway" + SEND, json(accepted()));

        assertThat(call(at(sandbox.baseUrl() + "/gateway/") + SEND_TO_ONE, "Halo")
                        .getMessage()
                        .getBody())
                .isEqualTo(ID);
    }

    @Test
    void requestTimeoutEndsACall() {
        answer(SEND, json(accepted()).withFixedDelay(3_000));
        long begin = System.nanoTime();

        failure(call(TO + "&requestTimeout=300ms", "Halo"), SendTalkTimeoutException.class);

        assertThat((System.nanoTime() - begin) / 1_000_000).isBetween(300L, 1_300L);
    }

    @Test
    void connectionRequestTimeoutEndsACallThatIsNotWritten() {
        restart(component -> component.setMaxConnections(1));
        answer(SEND, json(accepted()).withFixedDelay(3_000));
        template.asyncRequestBody(TO, "Halo");
        Await.until(() -> requests().size() == 1);
        long begin = System.nanoTime();

        SendTalkTimeoutException failure =
                failure(call(TO + "&connectionRequestTimeout=300ms", "Halo juga"), SendTalkTimeoutException.class);

        assertThat((System.nanoTime() - begin) / 1_000_000).isBetween(300L, 1_300L);
        assertThat(failure.isOutcomeUnknown()).isFalse();
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure).hasMessageContaining("within 300 ms (send, connectionRequestTimeout)");
        assertThat(requests()).hasSize(1);
    }

    @Test
    void connectTimeoutEndsAnAttemptToConnect() throws Exception {
        try (FullBacklog full = new FullBacklog()) {
            restart(component -> {
                component.setConnectTimeout(200);
                component.setBaseUrl(full.url().toString());
            });
            long begin = System.nanoTime();

            Exchange exchange = call(TO + "&requestTimeout=20s", "Halo");

            SendTalkTransportException failure = failure(exchange, SendTalkTransportException.class);
            assertThat(failure).isNotInstanceOf(SendTalkTimeoutException.class);
            assertThat(failure.isRetryable()).isTrue();
            assertThat((System.nanoTime() - begin) / 1_000_000).isBetween(200L, 10_000L);
        }
    }

    @Test
    void maxConnectionsBoundsTheCallsOnTheWire() throws Exception {
        restart(component -> component.setMaxConnections(2));
        answer(SEND, json(accepted()).withFixedDelay(300));
        long begin = System.nanoTime();

        var answers = IntStream.range(0, 6)
                .mapToObj(i -> template.asyncRequestBody(TO, "Halo " + i))
                .toList();
        for (var answer : answers) {
            assertThat(answer.get()).isEqualTo(ID);
        }

        assertThat((System.nanoTime() - begin) / 1_000_000).isGreaterThanOrEqualTo(900);
    }

    @Test
    void connectionTimeToLiveEndsAConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.startAccepting()) {
            component(context).setBaseUrl(server.url().toString());
            restart(component -> component.setConnectionTimeToLive(1));
            for (int i = 0; i < 3; i++) {
                outlive(Duration.ofMillis(1));
                assertThat(call(TO, "Halo").getException()).isNull();
            }
            assertThat(server.connections()).isEqualTo(3);

            restart(component -> component.setConnectionTimeToLive(60_000));
            for (int i = 0; i < 3; i++) {
                assertThat(call(TO, "Halo").getException()).isNull();
            }
            assertThat(server.connections())
                    .as("the three from before, and fewer than one for each call")
                    .isLessThan(6);
        }
    }

    /** Returns when a connection that is there now is older than that. */
    private static void outlive(Duration age) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < 2 * age.toNanos()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void userAgentIsTheHeaderOfRequests() throws Exception {
        call(TO, "Halo");
        assertThat(requests().get(0).getHeader("User-Agent")).startsWith("camel-sendtalk");

        restart(component -> component.setUserAgent("toko-online/2"));
        call(TO, "Halo");

        assertThat(requests()).extracting(r -> r.getHeader("User-Agent")).contains("toko-online/2");
    }

    @Test
    void sslContextParametersAreNeededForAnUnknownAuthority() throws Exception {
        try (ScriptedServer server = tlsServer()) {
            component(context).setBaseUrl(server.httpsUrl().toString());
            SendTalkTransportException untrusted = failure(call(TO, "Halo"), SendTalkTransportException.class);
            assertThat(untrusted.isOutcomeUnknown())
                    .as("case 16: TLS comes before any byte")
                    .isFalse();

            SSLContextParameters trusting = trusting();
            restart(component -> component.setSslContextParameters(trusting));
            assertThat(call(TO, "Halo").getMessage().getBody()).isEqualTo(ID);
        }
    }

    @Test
    void useGlobalSslContextParametersTakesTheContextsTls() throws Exception {
        try (ScriptedServer server = tlsServer()) {
            component(context).setBaseUrl(server.httpsUrl().toString());
            context.setSSLContextParameters(trusting());
            failure(call(TO, "Halo"), SendTalkTransportException.class);

            restart(component -> component.setUseGlobalSslContextParameters(true));
            assertThat(call(TO, "Halo").getMessage().getBody()).isEqualTo(ID);
        }
    }

    /** Its authority is unknown to the JVM. */
    private static ScriptedServer tlsServer() throws Exception {
        return ScriptedServer.startTls(
                TestCertificates.server("valid"), ScriptedServer.answering(ScriptedServer.json(200, accepted())));
    }

    private static SSLContextParameters trusting() throws Exception {
        KeyStoreParameters keyStore = new KeyStoreParameters();
        keyStore.setKeyStore(TestCertificates.trustStore());
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(keyStore);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }

    @Test
    void proxyHostAndPortSendRequestsThroughTheProxy() throws Exception {
        restart(component -> {
            component.setProxyHost("127.0.0.1");
            component.setProxyPort(sandbox.wireMock().port());
            component.setBaseUrl("http://sendtalk.invalid");
        });

        Exchange exchange = call(TO, "Halo");

        wasAccepted(exchange);
        assertThat(requests().get(0).getHeader("Host")).isEqualTo("sendtalk.invalid");
        assertThat(requests().get(0).getHeader("Proxy-Authorization")).isNull();
    }

    @Test
    void proxyUsernameAndPasswordLogInToTheProxy() throws Exception {
        restart(component -> {
            component.setProxyHost("127.0.0.1");
            component.setProxyPort(sandbox.wireMock().port());
            component.setProxyUsername("budi");
            component.setProxyPassword("rahasia");
            component.setBaseUrl("http://sendtalk.invalid");
        });

        call(TO, "Halo");

        assertThat(requests().get(0).getHeader("Proxy-Authorization"))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString("budi:rahasia".getBytes()));
    }

    @ParameterizedTest(name = "the proxy of the context''s {0} is used")
    @ValueSource(strings = {"https", "http", "global options"})
    void theContextsProxyIsUsed(String place) throws Exception {
        setProxy(place, null);
        restart(component -> component.setBaseUrl("http://sendtalk.invalid"));

        wasAccepted(call(LATER, "Halo"));
        assertThat(requests().get(0).getHeader("Host")).isEqualTo("sendtalk.invalid");
    }

    @ParameterizedTest(name = "R35: no proxy for a host that the nonProxyHosts of the context''s {0} name")
    @ValueSource(strings = {"https", "http", "global options"})
    void theContextsProxyIsNotUsedForHostsThatItExcludes(String place) throws Exception {
        for (String excluded : List.of("sendtalk.invalid", "localhost, *.INVALID", "127.*|sendtalk.*")) {
            setProxy(place, excluded);
            restart(component -> component.setBaseUrl("http://sendtalk.invalid"));

            SendTalkTransportException failure = failure(call(LATER, "Halo"), SendTalkTransportException.class);

            assertThat(failure.getMessage()).contains("sendtalk.invalid").doesNotContain("proxy");
            noRequestWasMade();
        }
        setProxy(place, "other.invalid,*.example,invalid");
        restart(component -> component.setBaseUrl("http://sendtalk.invalid"));
        wasAccepted(call(LATER, "Halo"));
    }

    @ParameterizedTest(name = "R35: no proxy of the context''s {0} for this machine")
    @ValueSource(strings = {"https", "http", "global options"})
    void theContextsProxyIsNotUsedForThisMachine(String place) throws Exception {
        try (ScriptedServer server = ScriptedServer.startAccepting()) {
            setProxy(place, null);
            restart(component -> component.setBaseUrl(server.url().toString()));

            assertThat(call(LATER, "Halo").getException()).isNull();

            assertThat(server.connections()).isEqualTo(1);
            noRequestWasMade();
        }
    }

    private void setProxy(String place, @Nullable String nonProxyHosts) {
        int port = sandbox.wireMock().port();
        if (place.equals("global options")) {
            context.getGlobalOptions().put("http.proxyHost", "127.0.0.1");
            context.getGlobalOptions().put("http.proxyPort", String.valueOf(port));
            if (nonProxyHosts != null) {
                context.getGlobalOptions().put("http.nonProxyHosts", nonProxyHosts);
            }
        } else {
            HttpComponent http = context.getComponent(place, HttpComponent.class);
            http.setProxyHost("127.0.0.1");
            http.setProxyPort(port);
            http.setNonProxyHosts(nonProxyHosts);
        }
    }

    @ParameterizedTest(name = "R35: a {0} login of the context''s {1} is refused, and its password not sent")
    @CsvSource({"Digest, https", "NTLM, http", "NTLM by domain, https"})
    void aLoginOfTheContextsThatIsNotBasicIsRefused(String method, String place) {
        setProxy(place, null);
        HttpComponent http = context.getComponent(place, HttpComponent.class);
        http.setProxyAuthUsername("budi");
        http.setProxyAuthPassword("rahasia");
        if (method.equals("NTLM by domain")) {
            http.setProxyAuthDomain("toko");
        } else {
            http.setProxyAuthMethod(method);
        }

        assertThatThrownBy(() -> restart(component -> component.setBaseUrl("http://sendtalk.invalid")))
                .hasMessageContaining("%s component", place)
                .hasMessageContaining("127.0.0.1:%d by %s", sandbox.wireMock().port(), method.replace(" by domain", ""))
                .hasMessageContaining("proxyHost");
        noRequestWasMade();
    }

    @Test
    void aBasicLoginOfTheContextsIsUsed() throws Exception {
        setProxy("https", null);
        HttpComponent http = context.getComponent("https", HttpComponent.class);
        http.setProxyAuthMethod("Basic");
        http.setProxyAuthUsername("budi");
        http.setProxyAuthPassword("rahasia");
        restart(component -> component.setBaseUrl("http://sendtalk.invalid"));

        call(LATER, "Halo");

        assertThat(requests().get(0).getHeader("Proxy-Authorization")).startsWith("Basic ");
    }

    @Test
    void theContextsTlsForHttpIsNotTaken() throws Exception {
        try (ScriptedServer server = tlsServer()) {
            context.getComponent("https", HttpComponent.class).setSslContextParameters(trusting());
            restart(component -> component.setBaseUrl(server.httpsUrl().toString()));

            failure(call(TO, "Halo"), SendTalkTransportException.class);
        }
    }

    @Test
    void case32_httpClientOfTheUserIsUsedAndNotClosed() throws Exception {
        try (CloseableHttpAsyncClient own = HttpAsyncClients.createDefault()) {
            own.start();
            restart(component -> component.setHttpClient(own));
            answersInOrder(SEND, aResponse().withStatus(503));

            assertThat(call(TO, "Halo").getException()).isNotNull();
            assertThat(requests()).as("its retries are off for our request").hasSize(1);
            wasAccepted(call(TO, "Halo"));

            context.stop();
            assertThat(own.getStatus()).isEqualTo(IOReactorStatus.ACTIVE);
        }
    }

    @Test
    void r41_anErrorOfTheHttpClientIsTypedAndCounted() {
        restart(component -> component.setHttpClient(new BrokenClient(false)));
        assertThat(failure(call(TO, "Halo"), SendTalkTransportException.class).isOutcomeUnknown())
                .isFalse();
        assertThat(component(context).getFailed()).isEqualTo(1);

        restart(component -> component.setHttpClient(new BrokenClient(true)));
        assertThat(failure(call(TO, "Halo"), SendTalkTransportException.class).isOutcomeUnknown())
                .isTrue();
        assertThat(component(context).getUnknown()).isEqualTo(1);
    }

    /** Throws an error, before or after it has taken the request. */
    private record BrokenClient(boolean takes) implements HttpAsyncClient {

        @Override
        public <T> Future<T> execute(
                AsyncRequestProducer request,
                AsyncResponseConsumer<T> answer,
                HandlerFactory<AsyncPushConsumer> push,
                HttpContext context,
                FutureCallback<T> callback) {
            if (takes) {
                try {
                    request.produce(null);
                } catch (IOException | NullPointerException e) {
                    // there is no wire to write to
                }
            }
            throw new StackOverflowError();
        }
    }

    @Test
    void aClientInTheRegistryIsNotPickedUpByItself() throws Exception {
        try (CloseableHttpAsyncClient closed = HttpAsyncClients.createDefault()) {
            context.getRegistry().bind("someClient", closed);
            restart(component -> {});

            wasAccepted(call(TO, "Halo"));
        }
    }

    @Test
    void case32_workerPoolOfTheUserIsUsedAndNotShutDown() throws Exception {
        ExecutorService own = Executors.newSingleThreadExecutor(task -> new Thread(task, "own-worker"));
        try {
            restart(component -> component.setWorkerPool(own));

            assertThat(call("direct:thread", "Halo").getProperty("thread")).isEqualTo("own-worker");

            context.stop();
            assertThat(own.isShutdown()).isFalse();
        } finally {
            own.shutdownNow();
        }
    }

    @Test
    void theRouteGoesOnOnAWorkerThatCamelManages() {
        assertThat((String) call("direct:thread", "Halo").getProperty("thread")).startsWith("Camel (");
    }

    @Test
    void case29_valuesComeFromPlaceholdersRawValuesAndBeans() throws Exception {
        String raw = "a&b%+" + TestKeys.next();
        context.getPropertiesComponent().addOverrideProperty("nomor", "0812-1234-5678");
        context.getPropertiesComponent().addOverrideProperty("waktu", "5s");
        context.getRegistry().bind("kunci", raw);

        Exchange placeholders = call(
                "sendtalk:send?phone={{nomor}}&phoneRegion={{region:ID}}&requestTimeout={{waktu}}&messageType={{jenis:otp}}&apiKey=#bean:kunci",
                "1234");
        call(TO + "&apiKey=RAW(" + raw + ")", "Halo");
        call(TO + "&apiKey=#bean:kunci", "Halo");

        assertThat(placeholders.getException()).isNull();
        assertThat(requests()).hasSize(3);
        assertThat(sandbox.messages().get(0).phone()).isEqualTo(PHONE);
        assertThat(sandbox.messages().get(0).messageType()).isEqualTo("otp");
        assertThat(requests().subList(1, 3))
                .allSatisfy(r -> assertThat(r.getHeader("API-Key")).isEqualTo(raw));
    }

    @Test
    void case29_aKeyMayComeFromAVaultLikeSourceOrAPropertyOfTheApplication() throws Exception {
        String secret = TestKeys.next();
        CamelContext own = new DefaultCamelContext();
        try {
            own.getPropertiesComponent().addPropertiesSource(new PropertiesSource() {
                @Override
                public String getName() {
                    return "vault";
                }

                @Override
                public String getProperty(String name) {
                    return name.equals("sendtalk-key") ? secret : null;
                }
            });
            own.start();

            component(own).setBaseUrl(sandbox.baseUrl());
            own.createProducerTemplate().requestBody(TO + "&apiKey={{sendtalk-key}}", "Halo");
        } finally {
            own.stop();
        }

        assertThat(requests().get(0).getHeader("API-Key")).isEqualTo(secret);
    }

    @ParameterizedTest(name = "a + in the option phone stays one: {0}")
    @ValueSource(strings = {"+819012345678", "+81 90 1234 5678", "RAW(+81 90-1234-5678)", "%2B819012345678"})
    void aPlusInAUriStaysAPlus(String phone) {
        call("sendtalk:send?phoneRegion=ID&phone=" + phone, "Halo");
        Exchange dynamic = call("direct:dynamic", "Halo", Map.of("to", phone.replaceAll("RAW\\(|\\)", "")));

        assertThat(dynamic.getException()).isNull();
        assertThat(requests()).hasSize(2);
        assertThat(sandbox.messagesTo("819012345678")).hasSize(2);
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:thread")
                        .to(TO)
                        .process(e ->
                                e.setProperty("thread", Thread.currentThread().getName()));
                from("direct:dynamic").toD("sendtalk:send?phoneRegion=ID&phone=${header.to}");
            }
        };
    }
}
