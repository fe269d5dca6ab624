package io.github.camelsendtalk.example.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.util.TimeUtils;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Kubernetes manifests and the Dockerfile, held against Kubernetes' models, each other and the application. */
class DeploymentTest {

    private static final Path DEPLOY = Path.of("src/main/deploy");
    private static final ObjectMapper JACKSON = new ObjectMapper();

    private static final Map<String, Class<?>> KINDS = Map.of(
            "Deployment", V1Deployment.class,
            "Job", V1Job.class,
            "PersistentVolumeClaim", V1PersistentVolumeClaim.class,
            "PodDisruptionBudget", V1PodDisruptionBudget.class,
            "Secret", V1Secret.class);

    private static final Map<String, String> VERSIONS = Map.of(
            "Deployment", "apps/v1",
            "Job", "batch/v1",
            "PersistentVolumeClaim", "v1",
            "PodDisruptionBudget", "policy/v1",
            "Secret", "v1");

    private static final Properties APPLICATION = properties();

    static Stream<Named<JsonNode>> namedManifests() throws IOException {
        return manifests().map(manifest -> Named.of(name(manifest), manifest));
    }

    static Stream<Named<JsonNode>> namedPods() throws IOException {
        return manifests()
                .filter(DeploymentTest::hasPods)
                .map(manifest -> Named.of(name(manifest), manifest.at("/spec/template/spec")));
    }

    private static String name(JsonNode manifest) {
        return manifest.get("kind").asText() + " "
                + manifest.at("/metadata/name").asText();
    }

    private static boolean hasPods(JsonNode manifest) {
        return manifest.at("/spec").has("template");
    }

    /** All documents of all manifests. */
    private static Stream<JsonNode> manifests() throws IOException {
        try (Stream<Path> files = Files.list(DEPLOY.resolve("kubernetes"))) {
            return files.sorted().flatMap(DeploymentTest::documents).toList().stream();
        }
    }

    /** The templates of all pods. */
    private static Stream<JsonNode> pods() throws IOException {
        return manifests().filter(DeploymentTest::hasPods).map(manifest -> manifest.at("/spec/template/spec"));
    }

