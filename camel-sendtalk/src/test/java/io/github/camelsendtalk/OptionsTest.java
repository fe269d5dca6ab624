package io.github.camelsendtalk;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.SendTalkTimeoutException;
import io.github.camelsendtalk.client.SendTalkTransportException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
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
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each option does what it says, wherever it is set; hard cases 25, 29 and 32. The message's options are in RankTest. */
class OptionsTest extends SendTalkTestSupport {

    private static final String SEND_TO_ONE = "send?phone=" + PHONE;
    private static final String TO = "sendtalk:" + SEND_TO_ONE;

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
        stub(post("/gateway" + SEND).willReturn(json(accepted())));

        assertThat(call(at(sandbox.baseUrl() + "/gateway/") + SEND_TO_ONE, "Halo")
                        .getMessage()
                        .getBody())
                .isEqualTo(ID);
    }

    @Test
    void requestTimeoutEndsACall() {
        stub(onSend(json(accepted()).withFixedDelay(3_000)));
        long begin = System.nanoTime();

        failure(call(TO + "&requestTimeout=300ms", "Halo"), SendTalkTimeoutException.class);

        assertThat((System.nanoTime() - begin) / 1_000_000).isBetween(300L, 1_300L);
    }

    @Test
    void connectTimeoutEndsAnAttemptToConnect() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1)) {
            restart(component -> {
                component.setConnectTimeout(200);
                component.setBaseUrl("http://localhost:" + full.getLocalPort());
            });
            List<Socket> fillers = fill(full);
            long begin = System.nanoTime();

            Exchange exchange = call(TO + "&requestTimeout=20s", "Halo");

            SendTalkTransportException failure = failure(exchange, SendTalkTransportException.class);
            assertThat(failure).isNotInstanceOf(SendTalkTimeoutException.class);
            assertThat(failure.isRetryable()).isTrue();
            assertThat((System.nanoTime() - begin) / 1_000_000).isBetween(200L, 10_000L);
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }

    /** Takes all places in a listener's backlog, so that the next connection gets no answer. */
    private static List<Socket> fill(ServerSocket listener) throws IOException {
        List<Socket> fillers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress("localhost", listener.getLocalPort()));
            fillers.add(channel.socket());
        }
        return fillers;
    }

    @Test
    void maxConnectionsBoundsTheCallsOnTheWire() throws Exception {
        restart(component -> component.setMaxConnections(2));
        stub(onSend(json(accepted()).withFixedDelay(300)));
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
        try (ConnectionCounter server = new ConnectionCounter()) {
            component(context).setBaseUrl(server.url());
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
        try (TlsServer server = TlsServer.start()) {
            component(context).setBaseUrl(server.url());
            SendTalkTransportException untrusted = failure(call(TO, "Halo"), SendTalkTransportException.class);
            assertThat(untrusted.isOutcomeUnknown())
                    .as("case 16: TLS comes before any byte")
                    .isFalse();

            restart(component -> component.setSslContextParameters(trusting(server)));
            assertThat(call(TO, "Halo").getMessage().getBody()).isEqualTo(ID);
        }
    }

    @Test
    void useGlobalSslContextParametersTakesTheContextsTls() throws Exception {
        try (TlsServer server = TlsServer.start()) {
            component(context).setBaseUrl(server.url());
            context.setSSLContextParameters(trusting(server));
            failure(call(TO, "Halo"), SendTalkTransportException.class);

            restart(component -> component.setUseGlobalSslContextParameters(true));
            assertThat(call(TO, "Halo").getMessage().getBody()).isEqualTo(ID);
        }
    }

    private static SSLContextParameters trusting(TlsServer server) {
        KeyStoreParameters keyStore = new KeyStoreParameters();
        keyStore.setKeyStore(server.trustStore());
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
        if (place.equals("global options")) {
            context.getGlobalOptions().put("http.proxyHost", "127.0.0.1");
            context.getGlobalOptions()
                    .put("http.proxyPort", String.valueOf(sandbox.wireMock().port()));
        } else {
            HttpComponent http = context.getComponent(place, HttpComponent.class);
            http.setProxyHost("127.0.0.1");
            http.setProxyPort(sandbox.wireMock().port());
        }
        wasAccepted(call(at("http://sendtalk.invalid") + SEND_TO_ONE, "Halo"));
    }

    @Test
    void theContextsTlsForHttpIsNotTaken() throws Exception {
        try (TlsServer server = TlsServer.start()) {
            context.getComponent("https", HttpComponent.class).setSslContextParameters(trusting(server));
            restart(component -> component.setBaseUrl(server.url()));

            failure(call(TO, "Halo"), SendTalkTransportException.class);
        }
    }

    @Test
    void case32_httpClientOfTheUserIsUsedAndNotClosed() throws Exception {
        try (CloseableHttpAsyncClient own = HttpAsyncClients.createDefault()) {
            own.start();
            restart(component -> component.setHttpClient(own));
            answersInOrder(SendTalkTestSupport::onSend, aResponse().withStatus(503));

            assertThat(call(TO, "Halo").getException()).isNotNull();
            assertThat(requests()).as("its retries are off for our request").hasSize(1);
            wasAccepted(call(TO, "Halo"));

            context.stop();
            assertThat(own.getStatus()).isEqualTo(IOReactorStatus.ACTIVE);
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
        assertThat((String) call("direct:thread", "Halo").getProperty("thread")).contains("SendTalkWorker");
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

    @Test
    void aBlankInFrontOfADynamicNumberIsNoPlus() {
        call("direct:dynamic", "Halo", Map.of("to", " 81212345678"));

        assertThat(message().phone()).isEqualTo("6281212345678");
    }

    private void restart(Consumer<SendTalkComponent> change) {
        SendTalkComponent component = component(context);
        component.stop();
        change.accept(component);
        component.start();
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
