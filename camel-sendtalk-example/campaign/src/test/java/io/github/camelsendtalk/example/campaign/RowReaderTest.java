package io.github.camelsendtalk.example.campaign;

import static io.github.camelsendtalk.example.campaign.TestCampaign.HEADER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people's CSV files look like, and what is made of them. */
class RowReaderTest {

    private static final String GOOD = "Sari,0824-1187-4325,text,Halo,,\n";

    @Test
    void rowBecomesTheMessageThatTheComponentTakes() throws RefusalException {
        Row row = read(HEADER + "Rina,0834 5597 6641,image,https://example.com/a.jpg,a.jpg,Halo\n")
                .get(0);

        assertThat(row.line()).isEqualTo(2);
        assertThat(row.name()).isEqualTo("Rina");
        assertThat(row.message())
                .isEqualTo(Map.of(
                        "phone", "0834 5597 6641",
                        "messageType", "image",
                        "body", "https://example.com/a.jpg",
                        "filename", "a.jpg",
                        "caption", "Halo"));
    }

    @Test
    void emptyCellSaysNothingButAnEmptyPhoneIsKeptForTheComponentToRefuse() throws RefusalException {
        assertThat(read(HEADER + "Sari,,,Halo,,\n").get(0).message()).isEqualTo(Map.of("phone", "", "body", "Halo"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFF" + HEADER + GOOD,
                "name;phone;messageType;body;filename;caption\nSari;0824-1187-4325;text;Halo;;\n",
                "\uFEFFname;phone;messageType;body\r\nSari;0824-1187-4325;text;Halo\r\n",
                "\n \nNAME , Phone,messagetype, BODY\nSari , 0824-1187-4325 , text,Halo\n",
                "body,messageType,phone,name\nHalo,text,0824-1187-4325,Sari\n",
                "\"name\",\"phone\",\"messageType\",\"body\"\n\"Sari\",\"0824-1187-4325\",\"text\",\"Halo\""
            })
    void fileMayBeWrittenInManyWays(String csv) throws RefusalException {
        List<Row> rows = read(csv);

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).name()).isEqualTo("Sari");
        assertThat(rows.get(0).key()).isEqualTo(read(HEADER + GOOD).get(0).key());
    }

    @Test
    void textMayHoldLineBreaksSeparatorsAndQuotes() throws RefusalException {
        List<Row> rows = read(HEADER + "Sari,0824-1187-4325,text,\"Halo,\r\n\r\n\"\"apa kabar\"\"?\",,\r\n" + GOOD);

        assertThat(rows).extracting(Row::line).containsExactly(2, 5);
        assertThat(rows.get(0).message()).containsEntry("body", "Halo,\n\n\"apa kabar\"?");
    }

    @Test
    void emptyLinesAreNoRowsAndCountAsLines() throws RefusalException {
        assertThat(read(HEADER + "\n,,,,,\n  \n" + GOOD)).extracting(Row::line).containsExactly(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Budi,0825-2296-4417,text,Halo, Pak Budi,,",
                "Budi,0825-2296-4417,text,Halo",
                "Budi,0825-2296-4417,text,\"Halo,,",
                "Budi,0825-2296-4417,text,\"Halo\" Pak,,",
                "\"",
            })
    void wrongRowHasItsLineNumberAndTheOthersAreRead(String wrong) throws RefusalException {
        List<Row> rows = read(HEADER + GOOD + wrong + "\n" + GOOD + GOOD);

        assertThat(rows).extracting(Row::line).containsExactly(2, 3, 4, 5);
        assertThat(rows.get(1).problem()).isNotNull();
        assertThat(rows).filteredOn(row -> row.problem() == null).hasSize(3);
    }

    @Test
    void quoteThatIsForgottenAtTheEndSpoilsOneRow() throws RefusalException {
        List<Row> rows = read(HEADER + GOOD + "Budi,0825-2296-4417,text,\"Halo");

        assertThat(rows.get(1).line()).isEqualTo(3);
        assertThat(rows.get(1).problem()).contains("quote");
    }

    @Test
    void twoForgottenQuotesNeverPutOnePersonsRowIntoAnothersMessage() throws RefusalException {
        List<Row> rows = read(
                HEADER + "Budi,0825-2296-4417,text,\"Halo\n" + GOOD + "Dewi,0826-3375-4428,text,Halo\",,\n" + GOOD);

        assertThat(rows).extracting(Row::line).containsExactly(2, 3, 4, 5);
        assertThat(rows.get(0).problem()).contains("quote");
        assertThat(rows.get(1).message()).containsEntry("body", "Halo");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name,phone,messageType              | test.csv has no column 'body': its first line must name name, phone, messageType, body, and may name filename, caption
            Sari,0824-1187-4325,text,Halo       | test.csv has a column 'Sari', which is unknown: its first line may name name, phone, messageType, body, filename, caption
            name,phone,messageType,body,message | test.csv has a column 'message', which is unknown: its first line may name name, phone, messageType, body, filename, caption
            name,phone,phone,messageType,body   | test.csv names a column twice in its first line
            name,phone,messageType,body         | test.csv has no rows below the line that names the columns
            """)
    void fileWithoutTheRightColumnsIsRefusedInOneSentence(String header, String sentence) {
        assertThatThrownBy(() -> read(header + "\n"))
                .isInstanceOf(RefusalException.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\uFEFF"})
    void emptyFileIsRefused(String csv) {
        assertThatThrownBy(() -> read(csv)).isInstanceOf(RefusalException.class);
    }

    @Test
    void fileThatIsNotUtf8IsRefused() {
        byte[] latin1 = (HEADER + "José,0824-1187-4325,text,Halo,,\n").getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> RowReader.rows("test.csv", latin1))
                .isInstanceOf(RefusalException.class)
                .hasMessageContaining("is not UTF-8");
    }

    private static List<Row> read(String csv) throws RefusalException {
        return RowReader.rows("test.csv", csv.getBytes(StandardCharsets.UTF_8));
    }
}
