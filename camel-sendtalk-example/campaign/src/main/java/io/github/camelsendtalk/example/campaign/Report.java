package io.github.camelsendtalk.example.campaign;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What became of each row, on the terminal. The view {@code report} says it; here it gets its form. */
final class Report {

    private static final int MAX_ROWS_ON_SCREEN = 100;

    private final Database database;
    private final List<Map<String, Object>> rows;
    private final List<Map<String, Object>> attention;
    private final List<Map<String, Object>> totals;

    Report(Database database) {
        this.database = database;
        rows = database.query("report-rows.sql");
        attention = database.query("report-attention.sql");
        totals = database.query("report-totals.sql");
    }

    /** The number of rows that were sent by this run. */
    long sentNow() {
        return totals.stream()
                .mapToLong(total -> ((Number) total.get("sent_now")).longValue())
                .sum();
    }

    /** Writes what stands in the table, all of it, without holding it. A spreadsheet that writes semicolons reads them. */
    void write(Path file, String separator) throws IOException {
        database.copy("report.csv.sql", List.of(",", ";", "\t").contains(separator) ? separator : ",", file);
    }

    String screen() {
        return rows() + (attention.isEmpty() ? "" : "\n" + attention()) + "\n" + totals();
    }

    private String rows() {
        if (rows.size() > MAX_ROWS_ON_SCREEN) {
            return "Too many rows for the screen: see the report.\n";
        }
        return table(
                rows,
                List.of(
                        number("line", text("line")),
                        clipped("who", text("who"), 26),
                        clipped("what", text("what"), 8),
                        clipped("outcome", text("outcome"), 26),
                        clipped("id", row -> shortened(text("id").apply(row)), 10),
                        clipped("status", text("status"), 12),
                        number("price", text("price"))));
    }

    /** The beginning of an id; the whole is in the file. */
    private static String shortened(String id) {
        return id.length() <= 8 ? id : id.substring(0, 8);
    }

    private String attention() {
        return table(
                attention,
                List.of(
                        number("line", text("line")),
                        clipped("who", text("who"), 26),
                        left("why, and what to do").maxWidth(76).with(Report::whyAndWhatToDo)));
    }

    /** The exception and the first sentence of what it says; the rest speaks to people who write routes. */
    private static String whyAndWhatToDo(Map<String, Object> row) {
        String exception = text("exception").apply(row);
        String why = text("why").apply(row).split("(?<=\\.) (?=[A-Z])", 2)[0];
        return ((exception.isEmpty() ? why : exception + ": " + why) + "\n" + row.get("todo")).strip();
    }

    private String totals() {
        return table(
                totals,
                List.of(
                        clipped("outcome", text("outcome"), 26),
                        number("rows", text("rows")),
                        number("price", text("price"))));
    }

    private static String table(List<Map<String, Object>> rows, List<ColumnData<Map<String, Object>>> columns) {
        return AsciiTable.builder()
                        .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS)
                        .lineSeparator("\n")
                        .data(rows, columns)
                        .asString()
                + "\n";
    }

    private static Function<Map<String, Object>, String> text(String column) {
        return row -> Objects.toString(row.get(column), "");
    }

    private static ColumnData<Map<String, Object>> number(String header, Function<Map<String, Object>, String> cell) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).with(cell);
    }

    private static ColumnData<Map<String, Object>> clipped(
            String header, Function<Map<String, Object>, String> cell, int width) {
        return left(header).maxWidth(width, OverflowBehaviour.CLIP_RIGHT).with(cell);
    }

    private static Column left(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT);
    }
}
