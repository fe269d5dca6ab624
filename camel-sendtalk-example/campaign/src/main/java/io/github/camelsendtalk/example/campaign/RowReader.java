package io.github.camelsendtalk.example.campaign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.ByteOrderMark;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.input.BOMInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a CSV file of any size, one at a time; a row that is wrong becomes a row with a problem, and the next
 * one is read. For one thread at a time.
 *
 * <p>It goes from line to line, and gives each row's text to the CSV library by itself: given the whole file, the library
 * would take a forgotten quote for the beginning of a text that holds all further rows.
 */
final class RowReader implements Iterator<Row>, Closeable {

    private static final String REQUIRED = "phone, body";
    private static final String OPTIONAL = "name, messageType, filename, caption, id";
    private static final String KNOWN = REQUIRED + ", " + OPTIONAL;
    private static final Pattern BLANK = Pattern.compile("[\\s,;]*");
    private static final Pattern SEPARATOR = Pattern.compile("\"?sep=([^\"\\w ])\"?\\s*", Pattern.CASE_INSENSITIVE);
    private static final String WRONG_QUOTE =
            "a quote (\") is missing or one too many (or it holds a zero byte), so that the row can't be read";
    private static final String WRONG_COUNT =
            "it has %d cells and the first line names %d columns; put a text that holds a '%s' into quotes (\")";
    private static final int LONGEST_TEXT = 50_000;
    private static final int MOST_REMARKS = 20;

    private final String source;
    private final BufferedReader in;
    private final Iterator<String> lines;
    private final boolean isUtf16;
    private final List<String> ahead = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private CSVFormat format = CSVFormat.DEFAULT;
    private int width;
    private int linesTaken;
    private int linesNotUtf8;
    private @Nullable Row next;

    private RowReader(String source, InputStream file) throws IOException {
        this.source = source;
        BOMInputStream bytes = BOMInputStream.builder()
                .setInputStream(file)
                .setByteOrderMarks(ByteOrderMark.UTF_8, ByteOrderMark.UTF_16LE, ByteOrderMark.UTF_16BE)
                .get();
        isUtf16 = bytes.hasBOM() && !bytes.hasBOM(ByteOrderMark.UTF_8);
        // else a byte becomes a char for now, because each line may have an encoding of its own
        in = new BufferedReader(new InputStreamReader(bytes, isUtf16 ? bytes.getBOMCharsetName() : "ISO-8859-1"));
        lines = in.lines().iterator();
    }

    /** The rows that come with the demo. */
    static RowReader bundled() throws RefusalException {
        return open("campaign.csv", RowReader.class.getResourceAsStream("/campaign.csv"));
    }

    /** @throws RefusalException if there is no such file, and as {@link #open} */
    static RowReader file(Path file) throws RefusalException {
        if (!Files.isRegularFile(file)) {
            throw new RefusalException("-Dcampaign.file is '%s', and there is no such file".formatted(file));
        }
        try {
            return open(String.valueOf(file.getFileName()), Files.newInputStream(file));
        } catch (IOException e) {
            throw new RefusalException("%s can't be read (%s)".formatted(file, e.getMessage()));
        }
    }

    /**
     * Reads the line that names the columns.
     *
     * @param source the file's name, for sentences
     * @param file closed with the reader, or when this fails
     * @throws RefusalException if it can't be read, its first line does not name the columns, or no row is below that
     */
    static RowReader open(String source, InputStream file) throws RefusalException {
        try {
            RowReader reader = new RowReader(source, file);
            reader.readHeader();
            if (!reader.hasNext()) {
                throw reader.refusal(" has no rows below the line that names the columns");
            }
            return reader;
        } catch (RefusalException | IOException | UncheckedIOException e) {
            IOUtils.closeQuietly(file);
            throw e instanceof RefusalException refusal
                    ? refusal
                    : new RefusalException("%s can't be read (%s)".formatted(source, e.getMessage()));
        }
    }

    private void readHeader() throws RefusalException {
        String first = takeHeaderLine();
        Matcher separator = SEPARATOR.matcher(first);
        boolean isChosen = separator.matches();
        String header = isChosen ? takeHeaderLine() : first;
        CSVFormat.Builder builder = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(isChosen ? separator.group(1) : delimiterOf(header))
                .setIgnoreSurroundingSpaces(true);
        format = builder.get();
        CSVRecord cells = cells(header);
        List<String> names = columnsOf(cells == null ? List.of(header) : cells.toList());
        format = builder.setHeader(names.toArray(String[]::new)).get();
        width = cells == null ? 1 : cells.size();
    }

    private String takeHeaderLine() {
        String line = "";
        while (BLANK.matcher(line).matches() && line(0) != null) {
            line = line(0);
            take(1);
        }
        return line;
    }

    /** Spreadsheets write semicolons in countries that write 1.000,50. */
    private static String delimiterOf(String line) {
        return Stream.of(",", ";", "\t")
                .max(Comparator.comparing(delimiter -> line.split(delimiter, -1).length))
                .orElseThrow();
    }

