package io.github.camelsendtalk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsendtalk.benchmark.Comparison.Entrant;
import io.github.camelsendtalk.benchmark.Contender.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark still works; what it measures here says nothing. */
@Timeout(300)
class ComparisonTest {

    private static final Setting OTHER = new Setting(3, 5);

    @TempDir
    private Path folder;

    @Test
    void eachContenderSendsAndIsMeasured() throws Exception {
        List<Entrant> entrants = Stream.concat(
                        Arrays.stream(Kind.values()).map(Entrant::of),
                        Stream.of(new Entrant("before", Kind.SENDTALK, folder.toString())))
                .toList();
        Comparison comparison = new Comparison(entrants, List.of(Setting.USUAL, OTHER), 1, 0.1, 0.1);
        List<String> steps = new ArrayList<>();

        List<Figures> figures = comparison.run(steps::add);

        assertThat(steps).hasSize(comparison.steps());
        for (Setting setting : List.of(Setting.USUAL, OTHER)) {
            assertThat(figures)
                    .filteredOn(f -> f.setting().equals(setting))
                    .extracting(Figures::contender)
                    .containsExactlyElementsOf(
                            entrants.stream().map(Entrant::title).toList());
        }
        assertThat(figures).allSatisfy(ComparisonTest::isMeasured);
        assertThat(figures)
                .filteredOn(f -> f.setting().equals(OTHER))
                .allSatisfy(f -> assertThat(f.p50Millis()).isGreaterThanOrEqualTo(OTHER.answerDelayMs()));
    }

    private static void isMeasured(Figures figures) {
        assertThat(figures.messagesPerSecond()).isPositive();
        assertThat(figures.cpuMicrosPerMessage()).isNotNegative();
        assertThat(figures.p50Millis()).isPositive().isLessThanOrEqualTo(figures.p99Millis());
        assertThat(figures.p99Millis()).isLessThanOrEqualTo(figures.p999Millis());
        assertThat(figures.peakThreads()).isPositive();
        assertThat(figures.allocatedBytesPerMessage()).isPositive();
    }

    @Test
    void theFiguresAndTheirPlotAreWrittenIntoThePage() throws Exception {
        Comparison comparison = new Comparison(List.of(), List.of(), 1, 1, 1);
        List<Figures> figures = List.of(
                new Figures("sendtalk", 32, 0, 1000, 20, 3, 4, 5, 60, 7000),
                new Figures("camel-whatsapp", 32, 0, 500, 200, 6, 8, 10, 120, 14000));
        Path page = folder.resolve("performance.adoc");
        Files.createDirectory(folder.resolve("images"));
        Files.write(page, List.of("before", "// measured: comparison", "old", "// end of what was measured", "after"));

        ComparisonMain.write(new PerformancePage(page), comparison, new ComparisonTables(figures), figures);

        assertThat(Files.readAllLines(page))
                .startsWith("before", "// measured: comparison")
                .endsWith("// end of what was measured", "after")
                .doesNotContain("old")
                .contains("| camel-whatsapp | 500 (0.50) | 200.0 (10.00) | 6.000 (2.00) | 8.000 (2.00) | 10.000 (2.00)"
                        + " | 120 (2.00) | 14,000 (2.00)");
        assertThat(folder.resolve("images/performance.svg")).content().contains("<svg", "<path");
    }

    @Test
    void theFiguresInJsonHaveTheirNames() throws IOException {
        ObjectMapper json = new ObjectMapper();
        Figures figures = new Figures("netty", 32, 100, 1.5, 2.5, 3.5, 4.5, 5.5, 6, 7);

        JsonNode written = json.readTree(json.writeValueAsString(List.of(figures)));

        assertThat(written).isEqualTo(json.readTree("""
                [{"contender": "netty", "inFlight": 32, "answerDelayMs": 100, "messagesPerSecond": 1.5,
                  "cpuMicrosPerMessage": 2.5, "p50Millis": 3.5, "p99Millis": 4.5, "p999Millis": 5.5, "peakThreads": 6,
                  "allocatedBytesPerMessage": 7}]"""));
    }

    @Test
    void theMedianCounts() {
        Figures slow = new Figures("jdk", 1, 0, 10, 20, 3, 4, 5, 60, 700);
        Figures usual = new Figures("jdk", 1, 0, 30, 10, 2, 3, 4, 50, 600);
        Figures fast = new Figures("jdk", 1, 0, 50, 5, 1, 2, 3, 40, 500);

        assertThat(Figures.median(List.of(slow, fast, usual))).isEqualTo(usual);
        assertThat(Figures.median(List.of(usual, fast)).messagesPerSecond()).isEqualTo(40);
    }
}