    private static Stream<JsonNode> documents(Path file) {
        try {
            return new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(file.toFile()).readAll().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties properties() {
        try (InputStream in = DeploymentTest.class.getResourceAsStream("/application.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The models refuse a field that Kubernetes doesn't know, and one that is missing; a value of another type changes on its way. */
    @ParameterizedTest
    @MethodSource("namedManifests")
    void kubernetesTakesIt(JsonNode manifest) throws Exception {
        String kind = manifest.get("kind").asText();
        JsonElement json = JsonParser.parseString(manifest.toString());

        assertThat(KINDS).containsKey(kind);
        assertThat(manifest.get("apiVersion").asText()).isEqualTo(VERSIONS.get(kind));
        KINDS.get(kind).getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
        JsonElement read = JSON.getGson().toJsonTree(JSON.getGson().fromJson(json, KINDS.get(kind)));
        assertThat(withoutEmpty(JACKSON.readTree(read.toString()))).isEqualTo(JACKSON.readTree(manifest.toString()));
    }

    /** Models fill up lists that were not there. */
    private static JsonNode withoutEmpty(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode kept = JACKSON.createObjectNode();
            object.properties().forEach(field -> {
                JsonNode value = withoutEmpty(field.getValue());
                if (!value.isContainerNode() || !value.isEmpty()) {
                    kept.set(field.getKey(), value);
                }
            });
            return kept;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode kept = JACKSON.createArrayNode();
            array.forEach(element -> kept.add(withoutEmpty(element)));
            return kept;
        }
        return node;
    }

    @ParameterizedTest
    @MethodSource("namedPods")
    void aPodHasTimeToEndWhatIsOnItsWay(JsonNode pod) {
        Duration grace =
                Duration.ofSeconds(pod.get("terminationGracePeriodSeconds").asLong());
        Duration shutdown = Duration.ofSeconds(Long.parseLong(property("camel.main.shutdown-timeout")));
        Duration call = time("camel.component.sendtalk.connection-request-timeout")
                .plus(time("camel.component.sendtalk.request-timeout"));

        assertThat(grace).isGreaterThan(shutdown);
        assertThat(shutdown).isGreaterThanOrEqualTo(call);
    }

    @Test
    void noWorkerSendsARowThatWasParked() {
        Duration sending = time("claim.validity")
                .plus(time("camel.component.sendtalk.connection-request-timeout"))
                .plus(time("camel.component.sendtalk.request-timeout"));

        assertThat(time("park.after")).isGreaterThan(sending);
    }

    private static Duration time(String property) {
        return TimeUtils.toDuration(property(property).replace(" ", ""));
    }

    private static String property(String name) {
        assertThat(APPLICATION).containsKey(name);
        return APPLICATION.getProperty(name);
    }

    @ParameterizedTest
    @MethodSource("namedPods")
    void aPodMayDoNoMoreThanItNeeds(JsonNode pod) {
        JsonNode container = pod.at("/containers/0");

        assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asText() + ":"
                        + pod.at("/securityContext/runAsGroup").asText())
                .isEqualTo(instruction("USER"));
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
        assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
    }

    /** Where it can write: the rest of its files is read-only. */
    @ParameterizedTest
    @MethodSource("namedPods")
    void aPodCanWriteWhereTheApplicationDoes(JsonNode pod) {
        List<String> mounted = elements(pod.at("/containers/0/volumeMounts"))
                .map(mount -> mount.get("mountPath").asText())
                .toList();

        assertThat(mounted).contains("/tmp", instruction("WORKDIR"));
        arguments(pod)
                .filter(argument -> argument.startsWith("-Dcampaign.target="))
                .forEach(argument -> assertThat(mounted).contains(argument.split("=", 2)[1]));
    }

    @ParameterizedTest
    @MethodSource("namedPods")
    void theApplicationTakesTheOptionsOfAPod(JsonNode pod) throws Exception {
        Map<String, String> options = arguments(pod)
                .filter(argument -> argument.startsWith("-D"))
                .map(argument -> argument.substring(2).split("=", 2))
                .collect(Collectors.toMap(option -> option[0], option -> option[1]));
        Settings settings = Settings.read(Map.of(Settings.KEY, "a key", Settings.PASSWORD, "a password"), options);

        assertThat(settings.isReal()).isTrue();
        assertThat(settings.text("db.url")).isNotNull();
        assertThat(settings.text("db.user")).isNotNull();
    }

    @Test
    void thePodsGetTheKeysThatTheApplicationReads() throws IOException {
        JsonNode secret = manifest("Secret");

        assertThat(secret.get("stringData").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(Settings.KEY, Settings.PASSWORD);
        assertThat(pods())
                .allSatisfy(pod -> assertThat(
                                pod.at("/containers/0/envFrom/0/secretRef/name").asText())
                        .isEqualTo(secret.at("/metadata/name").asText()));
    }

    @Test
    void probesAskWhereTheApplicationAnswers() throws IOException {
        JsonNode container = manifest("Deployment").at("/spec/template/spec/containers/0");
        String port = container.at("/ports/0/containerPort").asText();

        assertThat(arguments(manifest("Deployment").at("/spec/template/spec"))).contains("-Dmanagement.port=" + port);
        assertThat(instruction("EXPOSE")).isEqualTo(port);
        assertThat(manifest("Deployment")
                        .at("/spec/template/metadata/annotations")
                        .get("prometheus.io/port")
                        .asText())
                .isEqualTo(port);
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.at("/" + probe + "/httpGet/port").asText())
                    .as(probe)
                    .isEqualTo(container.at("/ports/0/name").asText());
        }
    }

    /** HealthTest has it that a gate, a stuck worker and an absent database are no reason to be not alive. */
    @Test
    void onlyAProcessThatIsDeadIsKilled() throws IOException {
        JsonNode container = manifest("Deployment").at("/spec/template/spec/containers/0");

        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/observe/health/live");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/observe/health/ready");
    }

    @Test
    void theBudgetIsForTheSenders() throws IOException {
        assertThat(manifest("PodDisruptionBudget").at("/spec/selector"))
                .isEqualTo(manifest("Deployment").at("/spec/selector"));
        assertThat(manifest("Deployment").at("/spec/template/metadata/labels"))
                .isEqualTo(manifest("Deployment").at("/spec/selector/matchLabels"));
    }

    @Test
    void aFeedThatWasRefusedOrStoppedIsNotRepeated() throws IOException {
        assertThat(manifest("Job").at("/spec/podFailurePolicy/rules/0/onExitCodes/values"))
                .extracting(JsonNode::asInt)
                .containsExactly(CampaignMain.REFUSED, CampaignMain.STOPPED);
    }

    /** The process itself gets the signal that ends it: there is no shell between. */
    @Test
    void theImageRunsJavaItself() throws IOException {
        assertThat(JACKSON.readTree(instruction("ENTRYPOINT"))).hasToString("[\"java\"]");
        assertThat(JACKSON.readTree(instruction("CMD")))
                .extracting(JsonNode::asText)
                .endsWith("-jar", "/app/campaign.jar");
        assertThat(pods()).allSatisfy(pod -> assertThat(arguments(pod)).endsWith("-jar", "/app/campaign.jar"));
    }

    private static JsonNode manifest(String kind) throws IOException {
        return manifests()
                .filter(manifest -> manifest.get("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> arguments(JsonNode pod) {
        return elements(pod.at("/containers/0/args")).map(JsonNode::asText);
    }

    /** What stands behind an instruction of the Dockerfile. */
    private static String instruction(String name) {
        try {
            return Pattern.compile("(?m)^" + name + " (.+)$")
                    .matcher(Files.readString(DEPLOY.resolve("Dockerfile")))
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