    private List<String> columnsOf(List<String> cells) throws RefusalException {
        List<String> names = new ArrayList<>();
        int last = cells.size();
        while (last > 0 && cells.get(last - 1).isBlank()) {
            last--;
        }
        for (String cell : cells.subList(0, last)) {
            // in a file without names this may be somebody's number or text, which is not shown
            String shown =
                    cell.matches("[\\p{L}\\p{P}\\p{Zs}]{0,30}") ? "'" + cell + "'" : "number " + (names.size() + 1);
            names.add(Stream.of(KNOWN.split(", "))
                    .filter(name -> name.equalsIgnoreCase(cell.strip()))
                    .findFirst()
                    .orElseThrow(() ->
                            refusal(" has a column %s, which is unknown: its first line may name %s", shown, KNOWN)));
        }
        for (String required : REQUIRED.split(", ")) {
            if (!names.contains(required)) {
                throw refusal(
                        " has no column '%s': its first line must name %s, and may name %s",
                        required, REQUIRED, OPTIONAL);
            }
        }
        if (names.stream().distinct().count() < names.size()) {
            throw refusal(" names a column twice in its first line");
        }
        return names;
    }

    private RefusalException refusal(String sentence, Object... values) {
        return new RefusalException(source + sentence.formatted(values));
    }

    @Override
    public boolean hasNext() {
        while (next == null && line(0) != null) {
            next = takeRow();
        }
        return next != null;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Row row = next;
        next = null;
        return row;
    }

    /** What a person should look at in the lines read so far, in few sentences without the file's words. */
    List<String> remarks() {
        int more = linesNotUtf8 - remarks.size();
        Stream<String> rest = Stream.of(more + " more lines are not UTF-8 and were read as Windows-1252.");
        return Stream.concat(remarks.stream(), rest.filter(s -> more > 0)).toList();
    }

    /** What separates its cells. */
    String separator() {
        return format.getDelimiterString();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** A line that is not yet taken, or null if the file ends before it. */
    private @Nullable String line(int place) {
        while (ahead.size() <= place && lines.hasNext()) {
            ahead.add(isUtf16 ? lines.next() : decoded(lines.next().getBytes(ISO_8859_1)));
        }
        return place < ahead.size() ? ahead.get(place) : null;
    }

    private String decoded(byte[] line) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
        } catch (CharacterCodingException e) {
            if (linesNotUtf8++ < MOST_REMARKS) {
                remarks.add(("Line %d is not UTF-8 and was read as Windows-1252: look at its letters"
                                + " (in a spreadsheet, save as 'CSV UTF-8').")
                        .formatted(linesTaken + ahead.size() + 1));
            }
            return new String(line, Charset.forName("windows-1252"));
        }
    }

    private void take(int count) {
        ahead.subList(0, count).clear();
        linesTaken += count;
    }

    /** Takes the row that begins at the next line, or the line alone if it is blank or can't be read. */
    private @Nullable Row takeRow() {
        int number = linesTaken + 1;
        CSVRecord cells = cells(line(0));
        if (cells != null || line(0).isBlank()) {
            take(1);
            return cells == null ? null : row(number, cells);
        }
        int count = linesToNextOpenQuote();
        CSVRecord joined = cells(String.join("\n", ahead.subList(0, count)));
        Row row = joined == null || holdsAnotherRow(joined) ? null : row(number, joined);
        if (row != null && row.problem() == null) {
            take(count);
            return row;
        }
        take(1);
        return Row.wrong(number, "", WRONG_QUOTE);
    }

    private int linesToNextOpenQuote() {
        boolean isOpen = false;
        int length = 0;
        for (int i = 0; line(i) != null && length < LONGEST_TEXT; i++) {
            length += line(i).length() + 1;
            isOpen ^= line(i).chars().filter(c -> c == '"').count() % 2 == 1;
            if (!isOpen) {
                return i + 1;
            }
        }
        return 1;
    }

    /** Then a quote was forgotten, and one person's message would hold other people's. */
    private boolean holdsAnotherRow(CSVRecord cells) {
        return cells.stream()
                .filter(cell -> cell.contains("\n"))
                .flatMap(String::lines)
                .map(this::cells)
                .anyMatch(row -> row != null
                        && row.isSet("phone")
                        && row.isSet("body")
                        && row.get("phone").replaceAll("[^\\p{L}\\p{Nd}]", "").matches("\\p{Nd}{8,}"));
    }

    private @Nullable Row row(int number, CSVRecord cells) {
        if (cells.stream().allMatch(String::isBlank)) {
            return null;
        }
        int columns = format.getHeader().length;
        Map<String, String> fields = cells.toMap();
        fields.values().removeIf(String::isBlank);
        fields.putIfAbsent("phone", "");
        String who = Objects.requireNonNullElse(fields.remove("name"), "");
        String id = fields.remove("id");
        if (cells.stream().skip(columns).allMatch(String::isBlank) && !isCut(cells.size(), fields)) {
            return new Row(number, who, id == null ? null : id.strip(), fields, null);
        }
        String delimiter = format.getDelimiterString().replace("\t", "tab");
        return Row.wrong(number, who, WRONG_COUNT.formatted(cells.size(), columns, delimiter));
    }

    /** Whether a text that held the delimiter seems to go on in the cells behind, where only an image has any. */
    private boolean isCut(int cells, Map<String, String> fields) {
        boolean isImage = fields.getOrDefault("messageType", "").strip().equalsIgnoreCase("image");
        return cells != width && !isImage && (fields.containsKey("filename") || fields.containsKey("caption"));
    }

    /** The cells of one row, or null if the text is not exactly one row. */
    private @Nullable CSVRecord cells(String text) {
        try (CSVParser parser = CSVParser.parse(text, format)) {
            List<CSVRecord> records = parser.getRecords();
            return records.size() == 1 && text.indexOf('\0') < 0 ? records.get(0) : null;
        } catch (IOException | UncheckedIOException e) {
            return null;
        }
    }
}
