package io.github.camelsendtalk.example.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people's CSV files look like, and what is made of them. */
class RowReaderTest {

    private static final String HEADER = "name,phone,messageType,body,filename,caption\n";
    private static final String GOOD = "Sari,0824-1187-4325,text,Halo,,\n";
    private static final Map<String, String> GOOD_FIELDS =
            Map.of("phone", "0824-1187-4325", "messageType", "text", "body", "Halo");
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    @Test
    void rowBecomesTheMessageThatTheComponentTakes() throws Exception {
        Row row = read(HEADER + "Rina,0834 5597 6641,image,https://example.com/a.jpg,a.jpg,Halo\n")
                .get(0);

        assertThat(row.line()).isEqualTo(2);
        assertThat(row.who()).isEqualTo("Rina");
        assertThat(row.id()).isNull();
        assertThat(row.problem()).isNull();
        assertThat(row.fields())
                .isEqualTo(Map.of(
                        "phone", "0834 5597 6641",
                        "messageType", "image",
                        "body", "https://example.com/a.jpg",
                        "filename", "a.jpg",
                        "caption", "Halo"));
    }

    @Test
    void emptyCellSaysNothingButAnEmptyPhoneIsKeptForTheComponentToRefuse() throws Exception {
        assertThat(read(HEADER + "Sari,,,Halo,,\n").get(0).fields()).isEqualTo(Map.of("phone", "", "body", "Halo"));
    }

    @Test
    void rowMayHaveAKeyOfItsOwn() throws Exception {
        List<Row> rows = read("ID,phone,body\n\" RJ-20466 \",0824-1187-4325,Halo\n,0825-2296-4417,Halo\n");

        assertThat(rows).extracting(Row::id).containsExactly("RJ-20466", null);
        assertThat(rows.get(0).fields()).doesNotContainKey("id");
    }

