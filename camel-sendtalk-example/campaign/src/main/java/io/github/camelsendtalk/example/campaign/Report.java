package io.github.camelsendtalk.example.campaign;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of each row. SQL says it, in the columns that are shown; here they become a table of letters. */
record Report(Database database) {

    private static final int MAX_ROWS_ON_SCREEN = 100;

    /** The number of rows that were sent by this run. */
    long sentNow() {
        return (long) database.query("report-sent-now.sql").get(0).get("rows");
    }

    /** Writes what stands in the table, all of it, without holding it. A spreadsheet that writes semicolons reads them. */
    void write(Path file, String separator) throws IOException {
        database.copy("report.csv.sql", List.of(",", ";", "\t").contains(separator) ? separator : ",", file);
    }

    String screen() {
        return Stream.of("report-rows.sql", "report-attention.sql", "report-totals.sql")
                .map(database::query)
                .filter(rows -> !rows.isEmpty())
                .map(Report::table)
                .collect(Collectors.joining("\n"));
    }

    private static String table(List<Map<String, Object>> rows) {
        if (rows.size() > MAX_ROWS_ON_SCREEN) {
            return "Too many rows for the screen: see the report.\n";
        }
        Stream<String> names = rows.get(0).keySet().stream();
        return AsciiTable.builder()
                        .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS)
                        .lineSeparator("\n")
                        .data(rows, names.map(Report::column).toList())
                        .asString()
                + "\n";
    }

    private static ColumnData<Map<String, Object>> column(String name) {
        boolean isNumber = List.of("line", "rows", "price").contains(name);
        return new Column()
                .header(name)
                .headerAlign(HorizontalAlign.LEFT)
                .dataAlign(isNumber ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
                .maxWidth(76)
                .with(row -> Objects.toString(row.get(name), ""));
    }
}
