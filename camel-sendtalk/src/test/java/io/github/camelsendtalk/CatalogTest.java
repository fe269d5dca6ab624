package io.github.camelsendtalk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The generated catalog is complete. */
class CatalogTest {

    private static ComponentModel model;
    private static String json;

    @BeforeAll
    static void read() throws Exception {
        try (InputStream in =
                CatalogTest.class.getResourceAsStream("/META-INF/io/github/camelsendtalk/sendtalk.json")) {
            json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        model = JsonMapper.generateComponentModel(json);
    }

    @Test
    void eachOptionOfTheDesignIsThereWithDescriptionAndGroup() {
        List<String> shared = List.of(
                "apiKey",
                "baseUrl",
                "phone",
                "messageType",
                "phoneRegion",
                "plainHeaders",
                "requestTimeout",
                "awaitTimeout",
                "pollInterval");
        List<String> componentOnly = List.of(
                "connectTimeout",
                "maxConnections",
                "connectionTimeToLive",
                "userAgent",
                "sslContextParameters",
                "useGlobalSslContextParameters",
                "proxyHost",
                "proxyPort",
                "proxyUsername",
                "proxyPassword",
                "httpClient",
                "workerPool");

        assertThat(names(model.getEndpointOptions()))
                .containsAll(shared)
                .contains("operation", "filename", "caption")
                .doesNotContainAnyElementsOf(componentOnly);
        assertThat(names(model.getComponentOptions()))
                .containsAll(shared)
                .containsAll(componentOnly)
                .doesNotContain("filename", "caption");
        assertThat(model.getEndpointOptions()).allSatisfy(CatalogTest::isDescribed);
        assertThat(model.getComponentOptions()).allSatisfy(CatalogTest::isDescribed);
    }

    private static void isDescribed(BaseOptionModel option) {
        assertThat(option.getDescription()).as(option.getName()).isNotBlank();
        assertThat(option.getGroup()).as(option.getName()).isNotBlank();
    }

    @Test
    void secretsAreMarked() {
        Set<String> secret = model.getComponentOptions().stream()
                .filter(BaseOptionModel::isSecret)
                .map(BaseOptionModel::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(secret).containsExactly("apiKey", "proxyPassword", "proxyUsername");
        assertThat(model.getEndpointOptions().stream().filter(BaseOptionModel::isSecret))
                .extracting(BaseOptionModel::getName)
                .containsExactly("apiKey");
    }

    @Test
    void defaultsAreThoseOfTheCode() {
        SendTalkConfiguration configuration = new SendTalkConfiguration();
        SendTalkComponent component = new SendTalkComponent();

        assertThat(defaultOf("baseUrl")).isEqualTo(configuration.getBaseUrl());
        assertThat(defaultOf("messageType")).isEqualTo("text");
        assertThat(defaultOf("plainHeaders")).isEqualTo(String.valueOf(configuration.isPlainHeaders()));
        assertThat(defaultOf("requestTimeout")).isEqualTo(String.valueOf(configuration.getRequestTimeout()));
        assertThat(defaultOf("awaitTimeout")).isEqualTo(String.valueOf(configuration.getAwaitTimeout()));
        assertThat(defaultOf("pollInterval")).isEqualTo(String.valueOf(configuration.getPollInterval()));
        assertThat(defaultOf("connectTimeout")).isEqualTo(String.valueOf(component.getConnectTimeout()));
        assertThat(defaultOf("maxConnections")).isEqualTo(String.valueOf(component.getMaxConnections()));
        assertThat(defaultOf("connectionTimeToLive")).isEqualTo(String.valueOf(component.getConnectionTimeToLive()));
    }

    private static String defaultOf(String option) {
        return model.getComponentOptions().stream()
                .filter(o -> o.getName().equals(option))
                .map(o -> String.valueOf(o.getDefaultValue()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachConstantIsAHeaderWithADescription() throws Exception {
        Set<String> constants = new TreeSet<>();
        for (var field : SendTalkConstants.class.getFields()) {
            constants.add((String) field.get(null));
        }

        assertThat(names(model.getEndpointHeaders())).containsExactlyInAnyOrderElementsOf(constants);
        assertThat(model.getEndpointHeaders())
                .allSatisfy(header -> assertThat(header.getDescription()).endsWith("."));
    }

    @Test
    void theComponentIsAnAsynchronousProducer() {
        assertThat(model.isAsync()).isTrue();
        assertThat(model.isProducerOnly()).isTrue();
        assertThat(model.getTitle()).isEqualTo("SendTalk");
    }

    @Test
    void toolsReadGoodUrisAndNameWhatIsWrongWithBadOnes() {
        CamelCatalog catalog = new DefaultCamelCatalog();
        catalog.addComponent("sendtalk", SendTalkComponent.class.getName(), json);

        assertThat(catalog.validateEndpointProperties("sendtalk:send?phone=6281212345678&messageType=otp")
                        .isSuccess())
                .isTrue();
        assertThat(catalog.validateEndpointProperties("sendtalk:sent").getInvalidEnum())
                .containsKey("operation");
        assertThat(catalog.validateEndpointProperties("sendtalk:send?telephone=1")
                        .getUnknown())
                .containsExactly("telephone");
    }

    private static List<String> names(List<? extends BaseOptionModel> options) {
        return options.stream().map(BaseOptionModel::getName).toList();
    }
}
