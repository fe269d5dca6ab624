package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.camelsendtalk.support.Promtool;
import io.github.camelsendtalk.support.Query;
import io.github.camelsendtalk.support.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;

/** The alert rules, held against what a running instance shows. */
class AlertsTest {

    private static final Path ALERTS = Path.of("src/main/deploy/alerts.yaml");

    private static List<Series> shown;

    /** Whatever is shown at times only is to be seen. */
    @BeforeAll
    static void scrape() {
        try (RunningService service = RunningService.start("figures.delay=200")) {
            service.age(service.ask("0812-3400-0101").id(), "6 min");
            service.jdbc().execute("""
                    INSERT INTO gate (account, lane, until, exception, reason)
                    VALUES ('sandbox', '*', now() + interval '1 h', 'SendTalkInsufficientBalanceException', '')""");
            String scraped = await().atMost(Duration.ofSeconds(20))
                    .until(
                            service::scrape,
                            text -> text.contains("SendTalkInsufficientBalanceException")
                                    && text.contains("otp_conversion_ratio"));
            shown = Series.parse(scraped);
        }
    }

    @TestFactory
    Stream<DynamicTest> eachMetricIsShownByARunningInstanceAndEachSelectorFindsSomething() {
        return Query.ofAlerts(ALERTS).map(query -> dynamicTest(query.where(), () -> query.findsAllIn(shown)));
    }

    @Test
    void eachSaysWhatItMeansAndWhatToDo() {
        assertThat(Query.rules(ALERTS)).hasSize(8).allSatisfy(rule -> {
            assertThat(rule.at("/labels/severity").asText()).isEqualTo("page");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).isNotBlank();
        });
    }

    @Test
    @EnabledIf(value = "io.github.camelsendtalk.support.Promtool#isThere", disabledReason = Promtool.MISSING)
    void theRulesWakeSomebodyWhenTheyShouldAndOnlyThen() throws IOException, InterruptedException {
        Promtool.succeeds("check", "rules", "--lint-fatal", ALERTS.toString());
        Promtool.succeeds("test", "rules", "src/test/resources/alerts-test.yaml");
    }
}
