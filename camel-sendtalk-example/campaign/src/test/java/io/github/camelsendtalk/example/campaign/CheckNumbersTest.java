package io.github.camelsendtalk.example.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What {@code check-numbers.sql} says of a campaign, asked of a real database through Camel. */
class CheckNumbersTest {

    private static EmbeddedPostgres postgres;
    private static DefaultCamelContext camel;
    private static JdbcTemplate database;

    private int lastLine = 1;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        camel = new DefaultCamelContext();
        camel.getRegistry().bind("database", postgres.getPostgresDatabase());
        camel.start();
        database = new JdbcTemplate(postgres.getPostgresDatabase());
        database.execute(
                "CREATE TABLE reading (account text, campaign text, line int, phone text, message_type text, body text)");
    }

    @AfterAll
    static void stop() throws Exception {
        camel.close();
        postgres.close();
    }

    @BeforeEach
    void empty() {
        database.execute("TRUNCATE reading");
    }

    @Test
    void usualCampaignGivesNoReasonForASentence() {
        rows("may", 30, i -> "62824118743" + (10 + i), i -> "Halo " + i);
        rows("may", 9, i -> "6282522964417", i -> "Pesanan " + i);
        rows("may", 2, i -> "6282633750000", i -> "Halo " + i);
        rows("may", 20, i -> null, i -> "Halo " + i);

        assertThat(sentences("may")).isEmpty();
    }

    @Test
    void numberInManyRowsWithDifferentTextsIsSaidWithItsFirstLine() {
        rows("may", 2, i -> "62824118743" + (10 + i), i -> "Halo");
        rows("may", 10, i -> "6282411874325", i -> "Pesanan " + i);

        assertThat(sentences("may"))
                .containsExactly("The number 62***325 is in 10 rows with different texts, the first in line 4:"
                        + " if these are for different people, correct the column phone.");
    }

    @Test
    void sameTextToOneNumberIsNotCalledDifferent() {
        rows("may", 10, i -> "6282411874325", i -> "Halo");

        assertThat(sentences("may")).isEmpty();
    }

    @Test
    void rowsOfAnotherCampaignAreNotCounted() {
        rows("may", 9, i -> "6282411874325", i -> "Pesanan " + i);
        rows("june", 9, i -> "6282411874325", i -> "Tagihan " + i);
        rows("june", 5, i -> "6281230000000", i -> "Halo " + i);
        rows("may", 10, i -> "6282633754428", i -> "Halo");
        rows("june", 1, i -> "6282633754428", i -> "Apa kabar");
        rows("july", 3, i -> "62812345" + i + "0000", i -> "Halo");

        assertThat(sentences("may")).isEmpty();
        assertThat(sentences("july")).singleElement().asString().startsWith("3 of 3 numbers");
    }

    @Test
    void fiveNumbersAreSaidAndTheOthersCounted() {
        for (int number = 10; number < 18; number++) {
            String phone = "62824118743" + number;
            rows("may", number, i -> phone, i -> "Pesanan " + i);
        }

        List<String> sentences = sentences("may");

        assertThat(sentences).hasSize(6);
        assertThat(sentences.get(0)).startsWith("The number 62***317 is in 17 rows");
        assertThat(sentences.get(4)).startsWith("The number 62***313 is in 13 rows");
        assertThat(sentences.get(5)).isEqualTo("Further numbers that are in ten or more rows with different texts: 3");
    }

    @Test
    void whatIsNoNumberIsNotShown() {
        rows("may", 10, i -> "tanya ke Sari", i -> "Halo " + i);

        assertThat(sentences("may")).isEmpty();
    }

    @Test
    void numberThatASpreadsheetHasMadeOfManyIsSaidOnce() {
        rows("may", 20, i -> "62824118743" + (10 + i), i -> "Halo");
        rows("may", 12, i -> "6281234500000", i -> "Halo " + i);

        assertThat(sentences("may"))
                .containsExactly(
                        "12 of 32 numbers end in 0000, the first in line 22, as if a spreadsheet had rounded them;"
                                + " format the column phone as text there, and bring the numbers in anew, because what was"
                                + " rounded off is lost.");
    }

    @Test
    void columnOfWhichMostIsRoundedIsSaidThoughNoNumberIsThereTwice() {
        rows("may", 3, i -> "62824118743" + (10 + i), i -> "Halo");
        rows("may", 4, i -> "62812345" + i + "0000", i -> "Halo");

        assertThat(sentences("may"))
                .singleElement()
                .asString()
                .startsWith("4 of 7 numbers end in 0000, the first in line 5,");
    }

    @Test
    void twoNumbersThatReallyEndInZerosAreNoRoundedColumn() {
        rows("may", 2, i -> "62812345" + i + "0000", i -> "Halo");

        assertThat(sentences("may")).isEmpty();
    }

    private void rows(String campaign, int count, IntFunction<String> phone, IntFunction<String> body) {
        List<Object[]> rows = IntStream.range(0, count)
                .mapToObj(i -> new Object[] {campaign, ++lastLine, phone.apply(i), "text", body.apply(i)})
                .toList();
        database.batchUpdate("INSERT INTO reading VALUES ('shop', ?, ?, ?, ?, ?)", rows);
    }

    private static List<String> sentences(String campaign) {
        Properties names = new Properties();
        names.put("outbox.account", "shop");
        names.put("campaign.name", campaign);
        camel.getPropertiesComponent().setOverrideProperties(names);
        List<?> rows = camel.createProducerTemplate()
                .requestBody("sql:classpath:sql/check-numbers.sql?dataSource=#database", null, List.class);
        return rows.stream()
                .map(row -> (String) ((Map<?, ?>) row).get("sentence"))
                .toList();
    }
}
