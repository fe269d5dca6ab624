package io.github.camelsendtalk.example.campaign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.support.GroupIterator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.ByteOrderMark;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.function.IOSupplier;
import org.apache.commons.io.input.BOMInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a CSV file of any size, one at a time; a row that is wrong becomes a row with a problem, and the next
 * one is read. For one thread at a time.
 *
 * <p>It goes from line to line, and gives each row's text to the CSV library by itself: given the whole file, the library
 * would take a forgotten quote for the beginning of a text that holds all further rows.
 */
public final class RowReader implements Iterator<Row>, Closeable {

    private static final String OPTIONAL = "name, messageType, filename, caption, id";
    private static final String KNOWN = "phone, body, " + OPTIONAL;
    private static final Pattern BLANK = Pattern.compile("[\\s,;]*");
    private static final Pattern SEPARATOR = Pattern.compile("\"?sep=([^\"\\w ])\"?\\s*", Pattern.CASE_INSENSITIVE);
    private static final String WRONG_QUOTE =
            "a quote (\") is missing or one too many (or it holds a zero byte), so that the row can't be read";
    private static final String WRONG_COUNT =
            "it has %d cells and the first line names %d columns; put a text that holds a '%s' into quotes (\")";
    private static final String NOT_UTF8 = "Line %d is not UTF-8 and was read as Windows-1252: look at its letters"
            + " (in a spreadsheet, save as 'CSV UTF-8').";
    private static final int MOST_LINES_OF_A_ROW = 500;
    private static final int MOST_REMARKS = 20;

    private final BufferedReader in;
    private final Iterator<String> unread;
    private final ArrayDeque<String> ahead = new ArrayDeque<>();
    private final BitSet linesNotUtf8 = new BitSet();
    private final Iterator<Row> rows =
            lines().map(this::row).filter(Objects::nonNull).iterator();
    private CSVFormat format = CSVFormat.DEFAULT;
    private int width;
    private int lastLine;

    private RowReader(InputStream file) throws IOException {
        BOMInputStream bytes = BOMInputStream.builder()
                .setInputStream(file)
                .setByteOrderMarks(ByteOrderMark.UTF_8, ByteOrderMark.UTF_16LE, ByteOrderMark.UTF_16BE)
                .get();
        boolean isUtf16 = bytes.hasBOM() && !bytes.hasBOM(ByteOrderMark.UTF_8);
        // else a byte becomes a char for now, because each line may have an encoding of its own
        in = new BufferedReader(new InputStreamReader(bytes, isUtf16 ? bytes.getBOMCharsetName() : "ISO-8859-1"));
        unread = in.lines().map(line -> isUtf16 ? line : decoded(line)).iterator();
    }

    /** The rows that come with the demo. */
    static RowReader bundled() throws RefusalException {
        return open("campaign.csv", () -> RowReader.class.getResourceAsStream("/campaign.csv"));
    }

    /** @throws RefusalException if there is no such file, and as {@link #open} */
    public static RowReader file(Path file) throws RefusalException {
        if (!Files.isRegularFile(file)) {
            throw new RefusalException("-Dcampaign.file is '%s', and there is no such file".formatted(file));
        }
        return open(String.valueOf(file.getFileName()), () -> Files.newInputStream(file));
    }

    /**
     * Reads the line that names the columns.
     *
     * @param source the file's name, for sentences
     * @throws RefusalException if it can't be read, its first line does not name the columns, or no row is below that
     */
    static RowReader open(String source, IOSupplier<InputStream> file) throws RefusalException {
        InputStream in = null;
        try {
            in = file.get();
            RowReader reader = new RowReader(in);
            reader.readHeader();
            return reader;
        } catch (RefusalException | IOException | UncheckedIOException e) {
            IOUtils.closeQuietly(in);
            String why = e instanceof RefusalException ? "%s" : "can't be read (%s)";
            throw new RefusalException(source + " " + why.formatted(e.getMessage()));
        }
    }

    private void readHeader() throws RefusalException {
        String first = headerLine();
        Matcher separator = SEPARATOR.matcher(first);
        String header = separator.matches() ? headerLine() : first;
        // spreadsheets write semicolons in countries that write 1.000,50
        Stream<String> usual = Stream.of(",", ";", "\t").sorted(comparing(mark -> -header.split(mark, -1).length));
        String delimiter =
                separator.matches() ? separator.group(1) : usual.toList().get(0);
        format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(false)
                .setIgnoreSurroundingSpaces(true)
                .get();
        CSVRecord cells = cells(header);
        List<String> names = columnsOf(cells == null ? List.of(header) : cells.toList());
        format = format.builder().setHeader(names.toArray(String[]::new)).get();
        width = cells == null ? 1 : cells.size();
        if (!hasNext()) {
            throw new RefusalException("has no rows below the line that names the columns");
        }
    }

    private String headerLine() {
        return lines().filter(line -> !BLANK.matcher(line).matches())
                .findFirst()
                .orElse("");
    }

