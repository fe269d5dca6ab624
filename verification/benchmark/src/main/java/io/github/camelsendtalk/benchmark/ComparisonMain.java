package io.github.camelsendtalk.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.camelsendtalk.benchmark.Comparison.Entrant;
import io.github.camelsendtalk.benchmark.Contender.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares what a send costs, see docs/performance.adoc. */
@Command(name = "benchmark", sortOptions = false)
final class ComparisonMain implements Callable<Integer> {

    @Option(names = "--contenders", split = ",", description = "Who is measured: ${COMPLETION-CANDIDATES}.")
    private List<Kind> contenders = List.of(Kind.values());

    @Option(
            names = "--before",
            description =
                    "The class path of an earlier build, which is measured as well: its target/classes of the component, and of the benchmark.")
    private @Nullable String before;

    @Option(names = "--in-flight", split = ",", description = "How many messages are under way at a time.")
    private List<Integer> inFlight = List.of(1, 32, 1000);

    @Option(names = "--delays", split = ",", description = "How many milliseconds the server waits before it answers.")
    private List<Integer> delays = List.of(0, 100);

    @Option(names = "--rounds", description = "How often each is measured in each setting; the median counts.")
    private int rounds = 2;

    @Option(names = "--seconds", description = "How long a measurement takes.")
    private double seconds = 1;

    @Option(names = "--warm-up", description = "How many seconds each contender sends before it is measured.")
    private double warmUpSeconds = 4;

    @Option(names = "--json", description = "The file for the figures.")
    private Path json = Path.of("target/comparison.json");

    @Option(
            names = "--page",
            description = "The document whose figures are written anew, with its plot; none by default.")
    private @Nullable Path page;

    private ComparisonMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ComparisonMain())
                .registerConverter(Kind.class, Kind::of)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Comparison comparison = new Comparison(entrants(), settings(), rounds, seconds, warmUpSeconds);
        List<Figures> figures = run(comparison);
        Files.createDirectories(json.toAbsolutePath().getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), figures);
        ComparisonTables tables = new ComparisonTables(figures);
        System.out.println(Machine.describe());
        tables.print(System.out);
        System.out.println("Figures: " + json);
        if (page != null) {
            write(new PerformancePage(page), comparison, tables, figures);
        }
        return 0;
    }

    private List<Entrant> entrants() {
        Stream<Entrant> all = contenders.stream().map(Entrant::of);
        return before == null
                ? all.toList()
                : Stream.concat(all, Stream.of(new Entrant("before", Kind.SENDTALK, before)))
                        .toList();
    }

    private List<Setting> settings() {
        return delays.stream()
                .flatMap(delay -> inFlight.stream().map(messages -> new Setting(messages, delay)))
                .toList();
    }

    static void write(PerformancePage page, Comparison comparison, ComparisonTables tables, List<Figures> figures)
            throws Exception {
        List<String> content = new ArrayList<>();
        content.add(
                "Measured on: %s. Each contender was measured %d times for %s s in each setting, after %s s to warm up; medians."
                        .formatted(
                                Machine.describe(),
                                comparison.rounds(),
                                comparison.seconds(),
                                comparison.warmUpSeconds()));
        content.add("");
        content.addAll(tables.asciiDoc());
        page.write("comparison", content);
        page.writePlot(figures);
    }

    private static List<Figures> run(Comparison comparison) throws Exception {
        try (ProgressBar progress = new ProgressBarBuilder()
                .setTaskName("Measured")
                .setInitialMax(comparison.steps())
                .setStyle(ProgressBarStyle.ASCII)
                .build()) {
            return comparison.run(what -> {
                progress.setExtraMessage(what);
                progress.step();
            });
        }
    }
}
