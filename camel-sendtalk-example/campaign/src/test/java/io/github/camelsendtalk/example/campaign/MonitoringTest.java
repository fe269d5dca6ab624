package io.github.camelsendtalk.example.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import io.github.camelsendtalk.support.Promtool;
import io.github.camelsendtalk.support.Query;
import io.github.camelsendtalk.support.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final Path ALERTS = DEPLOY.resolve("alerts.yaml");

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

    private static Stream<Query> queries() {
        return Stream.concat(queriesOfDashboard(), Query.ofAlerts(ALERTS));
    }

    private static Stream<Query> queriesOfDashboard() {
        return elements(dashboard().at("/panels"))
                .flatMap(panel -> elements(panel.get("targets"))
                        .map(target -> new Query(
                                "panel " + panel.get("title").asText(),
                                target.get("expr").asText())));
    }

    @TestFactory
    Stream<DynamicTest> eachMetricIsShownByARunningProcessAndEachSelectorFindsSomething() {
        return queries().map(query -> dynamicTest(query.where(), () -> query.findsAllIn(shown)));
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
        assertThat(Query.rules(ALERTS))
                .allSatisfy(rule ->
                        assertThat(page).contains("`" + rule.get("alert").asText() + "`"));
    }

    @Test
    void thereAreFiveThingsToWakeSomebodyForAndEachSaysWhatToDo() {
        assertThat(Query.rules(ALERTS)).hasSize(5).allSatisfy(rule -> {
            assertThat(rule.at("/labels/severity").asText()).isEqualTo("page");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).isNotBlank();
        });
    }

    @Test
    void allPanelsAskTheSourceThatIsChosenAndHaveAPlaceOfTheirOwn() {
        JsonNode dashboard = dashboard();
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
    @EnabledIf(value = "io.github.camelsendtalk.support.Promtool#isThere", disabledReason = Promtool.MISSING)
    void prometheusTakesAllExpressions(@TempDir Path folder) throws IOException, InterruptedException {
        Path rules = folder.resolve("dashboard.yaml");
        List<Map<String, String>> records = queriesOfDashboard()
                .map(query -> query.expression().replace("$__rate_interval", "1m"))
                .map(expression -> Map.of("record", "of_the_dashboard", "expr", expression))
                .distinct()
                .toList();
        new YAMLMapper()
                .writeValue(rules.toFile(), Map.of("groups", List.of(Map.of("name", "dashboard", "rules", records))));

        Promtool.succeeds("check", "rules", "--lint=none", rules.toString());
        Promtool.succeeds("check", "rules", "--lint-fatal", ALERTS.toString());
    }

    @Test
    @EnabledIf(value = "io.github.camelsendtalk.support.Promtool#isThere", disabledReason = Promtool.MISSING)
    void theRulesWakeSomebodyWhenTheyShouldAndOnlyThen() throws IOException, InterruptedException {
        Promtool.succeeds("test", "rules", "src/test/resources/alerts-test.yaml");
    }

    private static JsonNode dashboard() {
        try {
            return new ObjectMapper().readTree(DEPLOY.resolve("dashboard.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
