package io.github.camelsendtalk.benchmark;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The figures as tables, one for each setting, with the ratio of each figure to that of our component. */
final class ComparisonTables {

    private static final String OURS = Contender.Kind.SENDTALK.toString();

    /** A figure with its unit, and how it is written. */
    private record Measure(String title, String format, ToDoubleFunction<Figures> figure) {}

    private static final List<Measure> MEASURES = List.of(
            new Measure("messages/s", "%,.0f", Figures::messagesPerSecond),
            new Measure("CPU us/message", "%,.1f", Figures::cpuMicrosPerMessage),
            new Measure("p50 ms", "%,.3f", Figures::p50Millis),
            new Measure("p99 ms", "%,.3f", Figures::p99Millis),
            new Measure("p99.9 ms", "%,.3f", Figures::p999Millis),
            new Measure("peak threads", "%,.0f", Figures::peakThreads),
            new Measure("bytes/message", "%,.0f", Figures::allocatedBytesPerMessage));

    private final List<Figures> figures;

    ComparisonTables(List<Figures> figures) {
        this.figures = figures;
    }

    void print(PrintStream out) {
        for (Setting setting : settings()) {
            out.println();
            out.println(setting + " (in brackets: how many times ours)");
            List<Column> columns = new ArrayList<>();
            List<String> titles = titles();
            for (int i = 0; i < titles.size(); i++) {
                columns.add(new Column()
                        .header(titles.get(i))
                        .headerAlign(HorizontalAlign.LEFT)
                        .dataAlign(i == 0 ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT));
            }
            out.println(AsciiTable.getTable(
                    AsciiTable.NO_BORDERS,
                    columns.toArray(Column[]::new),
                    rows(setting).stream().map(row -> row.toArray()).toArray(Object[][]::new)));
        }
    }

    /** The lines of AsciiDoc. */
    List<String> asciiDoc() {
        List<String> lines = new ArrayList<>();
        for (Setting setting : settings()) {
            lines.add("." + setting);
            lines.add("[cols=\"2,7*>2\",options=\"header\"]");
            lines.add("|===");
            lines.add("| " + String.join(" | ", titles()));
            lines.add("");
            rows(setting).forEach(row -> lines.add("| " + String.join(" | ", row)));
            lines.add("|===");
            lines.add("");
        }
        return lines;
    }

    private List<Setting> settings() {
        return figures.stream().map(Figures::setting).distinct().toList();
    }

    private static List<String> titles() {
        return Stream.concat(Stream.of("contender"), MEASURES.stream().map(Measure::title))
                .toList();
    }

    private List<List<String>> rows(Setting setting) {
        List<Figures> all =
                figures.stream().filter(f -> f.setting().equals(setting)).toList();
        List<Figures> ours =
                all.stream().filter(f -> f.contender().equals(OURS)).toList();
        return all.stream().map(f -> row(f, ours)).toList();
    }

    /** @param ours our figures in the same setting, or nothing where ours was not measured */
    private static List<String> row(Figures figures, List<Figures> ours) {
        List<String> cells = new ArrayList<>();
        cells.add(figures.contender());
        for (Measure measure : MEASURES) {
            double value = measure.figure().applyAsDouble(figures);
            String cell = String.format(Locale.ROOT, measure.format(), value);
            for (Figures own : ours) {
                cell += String.format(
                        Locale.ROOT, " (%.2f)", value / measure.figure().applyAsDouble(own));
            }
            cells.add(cell);
        }
        return cells;
    }
}
