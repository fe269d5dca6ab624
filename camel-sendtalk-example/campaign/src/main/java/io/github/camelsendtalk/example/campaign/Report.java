package io.github.camelsendtalk.example.campaign;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** What became of each row, as a table on the screen and as a CSV file. */
final class Report {

    private static final int MOST_ROWS_ON_SCREEN = 100;

    /** A row as it is reported; what is not known is blank. */
    private record Line(Row row, Result result, boolean earlier, String whatToDo) {

        String outcome() {
            return earlier ? result.outcome() + " (earlier)" : result.outcome().toString();
        }

        String price() {
            return result.price() == null ? "" : result.price().toPlainString() + " " + blank(result.currency());
        }

        /** The beginning of the id; the whole is in the file. */
        String id() {
            String id = blank(result.id());
            return id.length() <= 8 ? id : id.substring(0, 8);
        }

        String status() {
            return blank(result.status());
        }

        /** The exception and the first sentence of what it says; the rest speaks to people who write routes. */
        String why() {
            String sentence = blank(result.why()).split("(?<=\\.) (?=[A-Z])", 2)[0];
            return result.exception() == null ? sentence : result.exception() + ": " + sentence;
        }
    }

    private final List<Line> lines = new ArrayList<>();

    Report(Campaign campaign, Journal journal) {
        for (Row row : campaign.rows()) {
            Row first = campaign.firstOf(row);
            Result result = resultOf(row, first, journal);
            boolean earlier = result.outcome().isSettled() && !journal.isBegunNow(row);
            lines.add(new Line(row, result, earlier, whatToDo(row, result, first)));
        }
    }

    private static Result resultOf(Row row, @Nullable Row first, Journal journal) {
        if (row.problem() != null) {
            return Result.of(Outcome.WRONG, "Line %d: %s.".formatted(row.line(), row.problem()));
        }
        if (first != null) {
            return Result.of(Outcome.REPEATED, null);
        }
        Result result = journal.resultOf(row);
        return result == null ? Result.of(Outcome.NOT_BEGUN, null) : result;
    }

    private static String whatToDo(Row row, Result result, @Nullable Row first) {
        int line = row.line();
        String who = row.name().isBlank() ? "the recipient" : row.name();
        if (result.isUndecided()) {
            return "Ask %s whether it arrived. If so: -Dcampaign.arrived=%d, if not: -Dcampaign.again=%d"
                    .formatted(who, line, line);
        }
        return switch (result.outcome()) {
            case SENT -> "";
            case ACCEPTED, UNKNOWN -> "It is not sent again. Start again later to ask for its status.";
            case NOT_DELIVERED ->
                "Check the number with %s. To send it again: -Dcampaign.again=%d".formatted(who, line);
            case REFUSED ->
                "Check the number with %s and correct the row. To send it again as it is: -Dcampaign.again=%d"
                        .formatted(who, line);
            case NOT_SENT -> notSent(blank(result.exception()));
            case WRONG ->
                result.field() == null
                        ? "Correct the row and start again."
                        : "Correct the column %s and start again.".formatted(result.field());
            case REPEATED ->
                "Nothing: line %d has the same message to the same number, and is sent once."
                        .formatted(first == null ? line : first.line());
            case NOT_BEGUN -> "Start again.";
        };
    }

    private static String notSent(String exception) {
        return switch (exception) {
            case "SendTalkInsufficientBalanceException" -> "Top up the SendTalk account and start again.";
            case "SendTalkAuthenticationException" -> "Check the key in %s and start again.".formatted(Settings.KEY);
            default -> "Start again later.";
        };
    }

    private static String blank(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The number of rows that were sent by this run. */
    long sentNow() {
        return lines.stream()
                .filter(line -> line.result().id() != null && !line.earlier())
                .count();
    }

    void write(Path file) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader(
                        "line",
                        "who",
                        "what",
                        "outcome",
                        "run",
                        "id",
                        "status",
                        "price",
                        "currency",
                        "exception",
                        "why",
                        "what to do")
                .get();
        try (CSVPrinter csv = new CSVPrinter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), format)) {
            for (Line line : lines) {
                Result result = line.result();
                csv.printRecord(
                        line.row().line(),
                        line.row().name(),
                        line.row().what(),
                        result.outcome(),
                        line.earlier() ? "earlier" : "this",
                        result.id(),
                        result.status(),
                        result.price() == null ? null : result.price().toPlainString(),
                        result.currency(),
                        result.exception(),
                        result.why(),
                        line.whatToDo());
            }
        }
    }

    String screen() {
        String attention = attention();
        return rows() + (attention.isEmpty() ? "" : "\n" + attention) + "\n" + summary();
    }

    private String rows() {
        if (lines.size() > MOST_ROWS_ON_SCREEN) {
            return "%d rows, too many for the screen: see the report.\n".formatted(lines.size());
        }
        return table(
                lines,
                List.of(
                        number("line", line -> String.valueOf(line.row().line())),
                        text("who", line -> line.row().name(), 26),
                        text("what", line -> line.row().what(), 8),
                        text("outcome", Line::outcome, 26),
                        text("id", Line::id, 10),
                        text("status", Line::status, 12),
                        number("price", Line::price)));
    }

    private String attention() {
        List<Line> todo = lines.stream()
                .filter(line -> !line.whatToDo().isEmpty() && line.result().outcome() != Outcome.NOT_BEGUN)
                .limit(MOST_ROWS_ON_SCREEN)
                .toList();
        return todo.isEmpty()
                ? ""
                : table(
                        todo,
                        List.of(
                                number("line", line -> String.valueOf(line.row().line())),
                                text("who", line -> line.row().name(), 26),
                                Report.<Line>wrapped(
                                        "why, and what to do", line -> (line.why() + "\n" + line.whatToDo()).strip())));
    }

    private String summary() {
        Map<String, List<Line>> byOutcome = new TreeMap<>();
        for (Line line : lines) {
            byOutcome
                    .computeIfAbsent(line.outcome(), outcome -> new ArrayList<>())
                    .add(line);
        }
        return table(
                byOutcome.entrySet(),
                List.of(
                        text("outcome", Map.Entry::getKey, 26),
                        number("rows", entry -> String.valueOf(entry.getValue().size())),
                        number("price", entry -> total(entry.getValue()))));
    }

    private static String total(List<Line> lines) {
        Map<String, BigDecimal> totals = new TreeMap<>();
        for (Line line : lines) {
            if (line.result().price() != null) {
                totals.merge(blank(line.result().currency()), line.result().price(), BigDecimal::add);
            }
        }
        List<String> texts = new ArrayList<>();
        totals.forEach((currency, price) -> texts.add(price.toPlainString() + " " + currency));
        return String.join(", ", texts);
    }

    private static <T> String table(Iterable<T> rows, List<ColumnData<T>> columns) {
        List<T> list = new ArrayList<>();
        rows.forEach(list::add);
        return AsciiTable.builder()
                        .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS)
                        .lineSeparator("\n")
                        .data(list, columns)
                        .asString()
                + "\n";
    }

    private static <T> ColumnData<T> number(String header, Function<T, String> cell) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).with(cell);
    }

    private static <T> ColumnData<T> text(String header, Function<T, String> cell, int width) {
        return left(header).maxWidth(width, OverflowBehaviour.CLIP_RIGHT).with(cell);
    }

    private static <T> ColumnData<T> wrapped(String header, Function<T, String> cell) {
        return left(header).maxWidth(76).with(cell);
    }

    private static Column left(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT);
    }
}
