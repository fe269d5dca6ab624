package io.github.camelsendtalk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                "phone",
                "messageType",
                "filename",
                "caption",
                "phoneRegion",
                "plainHeaders",
                "connectionRequestTimeout",
                "requestTimeout",
                "awaitTimeout",
                "pollInterval");
        List<String> componentOnly = List.of(
                "baseUrl",
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
                .contains("operation")
                .doesNotContainAnyElementsOf(componentOnly);
        assertThat(names(model.getComponentOptions())).containsAll(shared).containsAll(componentOnly);
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

        assertThat(defaultOf("baseUrl")).isEqualTo(new SendTalkComponent().getBaseUrl());
        assertThat(defaultOf("messageType")).isEqualTo("text");
        assertThat(defaultOf("plainHeaders")).isEqualTo(String.valueOf(configuration.isPlainHeaders()));
        assertThat(defaultOf("requestTimeout")).isEqualTo(String.valueOf(configuration.getRequestTimeout()));
        assertThat(defaultOf("connectionRequestTimeout"))
                .isEqualTo(String.valueOf(configuration.getConnectionRequestTimeout()));
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
    void designersFindTheOptionsInGroups() {
        assertThat(model.getEndpointOptions())
                .extracting(BaseOptionModel::getGroup)
                .containsOnly("producer", "producer (advanced)", "advanced", "security");
        assertThat(model.getComponentOptions())
                .extracting(BaseOptionModel::getGroup)
                .containsOnly("producer", "advanced", "health", "proxy", "security");
        assertThat(names(model.getEndpointOptions().stream()
                        .filter(BaseOptionModel::isImportant)
                        .toList()))
                .containsExactlyInAnyOrder("apiKey", "phone", "phoneRegion", "messageType");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sendtalk:send",
                "sendtalk:send?phone=6281212345678&messageType=otp",
                "sendtalk:send?apiKey={{env:SENDTALK_API_KEY}}&requestTimeout=10s&plainHeaders=false",
                "sendtalk:status?awaitTimeout=2m&pollInterval=500"
            })
    void toolsTakeAGoodUri(String uri) {
        assertThat(catalog().validateEndpointProperties(uri).isSuccess()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sendtalk:sent                            | operation      | Invalid enum value: sent. Possible values: [send, status, check]
            sendtalk:send?messageType=sms            | messageType    | Invalid enum value: sms. Possible values: [otp, text, image]
            sendtalk:send?telephone=1                | telephone      | Unknown option
            sendtalk:send?plainHeaders=no            | plainHeaders   | Invalid boolean value: no
            """)
    void toolsNameWhatIsWrongWithABadUri(String uri, String option, String fault) {
        EndpointValidationResult result = catalog().validateEndpointProperties(uri);

        assertThat(result.isSuccess()).isFalse();
        assertThat(result.summaryErrorMessage(false)).contains(option).contains(fault);
    }

    @Test
    void toolsFindTheComponentInTheJar() throws Exception {
        Properties properties = new Properties();
        properties.load(
                CatalogTest.class.getResourceAsStream("/META-INF/services/org/apache/camel/component.properties"));

        assertThat(properties)
                .containsEntry("components", model.getScheme())
                .containsEntry("groupId", model.getGroupId())
                .containsEntry("artifactId", model.getArtifactId())
                .containsEntry("version", model.getVersion());
    }

    @Test
    void toolsNameADurationThatIsNone() {
        assertThat(catalog()
                        .validateEndpointProperties("sendtalk:send?requestTimeout=soon")
                        .getInvalidDuration())
                .containsEntry("requestTimeout", "soon");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            camel.component.sendtalk.api-key=any         | true
            camel.component.sendtalk.max-connections=5   | true
            camel.component.sendtalk.maxConnections=many | false
            camel.component.sendtalk.apikeys=any         | false
            """)
    void toolsCheckSettings(String line, boolean good) {
        assertThat(catalog().validateConfigurationProperty(line).isSuccess()).isEqualTo(good);
    }

    @Test
    void designersWriteAUriFromItsParts() throws Exception {
        assertThat(catalog().asEndpointUri("sendtalk", Map.of("operation", "send", "messageType", "otp"), false))
                .isEqualTo("sendtalk:send?messageType=otp");
    }

    private static CamelCatalog catalog() {
        CamelCatalog catalog = new DefaultCamelCatalog();
        catalog.addComponent("sendtalk", SendTalkComponent.class.getName(), json);
        return catalog;
    }

    private static List<String> names(List<? extends BaseOptionModel> options) {
        return options.stream().map(BaseOptionModel::getName).toList();
    }
}
