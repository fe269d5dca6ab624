package io.github.camelsendtalk.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.util.Version;

/** Measures the parts of a send with JMH, see docs/performance.adoc. */
final class PartsMain {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private PartsMain() {}

    /** Takes JMH's options; the system property {@code page} names the document whose figures are written anew. */
    public static void main(String[] arguments) throws Exception {
        Collection<RunResult> results = new Runner(new CommandLineOptions(arguments)).run();
        String page = System.getProperty("page", "");
        if (!page.isEmpty()) {
            new PerformancePage(Path.of(page)).write("parts", asciiDoc(results));
        }
    }

    private static List<String> asciiDoc(Collection<RunResult> results) throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add("Measured on: %s. JMH %s, the time with its error of 99.9 %%."
                .formatted(Machine.describe(), Version.getPlainVersion()));
        lines.add("");
        lines.add("[cols=\"3,2,2\",options=\"header\"]");
        lines.add("|===");
        lines.add("| Part | ns | bytes");
        lines.add("");
        for (RunResult result : results) {
            lines.add(String.format(
                    Locale.ROOT,
                    "| `%s` | %,.0f ± %,.0f | %,.0f",
                    name(result.getParams()),
                    result.getPrimaryResult().getScore(),
                    result.getPrimaryResult().getScoreError(),
                    result.getSecondaryResults().get(ALLOCATED).getScore()));
        }
        lines.add("|===");
        return lines;
    }

    /** The method and the values of the parameters. */
    private static String name(BenchmarkParams benchmark) {
        String[] words = benchmark.getBenchmark().split("\\.");
        String values =
                benchmark.getParamsKeys().stream().map(benchmark::getParam).collect(Collectors.joining(" "));
        return (words[words.length - 1] + " " + values).strip();
    }
}
