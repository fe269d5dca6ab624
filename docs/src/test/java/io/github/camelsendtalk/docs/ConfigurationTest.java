package io.github.camelsendtalk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.docs.examples.ShopPools;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.main.Main;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The properties that the documents show are read by Camel Main, and mean what the documents say. */
class ConfigurationTest {

    private static SendTalkSandbox sandbox;

    @BeforeAll
    static void startSandbox() {
        sandbox = SendTalkSandbox.start();
    }

    @AfterAll
    static void stopSandbox() {
        sandbox.close();
    }

    @Test
    void theKeyComesFromTheEnvironment() throws Exception {
        Main main = start("application");
        try {
            assertThat(component(main).getConfiguration().getApiKey()).isEqualTo(System.getenv("SENDTALK_API_KEY"));
            assertThat(component(main).getConfiguration().getPhoneRegion()).isEqualTo("ID");
            assertThat(send(main).getException()).isNull();
        } finally {
            main.stop();
        }
    }

    @Test
    void theCampaignsBeansAreMade() throws Exception {
        Main main = start("application", "campaign");
        try {
            assertThat(main.lookup("begunRows", FileIdempotentRepository.class).getFileStore())
                    .hasToString("data/begun-rows.txt");
            assertThat(main.lookup("stopped", AtomicBoolean.class)).isFalse();
        } finally {
            main.stop();
        }
    }

    @Test
    void theHealthCheckAsksTheApi() throws Exception {
        Main main = start("application", "health");
        try {
            Collection<HealthCheck.Result> results = HealthCheckHelper.invokeReadiness(main.getCamelContext(), "full");

            assertThat(results)
                    .filteredOn(result -> result.getCheck().getId().startsWith("producer:sendtalk"))
                    .extracting(HealthCheck.Result::getState)
                    .containsExactly(HealthCheck.State.UP);
        } finally {
            main.stop();
        }
    }

    @Test
    void tlsSettingsOfTheContextAreUsed(@TempDir Path folder) throws Exception {
        Path trustStore = trustStore(folder);
        Main main = new Main();
        main.addOverrideProperty("camel.ssl.trustStore", "file:" + trustStore);
        start(main, "application", "tls");
        try {
            assertThat(component(main).isUseGlobalSslContextParameters()).isTrue();
            assertThat(main.getCamelContext()
                            .getSSLContextParameters()
                            .getTrustManagers()
                            .getKeyStore()
                            .getResource())
                    .endsWith("trust.p12");
        } finally {
            main.stop();
        }
    }

    @Test
    void theProxyIsSet() throws Exception {
        Main main = start("application", "proxy");
        try {
            SendTalkComponent component = component(main);
            assertThat(component.getProxyHost()).isEqualTo("proxy.example.com");
            assertThat(component.getProxyPort()).isEqualTo(3128);
            assertThat(component.getProxyUsername()).isEqualTo("shop");
            assertThat(component.getProxyPassword()).isEqualTo(System.getenv("PROXY_PASSWORD"));
        } finally {
            main.stop();
        }
    }

    @Test
    void poolsOfTheUsersAreUsedAndLeftOpen() throws Exception {
        Main main = new Main();
        main.configure().addConfiguration(new ShopPools());
        start(main, "application", "pools");
        CloseableHttpAsyncClient client = main.lookup("shopHttpClient", CloseableHttpAsyncClient.class);
        ExecutorService workers = main.lookup("shopWorkers", ExecutorService.class);
        try {
            assertThat(component(main).getHttpClient()).isSameAs(client);
            assertThat(component(main).getWorkerPool()).isSameAs(workers);
            assertThat(send(main).getException()).isNull();
        } finally {
            main.stop();
        }
        assertThat(workers.isShutdown()).isFalse();
        assertThat(client.getStatus().name()).isEqualTo("ACTIVE");
        client.close(CloseMode.IMMEDIATE);
        workers.shutdown();
    }

    @Test
    void aSecondAccountIsAnotherComponent() throws Exception {
        Main main = new Main();
        main.addOverrideProperty("camel.component.marketing.base-url", sandbox.baseUrl());
        start(main, "application", "two-accounts");
        try {
            SendTalkComponent marketing = main.getCamelContext().getComponent("marketing", SendTalkComponent.class);
            Exchange exchange = main.getCamelTemplate()
                    .request(
                            "marketing:send?phone=0812-1234-5678",
                            e -> e.getMessage().setBody("Hi"));

            assertThat(exchange.getException()).isNull();
            assertThat(marketing.getConfiguration().getApiKey()).isEqualTo(System.getenv("MARKETING_API_KEY"));
            assertThat(component(main).getConfiguration().getApiKey()).isEqualTo(System.getenv("SENDTALK_API_KEY"));
        } finally {
            main.stop();
        }
    }

    private static Main start(String... properties) throws Exception {
        return start(new Main(), properties);
    }

    /** Starts Camel Main with property files that the documents show, on the sandbox. */
    private static Main start(Main main, String... properties) throws Exception {
        main.setPropertyPlaceholderLocations(
                "classpath:examples/" + String.join(".properties,classpath:examples/", properties) + ".properties");
        main.addInitialProperty("camel.component.sendtalk.baseUrl", sandbox.baseUrl());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to("sendtalk:send");
            }
        });
        main.start();
        return main;
    }

    private static SendTalkComponent component(Main main) {
        return main.getCamelContext().getComponent("sendtalk", SendTalkComponent.class);
    }

    private static Exchange send(Main main) throws Exception {
        return main.getCamelTemplate().request("direct:start", exchange -> {
            exchange.getMessage().setBody("Hi");
            exchange.getMessage().setHeader("phone", "0812-1234-5678");
        });
    }

    /** A trust store with one of the JVM's own authorities. */
    private static Path trustStore(Path folder) throws Exception {
        TrustManagerFactory authorities = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        authorities.init((KeyStore) null);
        X509TrustManager trusted = (X509TrustManager) authorities.getTrustManagers()[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", trusted.getAcceptedIssuers()[0]);
        Path file = folder.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, System.getenv("TRUST_STORE_PASSWORD").toCharArray());
        }
        return file;
    }
}