    private static List<String> columnsOf(List<String> cells) throws RefusalException {
        List<String> named = new ArrayList<>(cells);
        while (!named.isEmpty() && named.get(named.size() - 1).isBlank()) {
            named.remove(named.size() - 1);
        }
        List<String> names = new ArrayList<>();
        for (String cell : named) {
            // in a file without names this may be somebody's number or text, which is not shown
            boolean isShown = cell.matches("[\\p{L}\\p{P}\\p{Zs}]{0,30}");
            String shown = isShown ? "'" + cell + "'" : "number " + (names.size() + 1);
            Stream<String> same = Stream.of(KNOWN.split(", ")).filter(cell.strip()::equalsIgnoreCase);
            names.add(same.findFirst()
                    .orElseThrow(() -> new RefusalException(
                            "has a column %s, which is unknown: its first line may name %s".formatted(shown, KNOWN))));
        }
        for (String required : List.of("phone", "body")) {
            if (!names.contains(required)) {
                throw new RefusalException("has no column '%s': its first line must name phone, body, and may name %s"
                        .formatted(required, OPTIONAL));
            }
        }
        if (names.stream().distinct().count() < names.size()) {
            throw new RefusalException("names a column twice in its first line");
        }
        return names;
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public Row next() {
        return rows.next();
    }

    /** The rows in lists of some hundred. Camel's own {@code collate} does it once, and wrongly when it is asked again. */
    public GroupIterator batches() {
        return new GroupIterator(this, 500);
    }

    /** What a person should look at in the lines read so far, in few sentences without the file's words. */
    public List<String> remarks() {
        int more = linesNotUtf8.cardinality() - MOST_REMARKS;
        Stream<String> rest = Stream.of(more + " more lines are not UTF-8 and were read as Windows-1252.");
        Stream<String> first = linesNotUtf8.stream().limit(MOST_REMARKS).mapToObj(NOT_UTF8::formatted);
        return Stream.concat(first, rest.limit(more > 0 ? 1 : 0)).toList();
    }

    /** What separates its cells. */
    String separator() {
        return format.getDelimiterString();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private Stream<String> lines() {
        return Stream.generate(this::nextLine).takeWhile(Objects::nonNull);
    }

    private @Nullable String nextLine() {
        String line = ahead.isEmpty() && unread.hasNext() ? unread.next() : ahead.poll();
        lastLine++;
        return line;
    }

    private String decoded(String bytes) {
        String text = new String(bytes.getBytes(ISO_8859_1), UTF_8);
        if (new String(text.getBytes(UTF_8), ISO_8859_1).equals(bytes)) {
            return text;
        }
        linesNotUtf8.set(lastLine + ahead.size() + 1);
        return new String(bytes.getBytes(ISO_8859_1), Charset.forName("windows-1252"));
    }

    /** The row that begins with a line, and may go on in the next ones; null if the line is blank. */
    private @Nullable Row row(String line) {
        int number = lastLine;
        CSVRecord cells = cells(line);
        if (cells != null) {
            return row(number, cells);
        }
        while (ahead.size() < MOST_LINES_OF_A_ROW && unread.hasNext()) {
            ahead.add(unread.next());
        }
        String text = line + "\n" + String.join("\n", ahead);
        cells = cells(text);
        Row row = cells == null ? null : row(number, cells);
        long count = cells == null ? 1 : cells.getParser().getCurrentLineNumber();
        boolean isClosed = hasOpenQuote(text.lines().limit(1))
                && !hasOpenQuote(text.lines().limit(count));
        if (!isClosed || row == null || row.problem() != null || holdsAnotherRow(cells)) {
            return new Row(number, "", null, Map.of(), WRONG_QUOTE);
        }
        lines().limit(count - 1).forEach(taken -> {});
        return row;
    }

    private static boolean hasOpenQuote(Stream<String> lines) {
        return lines.flatMapToInt(String::chars).filter(c -> c == '"').count() % 2 == 1;
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
        boolean isImage = fields.getOrDefault("messageType", "").strip().equalsIgnoreCase("image");
        // a text that held the delimiter may go on in the cells behind, where only an image has any
        boolean isCut =
                cells.size() != width && !isImage && (fields.containsKey("filename") || fields.containsKey("caption"));
        if (cells.stream().skip(columns).allMatch(String::isBlank) && !isCut) {
            return new Row(number, who, id == null ? null : id.strip(), fields, null);
        }
        String delimiter = separator().replace("\t", "tab");
        return new Row(number, who, null, Map.of(), WRONG_COUNT.formatted(cells.size(), columns, delimiter));
    }

    /** The cells of the first row of a text, or null if it can't be read. */
    private @Nullable CSVRecord cells(String text) {
        try (CSVParser parser = CSVParser.parse(text + "\n", format)) {
            CSVRecord first = parser.iterator().next();
            return first.stream().anyMatch(cell -> cell.indexOf('\0') >= 0) ? null : first;
        } catch (IOException | UncheckedIOException e) {
            return null;
        }
    }
}
