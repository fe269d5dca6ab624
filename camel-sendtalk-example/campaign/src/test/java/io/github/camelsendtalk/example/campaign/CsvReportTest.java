package io.github.camelsendtalk.example.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The report as a spreadsheet opens it. */
class CsvReportTest {

    private static final String MARK = "\uFEFF";

    @TempDir
    static Path folder;

    private static ReportedCampaign campaign;

    @BeforeAll
    static void openDatabase() throws Exception {
        campaign = new ReportedCampaign();
    }

    @AfterAll
    static void closeDatabase() {
        campaign.close();
    }

    @BeforeEach
    void clear() {
        campaign.clear();
    }

    @Test
    void eachRowIsALineWithWhatBecameOfIt() throws IOException {
        campaign.addOneOfEach();

        List<CSVRecord> lines = read(written(","), ",");

        assertThat(lines.get(0).getParser().getHeaderNames())
                .containsExactly(
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
                        "what to do");
        assertThat(lines.get(0).toList())
                .containsExactly("2", "Sari", "text", "sent", "this", "m-2", "sent", "100", "IDR", "", "", "");
        assertThat(lines.get(8).toList())
                .containsExactly(
                        "10",
                        "Maya",
                        "text",
                        "unknown",
                        "this",
                        "",
                        "",
                        "",
                        "",
                        "SendTalkTimeoutException",
                        "No answer. More for routes.",
                        "Ask Maya whether it arrived. If so: -Dcampaign.arrived=10, if not: -Dcampaign.again=10");
        assertThat(lines.stream().map(line -> line.get(3)))
                .containsExactly(
                        "sent",
                        "accepted",
                        "on its way",
                        "not begun",
                        "not sent",
                        "not delivered",
                        "refused",
                        "expired",
                        "unknown",
                        "parked",
                        "wrong",
                        "repeated");
    }

    @Test
    void neitherNumberNorTextIsInIt() throws IOException {
        campaign.addOneOfEach();

        assertThat(written(","))
                .doesNotContain(ReportedCampaign.PHONE)
                .doesNotContain(ReportedCampaign.TEXT)
                .contains("Maya");
    }

    @Test
    void spreadsheetsKnowItsLetters() throws IOException {
        campaign.add(2, "Nyi Roro Kidul ✓ é", "UNKNOWN");

        assertThat(written(",")).startsWith(MARK + "line,who");
        assertThat(read(written(","), ",").get(0).get("who")).isEqualTo("Nyi Roro Kidul ✓ é");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=HYPERLINK(\"http://evil.example\",\"Sari\")",
                "+62 812",
                "-1",
                "@SUM(1)",
                "\t=1",
                "\tSari",
                "\r=1",
                "\n=1",
                "  =1",
                "\"=1",
                "' =1",
                "\"\"=1",
                "＝1",
                "＋1",
                "－1",
                "＠1",
                "Sari;=1",
                "Sari,=1",
                "Sari\t=1",
                "Sari\n=1",
                "Sari\r\n=1",
                "Sari; \"=1",
                "Sari;\"\"=1",
                "Sari\",=1",
                "\"Sari\";=1",
                ";;=1",
                "=1;=1",
            })
    void noCellBecomesAFormula(String who) throws IOException {
        campaign.add(2, who, "UNKNOWN", "message_id", "'=1'", "status", "'@1'", "currency", "'+1'", "reason", "'-1'");

        for (String separator : List.of(",", ";", "\t")) {
            String report = written(separator);
            // a spreadsheet may know another separator than the file has
            for (String other : List.of(",", ";", "\t")) {
                assertThat(read(report, other))
                        .allSatisfy(line ->
                                assertThat(line.toList()).noneMatch(cell -> cell.matches("(?s)[\\s\"]*[=+@＝＋＠－-].*")));
            }
            assertThat(read(report, separator).get(0).get("who").replace("'", ""))
                    .as("nothing but apostrophes is put in")
                    .isEqualTo(who.replace("'", ""));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Sari", "Sari-Ayu", "Ayu - Sari", "Sari = Ayu", "ayu@example.com", "O'Hara, \"Sari\"; 'Ayu'", ""
            })
    void otherNamesStayAsTheyAre(String who) throws IOException {
        campaign.add(2, who, "UNKNOWN");

        assertThat(read(written(";"), ";").get(0).get("who")).isEqualTo(who);
    }

    @Test
    void whereSemicolonsSeparateCellsACommaSeparatesDecimals() throws IOException {
        campaign.addSent(1, "12.50", "USD");

        assertThat(read(written(";"), ";").get(0).get("price")).isEqualTo("12,5");
        assertThat(read(written(","), ",").get(0).get("price")).isEqualTo("12.5");
    }

    @Test
    void whatNoSpreadsheetSeparatesWithIsNotUsed() throws IOException {
        assertThat(written("|")).startsWith(MARK + "line,who,what");
        assertThat(written("'")).startsWith(MARK + "line,who,what");
    }

    @ParameterizedTest
    @CsvSource({
        "'phone,body',','",
        "phone;body,;",
        "'phone\tbody','\t'",
        "'sep=;\nphone;body',;",
        "'sep=|\nphone|body',|"
    })
    void theSeparatorOfAFileIsKnown(String header, String separator) throws Exception {
        byte[] file = (header + "\n0812\n").getBytes(UTF_8);

        try (RowReader rows = RowReader.open("own.csv", () -> new ByteArrayInputStream(file))) {
            assertThat(rows.separator()).isEqualTo(separator);
        }
    }

    @Test
    void aCampaignLeavesItsReportsAsItsFileWas(@TempDir Path target) throws IOException {
        Path file = Files.writeString(
                target.resolve("own.csv"), "name;phone;body\nSari Wulandari;0824-1187-4325;Halo\nBudi;12;Halo\n");
        ByteArrayOutputStream screen = new ByteArrayOutputStream();

        CampaignMain.run(
                Map.of(),
                Map.of(
                        "campaign.file",
                        file.toString(),
                        "campaign.target",
                        target.toString(),
                        "db.url",
                        new TestDatabase().url()),
                new PrintStream(screen, true, UTF_8),
                System.err,
                begun -> {});

        assertThat(screen.toString(UTF_8)).contains("campaign-report.csv", "campaign-report.html");
        assertThat(Files.readString(target.resolve("campaign-report.csv"))).startsWith(MARK + "line;who;");
        assertThat(Files.readString(target.resolve("campaign-report.html")))
                .contains("\"campaign\" : \"campaign\"", "Budi", "\"outcome\":\"sent\"")
                .doesNotContain("http-equiv=\"refresh\"");
    }

    private static String written(String separator) throws IOException {
        Path file = folder.resolve("report.csv");
        new Report(campaign.database()).write(file, separator);
        return Files.readString(file);
    }

    private static List<CSVRecord> read(String report, String separator) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setHeader()
                .setAllowMissingColumnNames(true)
                .setTrailingData(true)
                .setLenientEof(true)
                .get();
        try (CSVParser parser = CSVParser.parse(report.replaceFirst(MARK, ""), format)) {
            return parser.getRecords();
        }
    }
}
