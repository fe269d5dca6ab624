package io.github.camelsendtalk.docs;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.support.DefaultContextReloadStrategy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a key that is changed in a vault, when Camel reloads its context. */
class VaultTest {

    @RegisterExtension
    static SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    private final Main main = new Main();
    private volatile String key = "the-old-key";

    /** Reads the key as Camel's functions for vaults do. */
    private final class Vault implements PropertiesFunction {

        @Override
        public String getName() {
            return "vault";
        }

        @Override
        public @Nullable String apply(String name) {
            return name.equals("sendtalk") ? key : null;
        }
    }

    @BeforeEach
    void start() throws Exception {
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addOverrideProperty("camel.component.sendtalk.base-url", sandbox.baseUrl());
        main.addOverrideProperty("camel.component.sendtalk.phone", "6281212345678");
        main.addOverrideProperty("camel.component.sendtalk.api-key", "{{vault:sendtalk}}");
        main.addMainListener(new org.apache.camel.main.MainListenerSupport() {
            @Override
            public void beforeInitialize(org.apache.camel.main.BaseMainSupport support) {
                support.getCamelContext().getPropertiesComponent().addPropertiesFunction(new Vault());
            }
        });
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:of-the-component").to("sendtalk:send");
                from("direct:of-the-endpoint").to("sendtalk:send?apiKey=RAW({{vault:sendtalk}})");
            }
        });
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    @DisplayName("R31: a key that stands on an endpoint is new after a reload, one that stands on the component is not")
    void anEndpointGetsTheNewKeyAndTheComponentKeepsTheOld() throws Exception {
        key = "the-new-key";
        DefaultContextReloadStrategy reload = new DefaultContextReloadStrategy();
        main.getCamelContext().addService(reload);

        reload.onReload("test");

        assertThat(reload.getLastError()).isNull();
        assertThat(keyThatIsSentBy("direct:of-the-endpoint")).isEqualTo("the-new-key");
        assertThat(keyThatIsSentBy("direct:of-the-component")).isEqualTo("the-old-key");
    }

    @Test
    @DisplayName("R31: before a reload both keep the old key")
    void nothingChangesWithoutAReload() throws Exception {
        key = "the-new-key";

        assertThat(List.of(keyThatIsSentBy("direct:of-the-endpoint"), keyThatIsSentBy("direct:of-the-component")))
                .containsOnly("the-old-key");
    }

    private String keyThatIsSentBy(String route) throws Exception {
        sandbox.clear();
        main.getCamelTemplate().requestBody(route, "Halo");
        return sandbox.wireMock().findAll(anyRequestedFor(anyUrl())).get(0).getHeader("API-Key");
    }
}
