package io.github.camelsendtalk.example.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a process that runs says to a probe. */
class HealthTest {

    private static final String NO_BALANCE = "6281212340002";
    private static final String PHONE = "6281298765432";
    private static final String CODE = "493817";

    @RegisterExtension
    static SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    private OperatedCampaign campaign;

    @BeforeEach
    void start() {
        campaign = new OperatedCampaign(sandbox);
    }

    @AfterEach
    void stop() {
        campaign.close();
    }

    @Test
    void anEmptyBalanceIsSaidWithItsReasonUntilItIsToppedUp() {
        campaign.insert(Map.of("phone", quoted(NO_BALANCE), "body", quoted("Your code is " + CODE)));

        campaign.awaitComplaint("gate", "SendTalkInsufficientBalanceException", "The balance is insufficient");
        assertThat(campaign.complaints()).doesNotContain(NO_BALANCE, CODE);
        assertThat(campaign.isAlive()).as("nothing is to be killed for it").isTrue();

        campaign.clear();
        campaign.awaitUp();
    }

    @Test
    void aLaneThatWaitsBecauseSendTalkAskedForItIsWell() {
        campaign.closeGate("campaign", "SendTalkRateLimitException", "1 h");

        campaign.awaitFigure(
                "campaign_gate_closed", Map.of("exception", "SendTalkRateLimitException"), value -> value.isEqualTo(1));
        assertThat(campaign.isUp()).isTrue();
    }

    @Test
    void aWorkerThatCannotWriteDownWhatBecameOfRowsSaysWhy() {
        campaign.jdbc().execute("ALTER TABLE message ADD CONSTRAINT broken CHECK (state <> 'SENT')");
        campaign.insert(Map.of("phone", quoted(PHONE), "body", quoted("Your code is " + CODE)));

        campaign.awaitComplaint("worker", "can't be written down", "broken");
        assertThat(campaign.complaints()).doesNotContain(PHONE, CODE);
        assertThat(campaign.isAlive()).as("to kill it would park its rows").isTrue();
        campaign.awaitFigure("campaign_worker_claiming", Map.of(), value -> value.isEqualTo(0));
    }

    @Test
    void aRowThatIsOnItsWayForLongerThanACallTakesIsSaid() {
        campaign.insert(Map.of(
                "state", "'SENDING'",
                "worker", "(SELECT name FROM worker)",
                "claimed_at", "now() - interval '100 s'"));

        campaign.awaitComplaint("worker", "A row was claimed at", "not written down");
    }

    @Test
    void aRowThatALivingWorkerHasForgottenIsParked() {
        campaign.insert(Map.of(
                "key", "'forgotten'",
                "state", "'SENDING'",
                "worker", "(SELECT name FROM worker)",
                "claimed_at", "now() - interval '16 min'"));

        await().atMost(Duration.ofSeconds(60))
                .until(() -> campaign.jdbc()
                        .queryForList("SELECT state FROM message WHERE key = 'forgotten'", String.class)
                        .contains("PARKED"));
        campaign.awaitUp();
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsSaidUntilItDoes() {
        campaign.shutDatabase();
        try {
            campaign.awaitComplaint("database", "has given no figures for");
            assertThat(campaign.isAlive()).as("to kill it would park its rows").isTrue();
        } finally {
            campaign.openDatabase();
        }
        campaign.awaitUp();
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }
}
