package io.github.camelsendtalk.example.campaign;

import static io.github.camelsendtalk.example.campaign.SourceRun.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The source {@code table}, with a table of a shop. */
@Timeout(300)
class TableSourceTest {

    private static final Map<String, String> SETTINGS = Map.of("table.delay", "100");

    private SourceRun run;

    @BeforeEach
    void start() throws Exception {
        run = new SourceRun();
        run.update(Database.sql("customer-notice.sql"));
        run.start(SETTINGS, "enqueue", "sources/table");
    }

    @AfterEach
    void stop() {
        run.close();
    }

    private void note(String phone, String kind, String notice) {
        run.update(
                "INSERT INTO customer_notice (customer_name, customer_phone, kind, notice) VALUES ('Sari', ?, ?, ?)",
                phone,
                kind,
                notice);
    }

    private List<String> refusals() {
        return run.query(
                "SELECT coalesce(refusal, 'taken') FROM customer_notice WHERE read_at IS NOT NULL ORDER BY id");
    }

    private void awaitRefusals(String... refusals) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(refusals()).containsExactly(refusals));
    }

    @Test
    void aRowIsARowWithTheLaneOfItsKind() {
        note("0812-3456-7890", "otp", "Kode 482913");
        note("0812-3456-7891", "text", "Halo");

        awaitRefusals("taken", "taken");
        run.awaitRows("table|1|code|6281234567890|Kode 482913", "table|2|campaign|6281234567891|Halo");
        assertThat(run.query("SELECT DISTINCT who FROM message")).containsExactly("Sari");
    }

    @Test
    void theTimeOfACodeBeginsWhenItsRowWasMade() {
        run.update("INSERT INTO customer_notice (customer_phone, kind, notice, created_at)"
                + " VALUES ('0812-3456-7890', 'otp', 'Kode 482913', now() - interval '1 h')");

        awaitRefusals("taken");
        assertThat(
                        run.query(
                                "SELECT abs(EXTRACT(epoch FROM m.expires_at - n.created_at) - 300) < 0.01 FROM message m, customer_notice n"))
                .containsExactly("t");
    }

    @Test
    void aRowThatCanNeverBeSentIsToldSoAndTheNextOneIsTaken() {
        note("0812-34", "otp", "Kode 482913");
        note("0812-3456-7890", "otp", "Kode 482913");

        awaitRefusals("The phone number is too short.", "taken");
        run.awaitRows("table|2|code|6281234567890|Kode 482913");
    }

    @Test
    void aRowThatIsChangedAfterItWasTakenIsAnotherMessageAndTheFirstOneStands() {
        note("0812-3456-7890", "otp", "Kode 482913");
        awaitRefusals("taken");

        run.update("UPDATE customer_notice SET notice = 'Kode 993311', read_at = NULL");

        awaitRefusals("Its key is that of another message (row 1), which stands.");
        run.awaitRows("table|1|code|6281234567890|Kode 482913");
    }

    @Test
    void aRowIsReadAgainIfTheProcessDiesBeforeItsMarkAndItIsOneRow() throws Exception {
        AtomicInteger ends = run.failOnceAtTheEndOf("enqueue");

        note("0812-3456-7890", "otp", "Kode 482913");
        note("0812-3456-7891", "text", "Halo");

        awaitRefusals("taken", "taken");
        assertThat(ends.get()).isEqualTo(3);
        run.awaitRows("table|1|code|6281234567890|Kode 482913", "table|2|campaign|6281234567891|Halo");
    }

    @Test
    void rowsWaitWhileTheDatabaseIsAway() {
        run.stop();
        note("0812-3456-7890", "otp", "Kode 482913");
        run.takeTheDatabaseAway();
        run.start(SETTINGS, "enqueue", "sources/table");
        await().atMost(PATIENCE)
                .until(() -> run.context().getInflightRepository().size("table") == 1);
        run.bringTheDatabaseBack();

        awaitRefusals("taken");
        run.awaitRows("table|1|code|6281234567890|Kode 482913");
    }
}
