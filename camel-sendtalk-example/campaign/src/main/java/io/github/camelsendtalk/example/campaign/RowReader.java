package io.github.camelsendtalk.example.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a CSV file; a row that is wrong becomes a row with a problem, and the next one is read.
 *
 * <p>It goes from line to line, and gives each row's text to the CSV library by itself: given the whole file, the library
 * would take a forgotten quote for the beginning of a text that holds all further rows.
 */
final class RowReader {

    private static final String BUNDLED = "campaign.csv";
    private static final List<String> REQUIRED = List.of("name", "phone", "messageType", "body");
    private static final List<String> OPTIONAL = List.of("filename", "caption");

    private final String source;
    private final List<String> lines;
    private final List<Row> rows = new ArrayList<>();
    private CSVFormat format = CSVFormat.DEFAULT;
    private List<String> columns = List.of();

    private RowReader(String source, List<String> lines) {
        this.source = source;
        this.lines = lines;
    }

    /** The rows that come with the demo. */
    static List<Row> bundled() throws RefusalException {
        try (InputStream in = RowReader.class.getResourceAsStream("/" + BUNDLED)) {
            return rows(BUNDLED, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws RefusalException if the file can't be read, or its first line does not name the columns */
    static List<Row> file(Path file) throws RefusalException {
        if (!Files.isRegularFile(file)) {
            throw new RefusalException("-Dcampaign.file is '%s', and there is no such file".formatted(file));
        }
        try {
            return rows(String.valueOf(file.getFileName()), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new RefusalException("%s can't be read (%s)".formatted(file, e.getMessage()));
        }
    }

    static List<Row> rows(String source, byte[] bytes) throws RefusalException {
        return new RowReader(source, lines(source, bytes)).read();
    }

    private static List<String> lines(String source, byte[] bytes) throws RefusalException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return (text.startsWith("\uFEFF") ? text.substring(1) : text)
                    .lines()
                    .toList();
        } catch (CharacterCodingException e) {
            throw new RefusalException(
                    source + " is not UTF-8; in a spreadsheet, save it as 'CSV UTF-8' or choose UTF-8");
        }
    }

    private List<Row> read() throws RefusalException {
        int header = 0;
        while (header < lines.size() && lines.get(header).isBlank()) {
            header++;
        }
        readHeader(header < lines.size() ? lines.get(header) : "");
        for (int next = header + 1; next < lines.size(); ) {
            next = readRow(next);
        }
        if (rows.isEmpty()) {
            throw new RefusalException(source + " has no rows below the line that names the columns");
        }
        return List.copyOf(rows);
    }

    private void readHeader(String line) throws RefusalException {
        // spreadsheets write semicolons in countries that write 1.000,50
        char delimiter = line.split(";", -1).length > line.split(",", -1).length ? ';' : ',';
        format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreSurroundingSpaces(true)
                .get();
        List<String> cells = cells(line);
        List<String> names = new ArrayList<>();
        for (String cell : cells == null ? List.of(line) : cells) {
            names.add(columnOf(cell));
        }
        for (String required : REQUIRED) {
            if (!names.contains(required)) {
                throw new RefusalException("%s has no column '%s': its first line must name %s, and may name %s"
                        .formatted(source, required, String.join(", ", REQUIRED), String.join(", ", OPTIONAL)));
            }
        }
        if (names.stream().distinct().count() < names.size()) {
            throw new RefusalException(source + " names a column twice in its first line");
        }
        columns = names;
    }

    private String columnOf(String cell) throws RefusalException {
        List<String> known = new ArrayList<>(REQUIRED);
        known.addAll(OPTIONAL);
        for (String name : known) {
            if (name.equalsIgnoreCase(cell.strip())) {
                return name;
            }
        }
        throw new RefusalException("%s has a column '%s', which is unknown: its first line may name %s"
                .formatted(source, cell, String.join(", ", known)));
    }

    /** Reads the row that begins at a line, and gives the first line after it. */
    private int readRow(int first) {
        String line = lines.get(first);
        List<String> cells = cells(line);
        if (cells != null) {
            add(first, cells);
            return first + 1;
        }
        int last = lastLineOfOpenQuote(first);
        List<String> joined = last < 0 ? null : cells(String.join("\n", lines.subList(first, last + 1)));
        if (joined != null && joined.size() == columns.size()) {
            add(first, joined);
            return last + 1;
        }
        rows.add(Row.wrong(first + 1, "", "a quote (\") is missing or one too many, so that the row can't be read"));
        return first + 1;
    }

    /**
     * The line on which a text over several lines ends, or -1 if it does not, or if a line in between is a whole row: then
     * a quote was forgotten, and one person's message would hold other people's.
     */
    private int lastLineOfOpenQuote(int first) {
        if (!hasOpenQuote(lines.get(first))) {
            return -1;
        }
        for (int line = first + 1; line < lines.size(); line++) {
            if (hasOpenQuote(lines.get(line))) {
                return line;
            }
            List<String> cells = cells(lines.get(line));
            if (cells != null && cells.size() == columns.size()) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean hasOpenQuote(String line) {
        return line.chars().filter(c -> c == '"').count() % 2 == 1;
    }

    private void add(int line, List<String> cells) {
        if (cells.stream().allMatch(String::isBlank)) {
            return;
        }
        int name = columns.indexOf("name");
        String who = name < cells.size() ? cells.get(name) : "";
        if (cells.size() != columns.size()) {
            rows.add(Row.wrong(
                    line + 1,
                    who,
                    "it has %d cells and the first line names %d columns; put a text that holds a '%s' into quotes (\")"
                            .formatted(cells.size(), columns.size(), format.getDelimiterString())));
            return;
        }
        Map<String, String> message = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            // an empty cell says nothing, but an empty phone is an error that the component finds
            if (i != name && (!cells.get(i).isBlank() || columns.get(i).equals("phone"))) {
                message.put(columns.get(i), cells.get(i));
            }
        }
        rows.add(Row.readable(line + 1, who, message));
    }

    /** The cells of one row, or null if the text is not exactly one row. */
    private @Nullable List<String> cells(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        try (CSVParser parser = CSVParser.parse(text, format)) {
            List<CSVRecord> records = parser.getRecords();
            return records.size() == 1 ? records.get(0).toList() : null;
        } catch (IOException | UncheckedIOException e) {
            return null;
        }
    }
}
