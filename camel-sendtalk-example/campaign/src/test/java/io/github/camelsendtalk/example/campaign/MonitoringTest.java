package io.github.camelsendtalk.example.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and the alert rules, held against what a running process shows. */
class MonitoringTest {

    private static final Path DEPLOY = Path.of("src/main/deploy");
    private static final Path PROMTOOL = Path.of(System.getProperty("promtool", "/usr/bin/promtool"));
    private static final Set<String> WORDS_OF_PROMQL =
            Set.of("max", "sum", "rate", "increase", "absent", "by", "and", "or");

    /** {@code name{label="value",label=~"one|another"}} */
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_]\\w*)\\{([^}]*)}");

    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|=)\"([^\"]*)\"");

    @RegisterExtension
    static SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    private static List<Series> shown;

    /** Whatever is shown at times only is to be seen. */
    @BeforeAll
    static void scrape() {
        try (OperatedCampaign campaign = new OperatedCampaign(sandbox)) {
            campaign.insert(Map.of());
            campaign.closeGate("*", "SendTalkInsufficientBalanceException", "1 h");
            campaign.awaitFigure(
                    "campaign_gate_closed",
                    Map.of("exception", "SendTalkInsufficientBalanceException"),
                    value -> value.isEqualTo(1));
            shown = Series.parse(campaign.scrape());
        }
    }

    /** An expression of PromQL, and where it stands. */
    private record Query(String where, String expression) {

        static Stream<Query> all() {
            return Stream.concat(ofDashboard(), ofAlerts());
        }

        static Stream<Query> ofDashboard() {
            return elements(read("dashboard.json").at("/panels"))
                    .flatMap(panel -> elements(panel.get("targets"))
                            .map(target -> new Query(
                                    "panel " + panel.get("title").asText(),
                                    target.get("expr").asText())));
        }

        static Stream<Query> ofAlerts() {
            return rules().map(rule -> new Query(
                    "alert " + rule.get("alert").asText(), rule.get("expr").asText()));
        }

        /** What is neither a string, a label, a duration, nor a word of the language, is the name of a metric. */
        Set<String> metrics() {
            String names = expression
                    .replaceAll("\"[^\"]*\"", "")
                    .replaceAll("\\{[^}]*}", "")
                    .replaceAll("\\[[^]]*]", "")
                    .replaceAll("by \\([^)]*\\)", "");
            Set<String> metrics = Pattern.compile("[a-zA-Z_]\\w*")
                    .matcher(names)
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.toCollection(HashSet::new));
            metrics.removeAll(WORDS_OF_PROMQL);
            return metrics;
        }

        List<MatchResult> selectors() {
            return SELECTOR.matcher(expression).results().toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> eachMetricIsShownByARunningProcess() {
        Set<String> names = shown.stream().map(Series::name).collect(Collectors.toSet());
        return Query.all()
                .map(query -> dynamicTest(
                        query.where(),
                        () -> assertThat(query.metrics()).isNotEmpty().isSubsetOf(names)));
    }

    @TestFactory
    Stream<DynamicTest> eachSelectorFindsSomething() {
        return Query.all()
                .map(query -> dynamicTest(
                        query.where(),
                        () -> assertThat(query.selectors())
                                .allMatch(
                                        selector -> shown.stream().anyMatch(series -> isSelected(series, selector)))));
    }

    private static boolean isSelected(Series series, MatchResult selector) {
        return series.name().equals(selector.group(1))
                && MATCHER.matcher(selector.group(2)).results().allMatch(matcher -> isMatched(series, matcher));
    }

    private static boolean isMatched(Series series, MatchResult matcher) {
        String value = series.labels().get(matcher.group(1));
        String wanted = matcher.group(3);
        return value != null
                && (wanted.startsWith("$")
                        || (matcher.group(2).equals("=") ? value.equals(wanted) : value.matches(wanted)));
    }

    @Test
    void thePageNamesWhatIsShown() throws IOException {
        Set<String> names = shown.stream().map(Series::name).collect(Collectors.toSet());
        String page = Files.readString(Path.of("../../docs/scaling.adoc"));

        assertThat(Pattern.compile("`((?:campaign|sendtalk)_\\w+)`")
                        .matcher(page)
                        .results())
                .extracting(name -> name.group(1))
                .isNotEmpty()
                .isSubsetOf(names);
        assertThat(rules())
                .allSatisfy(rule ->
                        assertThat(page).contains("`" + rule.get("alert").asText() + "`"));
    }

    @Test
    void thereAreFiveThingsToWakeSomebodyForAndEachSaysWhatToDo() {
        assertThat(rules()).hasSize(5).allSatisfy(rule -> {
            assertThat(rule.at("/labels/severity").asText()).isEqualTo("page");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).isNotBlank();
        });
    }

    @Test
    void allPanelsAskTheSourceThatIsChosenAndHaveAPlaceOfTheirOwn() {
        JsonNode dashboard = read("dashboard.json");
        List<JsonNode> panels = elements(dashboard.get("panels")).toList();
        Set<String> cells = new HashSet<>();

        assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
        assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels).allSatisfy(panel -> {
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            assertThat(cells(panel.get("gridPos"))).allMatch(cells::add);
        });
    }

    private static List<String> cells(JsonNode place) {
        List<String> cells = new ArrayList<>();
        for (int x = 0; x < place.get("w").asInt(); x++) {
            for (int y = 0; y < place.get("h").asInt(); y++) {
                cells.add((place.get("x").asInt() + x) + "," + (place.get("y").asInt() + y));
            }
        }
        return cells;
    }

    @Test
    @EnabledIf(value = "hasPromtool", disabledReason = "promtool is not there: apt-get install prometheus")
    void prometheusTakesAllExpressions(@TempDir Path folder) throws IOException, InterruptedException {
        Path rules = folder.resolve("dashboard.yaml");
        List<Map<String, String>> records = Query.ofDashboard()
                .map(query -> query.expression().replace("$__rate_interval", "1m"))
                .map(expression -> Map.of("record", "of_the_dashboard", "expr", expression))
                .distinct()
                .toList();
        new YAMLMapper()
                .writeValue(rules.toFile(), Map.of("groups", List.of(Map.of("name", "dashboard", "rules", records))));

        assertThat(promtool("check", "rules", "--lint=none", rules.toString())).contains("SUCCESS");
        assertThat(promtool(
                        "check",
                        "rules",
                        "--lint-fatal",
                        DEPLOY.resolve("alerts.yaml").toString()))
                .contains("SUCCESS");
    }

    @Test
    @EnabledIf(value = "hasPromtool", disabledReason = "promtool is not there: apt-get install prometheus")
    void theRulesWakeSomebodyWhenTheyShouldAndOnlyThen() throws IOException, InterruptedException {
        assertThat(promtool("test", "rules", "src/test/resources/alerts-test.yaml"))
                .contains("SUCCESS");
    }

    static boolean hasPromtool() {
        return Files.isExecutable(PROMTOOL);
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROMTOOL.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static Stream<JsonNode> rules() {
        return elements(read("alerts.yaml").at("/groups/0/rules"));
    }

    private static JsonNode read(String file) {
        try {
            ObjectMapper mapper = file.endsWith(".json") ? new ObjectMapper() : new YAMLMapper();
            return mapper.readTree(DEPLOY.resolve(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