    @Test
    void nameAndTypeMayBeLeftOut() throws Exception {
        Row row = read("phone,body\n0824-1187-4325,Halo\n").get(0);

        assertThat(row.who()).isEmpty();
        assertThat(row.fields()).isEqualTo(Map.of("phone", "0824-1187-4325", "body", "Halo"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFF" + HEADER + GOOD,
                "name;phone;messageType;body;filename;caption\nSari;0824-1187-4325;text;Halo;;\n",
                "\uFEFFname;phone;messageType;body\r\nSari;0824-1187-4325;text;Halo\r\n",
                "name,phone,messageType,body\rSari,0824-1187-4325,text,Halo\r",
                "\n \nNAME , Phone,messagetype, BODY\nSari , 0824-1187-4325 , text,Halo\n",
                "body,messageType,phone,name\nHalo,text,0824-1187-4325,Sari\n",
                "\"name\",\"phone\",\"messageType\",\"body\"\n\"Sari\",\"0824-1187-4325\",\"text\",\"Halo\"",
                "caption\tname\tphone\tfilename\tmessageType\tbody\n\tSari\t0824-1187-4325\t\ttext\tHalo\n",
                "sep=;\nname;phone;messageType;body\nSari;0824-1187-4325;text;Halo\n",
                "\uFEFFSEP=|\r\n\r\nname|phone|messageType|body\r\nSari|0824-1187-4325|text|Halo\r\n",
                "\"sep=\t\"\nname\tphone\tmessageType\tbody\nSari\t0824-1187-4325\ttext\tHalo\n",
                "name,phone,messageType,body,,,\nSari,0824-1187-4325,text,Halo,,,\n",
                ",,,\nname,phone,messageType,body, ,\nSari,0824-1187-4325,text,Halo\n",
                HEADER + "Sari,0824-1187-4325,text,Halo\n",
                HEADER + "Sari,0824-1187-4325,text,Halo,\n",
                HEADER + "Sari,0824-1187-4325,text,Halo,,, ,,\n",
            })
    void fileMayBeWrittenInManyWays(String csv) throws Exception {
        List<Row> rows = read(csv);

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).problem()).isNull();
        assertThat(rows.get(0).who()).isEqualTo("Sari");
        assertThat(rows.get(0).fields()).isEqualTo(GOOD_FIELDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void unicodeTextOfASpreadsheetIsRead(Charset utf16) throws Exception {
        String text = "\uFEFFname\tphone\tbody\r\nJos\u00e9\t0824-1187-4325\tHalo \uD83D\uDE0A\r\n";

        try (RowReader reader = open(text.getBytes(utf16))) {
            Row row = reader.next();
            assertThat(row.line()).isEqualTo(2);
            assertThat(row.who()).isEqualTo("Jos\u00e9");
            assertThat(row.fields()).containsEntry("body", "Halo \uD83D\uDE0A");
            assertThat(reader.remarks()).isEmpty();
        }
    }

    @Test
    void lineThatNamesTheSeparatorCountsAsALine() throws Exception {
        assertThat(read("sep=,\n" + HEADER + GOOD)).extracting(Row::line).containsExactly(3);
    }

    @Test
    void missingCellsAreEmpty() throws Exception {
        List<Row> rows = read(HEADER + "Sari\nRina,0834 5597 6641,image,https://example.com/a.jpg,a.jpg\n");

        assertThat(rows).extracting(Row::problem).containsOnlyNulls();
        assertThat(rows.get(0).fields()).isEqualTo(Map.of("phone", ""));
        assertThat(rows.get(1).fields()).containsEntry("filename", "a.jpg").doesNotContainKey("caption");
    }

    @Test
    void columnsWithoutANameAreNoReasonToDoubtARow() throws Exception {
        Row row = read("name,phone,messageType,body,filename,caption,,\nSari,0824-1187-4325,text,Halo,a.jpg,,,\n")
                .get(0);

        assertThat(row.problem()).isNull();
        assertThat(row.fields()).containsEntry("filename", "a.jpg");
    }

    @Test
    void textMayHoldLineBreaksSeparatorsAndQuotes() throws Exception {
        List<Row> rows = read(HEADER + "Sari,0824-1187-4325,text,\"Halo,\r\n\r\n\"\"apa kabar\"\"?\",,\r\n" + GOOD);

        assertThat(rows).extracting(Row::line).containsExactly(2, 5);
        assertThat(rows.get(0).fields()).containsEntry("body", "Halo,\n\n\"apa kabar\"?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name,phone,messageType,body\nSari,0824-1187-4325,text,\"%s\"\n",
                HEADER + "Sari,0824-1187-4325,text,\"%s\"\n",
                "phone,body\n0824-1187-4325,\"%s\"\n",
                "body,phone\n\"%s\",0824-1187-4325\n",
            })
    void lineOfATextIsNotTakenForARow(String csv) throws Exception {
        String text = "Halo,\nkami pindah ke\nJl. Melati 3, Coblong, Bandung, 40123\nSenin, 09.00, 17.00, buka\nSalam,";

        List<Row> rows = read(csv.formatted(text));

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).fields()).containsEntry("body", text);
    }

    @Test
    void numberInALineOfATextDoesNotMakeItARow() throws Exception {
        List<Row> rows = read(HEADER + "Sari,0824-1187-4325,text,\"Hubungi\nAdmin, 0812-3456-7890\n\",,\n");

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).fields()).containsEntry("body", "Hubungi\nAdmin, 0812-3456-7890\n");
    }

    @Test
    void emptyLinesAreNoRowsAndCountAsLines() throws Exception {
        assertThat(read(HEADER + "\n,,,,,\n  \n,,,,,,,,\n" + GOOD))
                .extracting(Row::line)
                .containsExactly(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Budi,0825-2296-4417,text,Halo, Pak Budi,,",
                "Budi,0825-2296-4417,text,Halo, Pak Budi",
                "Budi,0825-2296-4417,,Halo, Pak, Budi,,,",
                "Budi,0825-2296-4417,image,https://example.com/a.jpg,a.jpg,Halo, Pak Budi",
                "Budi,0825-2296-4417,text,Halo,,,,Pak Budi",
                "Budi,0825-2296-4417,text,\"Halo,,",
                "Budi,0825-2296-4417,text,\"Halo\" Pak,,",
                "Budi,0825-2296-4417,text,Ha\0lo,,",
                "\"",
            })
    void wrongRowHasItsLineNumberAndTheOthersAreRead(String wrong) throws Exception {
        List<Row> rows = read(HEADER + GOOD + wrong + "\n" + GOOD + GOOD);

        assertThat(rows).extracting(Row::line).containsExactly(2, 3, 4, 5);
        assertThat(rows.get(1).problem()).isNotNull();
        assertThat(rows.get(1).fields()).isEmpty();
        assertThat(rows).filteredOn(row -> row.problem() == null).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",   | it has 7 cells and the first line names 6 columns; put a text that holds a ',' into quotes (\")",
                "TAB | it has 7 cells and the first line names 6 columns; put a text that holds a 'tab' into quotes (\")",
            })
    void separatorInATextWithoutQuotesIsSaid(String separator, String problem) throws Exception {
        String csv = HEADER + "Budi,0825-2296-4417,text,Halo,Pak Budi,,\n";

        assertThat(read(csv.replace(",", separator.replace("TAB", "\t"))).get(0).problem())
                .isEqualTo(problem);
    }

    @Test
    void quoteThatIsForgottenAtTheEndSpoilsOneRow() throws Exception {
        List<Row> rows = read(HEADER + GOOD + "Budi,0825-2296-4417,text,\"Halo");

        assertThat(rows.get(1).line()).isEqualTo(3);
        assertThat(rows.get(1).problem()).contains("quote");
    }

    @Test
    void linesThatMakeNoRowTogetherAreReadOneByOne() throws Exception {
        List<Row> rows = read(HEADER + "Budi,0825-2296-4417,text,\"Halo\nPak\",,,,Budi\n" + GOOD);

        assertThat(rows).extracting(Row::line).containsExactly(2, 3, 4);
        assertThat(rows).filteredOn(row -> row.problem() == null).hasSize(1);
    }

    @Test
    void quoteThatIsForgottenIsNotLookedForInTheWholeFile() throws Exception {
        AtomicInteger made = new AtomicInteger();
        Stream<String> lines = Stream.concat(
                Stream.of(HEADER, "Budi,0825-2296-4417,text,\"Halo,,\n"),
                Stream.generate(() -> GOOD).limit(100_000).peek(line -> made.incrementAndGet()));

        try (RowReader reader = open(streamed(lines))) {
            assertThat(reader.next().problem()).contains("quote");
            assertThat(reader.next().fields()).isEqualTo(GOOD_FIELDS);
            assertThat(made).hasValueLessThan(10_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GOOD, ""})
    void twoForgottenQuotesNeverPutOnePersonsRowIntoAnothersMessage(String between) throws Exception {
        List<Row> rows = read(
                HEADER + "Budi,0825-2296-4417,text,\"Halo\n" + between + "Dewi,0826-3375-4428,text,Halo\",,\n" + GOOD);

        assertThat(rows.get(0).problem()).contains("quote");
        assertThat(rows).hasSize(between.isEmpty() ? 3 : 4);
        assertThat(rows.get(rows.size() - 1).fields()).containsEntry("body", "Halo");
    }

    @Test
    void twoForgottenQuotesAreFoundWhereTheTextComesFirst() throws Exception {
        List<Row> rows = read("body,phone\n\"Halo,0825-2296-4417\nHalo\",0826-3375-4428\nHalo,0824-1187-4325\n");

        assertThat(rows).extracting(Row::line).containsExactly(2, 3, 4);
        assertThat(rows.get(0).problem()).contains("quote");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name,phone,messageType              | test.csv has no column 'body': its first line must name phone, body, and may name name, messageType, filename, caption, id
            Sari,0824-1187-4325,text,Halo       | test.csv has a column 'Sari', which is unknown: its first line may name phone, body, name, messageType, filename, caption, id
            phone,0824-1187-4325,body           | test.csv has a column number 2, which is unknown: its first line may name phone, body, name, messageType, filename, caption, id
            name,phone,messageType,body,message | test.csv has a column 'message', which is unknown: its first line may name phone, body, name, messageType, filename, caption, id
            phone,,body                         | test.csv has a column '', which is unknown: its first line may name phone, body, name, messageType, filename, caption, id
            name,phone,phone,messageType,body   | test.csv names a column twice in its first line
            name,phone,messageType,body         | test.csv has no rows below the line that names the columns
            """)
    void fileWithoutTheRightColumnsIsRefusedInOneSentence(String header, String sentence) {
        assertThatThrownBy(() -> read(header + "\n"))
                .isInstanceOf(RefusalException.class)
                .hasMessage(sentence);
    }

    @Test
    void spreadsheetThatIsNoTextIsRefused() {
        assertThatThrownBy(() -> read("PK\3\4\0\n"))
                .isInstanceOf(RefusalException.class)
                .hasMessageStartingWith("test.csv has a column number 1, which is unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\uFEFF", "sep=;\n", "phone,body\n \n,\n"})
    void emptyFileIsRefused(String csv) {
        assertThatThrownBy(() -> read(csv)).isInstanceOf(RefusalException.class);
    }

    @Test
    void lineThatIsNotUtf8IsReadAsWindows1252AndSaid() throws Exception {
        byte[] start = (HEADER + "Jos\u00e9,0824-1187-4325,text,Halo \u20ac,,\n").getBytes(UTF_8);
        byte[] end = "Jos\u00e9,0824-1187-4325,text,Halo \u20ac,,\n".getBytes(WINDOWS_1252);

        try (RowReader reader =
                open(new SequenceInputStream(new ByteArrayInputStream(start), new ByteArrayInputStream(end)))) {
            List<Row> rows = all(reader);
            assertThat(rows).extracting(Row::who).containsExactly("Jos\u00e9", "Jos\u00e9");
            assertThat(rows).extracting(row -> row.fields().get("body")).containsOnly("Halo \u20ac");
            assertThat(reader.remarks())
                    .containsExactly("Line 3 is not UTF-8 and was read as Windows-1252: look at its letters"
                            + " (in a spreadsheet, save as 'CSV UTF-8').");
        }
    }

    @Test
    void lineWithinATextIsSaidByItsOwnNumber() throws Exception {
        byte[] csv = ("phone,body\n0824-1187-4325,\"Halo\nJos\u00e9\n\"\n").getBytes(WINDOWS_1252);

        try (RowReader reader = open(csv)) {
            assertThat(reader.next().fields()).containsEntry("body", "Halo\nJos\u00e9\n");
            assertThat(reader.remarks()).singleElement().asString().startsWith("Line 3 ");
        }
    }

    @Test
    void remarksAreFewHoweverManyLinesAreNotUtf8() throws Exception {
        byte[] csv = (HEADER + "Jos\u00e9,0824-1187-4325,text,Halo,,\n".repeat(60)).getBytes(WINDOWS_1252);

        try (RowReader reader = open(csv)) {
            assertThat(all(reader)).hasSize(60);
            assertThat(reader.remarks())
                    .hasSize(21)
                    .last()
                    .isEqualTo("40 more lines are not UTF-8 and were read as Windows-1252.");
        }
    }

    @Test
    void fileThatIsRefusedIsClosed() {
        ClosedOrNot in = new ClosedOrNot("name\n".getBytes(UTF_8));

        assertThatThrownBy(() -> open(in)).isInstanceOf(RefusalException.class);

        assertThat(in.closed).isTrue();
    }

    @Test
    void fileIsClosedWithItsReader() throws Exception {
        ClosedOrNot in = new ClosedOrNot((HEADER + GOOD).getBytes(UTF_8));

        open(in).close();

        assertThat(in.closed).isTrue();
    }

    @Test
    void fileThatCannotBeReadToItsEndIsNotTakenForAShortOne() throws Exception {
        InputStream broken =
                new SequenceInputStream(new ByteArrayInputStream((HEADER + GOOD).getBytes(UTF_8)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("disk gone");
                    }
                });

        try (RowReader reader = open(broken)) {
            assertThat(reader.next().problem()).isNull();
            assertThatThrownBy(reader::hasNext)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("disk gone");
        }
    }

    @Test
    void fileThatDoesNotExistIsRefused(@TempDir Path folder) {
        assertThatThrownBy(() -> RowReader.file(folder.resolve("none.csv")))
                .isInstanceOf(RefusalException.class)
                .hasMessageEndingWith("none.csv', and there is no such file");
    }

    @Test
    void fileIsNamedInItsRefusal(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("own.csv"), "name\n");

        assertThatThrownBy(() -> RowReader.file(file)).hasMessageStartingWith("own.csv has no column 'phone'");
    }

    @Test
    void bundledRowsAreReadWithOneProblem() throws Exception {
        try (RowReader reader = RowReader.bundled()) {
            List<Row> rows = all(reader);
            assertThat(rows).hasSize(41);
            assertThat(rows)
                    .filteredOn(row -> row.problem() != null)
                    .extracting(Row::line)
                    .containsExactly(41);
            assertThat(reader.remarks()).isEmpty();
        }
    }

    @Test
    void textFormOfARowTellsNothingOfThePersonAndTheMessage() throws Exception {
        List<Row> rows =
                read("name,phone,body,id\nSari,0824-1187-4325,Halo,RJ-1\nBudi,0825-2296-4417,Halo, Pak,RJ-2\n");

        assertThat(rows.get(0)).hasToString("Row[line=2, problem=null]");
        assertThat(rows.get(1).toString()).contains("line=3", "5 cells").doesNotContain("Budi", "0825", "Halo", "RJ");
    }

    private static final class ClosedOrNot extends ByteArrayInputStream {

        private boolean closed;

        private ClosedOrNot(byte[] bytes) {
            super(bytes);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static List<Row> read(String csv) throws Exception {
        try (RowReader reader = open(csv.getBytes(UTF_8))) {
            return all(reader);
        }
    }

    private static List<Row> all(RowReader reader) {
        List<Row> rows = new ArrayList<>();
        reader.forEachRemaining(rows::add);
        return rows;
    }

    private static RowReader open(byte[] csv) throws RefusalException {
        return open(new ByteArrayInputStream(csv));
    }

    private static RowReader open(InputStream csv) throws RefusalException {
        return RowReader.open("test.csv", () -> csv);
    }

    /** A file whose lines are made when they are asked for. */
    private static InputStream streamed(Stream<String> lines) {
        Iterator<InputStream> each = lines.<InputStream>map(line -> new ByteArrayInputStream(line.getBytes(UTF_8)))
                .iterator();
        return new SequenceInputStream(new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return each.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return each.next();
            }
        });
    }
}
