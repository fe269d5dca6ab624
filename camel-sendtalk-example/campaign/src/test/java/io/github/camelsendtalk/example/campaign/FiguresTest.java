package io.github.camelsendtalk.example.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process that runs shows to Prometheus. */
class FiguresTest {

    private static final String REFUSED = "'6281212340001'";

    @RegisterExtension
    static SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    private static OperatedCampaign campaign;

    @BeforeAll
    static void start() {
        campaign = new OperatedCampaign(sandbox);
    }

    @AfterAll
    static void stop() {
        campaign.close();
    }

    @AfterEach
    void clear() {
        campaign.clear();
    }

    @Test
    void rowsThatAreOpenOrWaitForAPersonAreCountedByLaneAndState() {
        campaign.insert(Map.of("not_before", "now() + interval '1 h'"));
        campaign.insert(Map.of("not_before", "now() + interval '1 h'"));
        campaign.insert(Map.of("state", "'SENDING'", "worker", "'another'", "claimed_at", "now()", "lane", "'code'"));
        campaign.insert(Map.of("state", "'UNKNOWN'"));
        campaign.insert(Map.of("state", "'PARKED'", "lane", "'code'"));

        assertRows("campaign", "QUEUED", 2);
        assertRows("code", "QUEUED", 0);
        assertRows("code", "SENDING", 1);
        assertRows("campaign", "UNKNOWN", 1);
        assertRows("code", "PARKED", 1);
        assertRows("campaign", "PARKED", 0);
    }

    @Test
    void rowsOfAnotherAccountAreNotCounted() {
        campaign.insert(Map.of("state", "'UNKNOWN'", "account", "'another'"));
        campaign.insert(Map.of("state", "'PARKED'"));

        assertRows("campaign", "PARKED", 1);
        assertRows("campaign", "UNKNOWN", 0);
    }

    private static void assertRows(String lane, String state, double rows) {
        campaign.awaitFigure("campaign_rows", Map.of("lane", lane, "state", state), value -> value.isEqualTo(rows));
    }

    @Test
    void ofManyRowsThatWaitTheNumberIsAboutRight() {
        campaign.jdbc().execute("""
                INSERT INTO message (account, campaign, key, lane, state, not_before)
                SELECT 'sendtalk (sandbox)', 'test', 'row ' || n, 'campaign', 'QUEUED', now() + interval '1 h'
                FROM generate_series(1, 30000) AS n""");
        campaign.jdbc().execute("ANALYZE message");

        campaign.awaitFigure(
                "campaign_rows",
                Map.of("lane", "campaign", "state", "QUEUED"),
                value -> value.isBetween(27_000.0, 33_000.0));
    }

    @Test
    void aCodeThatIsTriedAgainWaitsSinceItCame() {
        campaign.closeGate("code", "SendTalkRateLimitException", "1 h");
        campaign.insert(Map.of(
                "lane", "'code'",
                "tries", "3",
                "created_at", "now() - interval '2 min'",
                "not_before", "now() + interval '10 s'",
                "expires_at", "now() + interval '3 min'"));

        campaign.awaitFigure("campaign_oldest_code_seconds", Map.of(), value -> value.isBetween(120.0, 180.0));
    }

    @Test
    void aCodeThatAPersonSendsAgainWaitsSinceThen() {
        campaign.closeGate("code", "SendTalkRateLimitException", "1 h");
        campaign.insert(Map.of(
                "lane", "'code'",
                "created_at", "now() - interval '1 day'",
                "not_before", "now() - interval '20 s'"));

        campaign.awaitFigure("campaign_oldest_code_seconds", Map.of(), value -> value.isBetween(20.0, 80.0));
    }

    @Test
    void aTextThatWaitsIsNoCode() {
        campaign.closeGate("campaign", "SendTalkRateLimitException", "1 h");
        campaign.insert(Map.of("not_before", "now() - interval '20 s'"));

        assertRows("campaign", "QUEUED", 1);
        campaign.awaitFigure("campaign_oldest_code_seconds", Map.of(), value -> value.isEqualTo(0));
    }

    @Test
    void aGateIsShownWithItsLaneAndTheException() {
        campaign.closeGate("code", "SendTalkRateLimitException", "1 h");
        campaign.closeGate("campaign", "SendTalkRateLimitException", "-1 s");
        campaign.closeGate("*", "SendTalkAuthenticationException", "-1 s");

        assertGate("code", "SendTalkRateLimitException", 1);
        assertGate("campaign", "SendTalkRateLimitException", 0);
        // tried with one row, and shut again if that fails
        assertGate("*", "SendTalkAuthenticationException", 1);
    }

    @Test
    void anOpenGateIsShownTooSoThatItCanBeSeenToBeOpen() {
        assertGate("*", "", 0);
    }

    private static void assertGate(String lane, String exception, double closed) {
        campaign.awaitFigure(
                "campaign_gate_closed", Map.of("lane", lane, "exception", exception), value -> value.isEqualTo(closed));
    }

    @Test
    void sendsAreCountedByWhatBecameOfThem() {
        campaign.insert(Map.of());
        campaign.insert(Map.of("phone", REFUSED));

        campaign.awaitFigure("sendtalk_sends_total", Map.of("outcome", "accepted"), value -> value.isGreaterThan(0));
        campaign.awaitFigure("sendtalk_sends_total", Map.of("outcome", "refused"), value -> value.isGreaterThan(0));
        campaign.awaitFigure("sendtalk_sends_total", Map.of("outcome", "unknown"), value -> value.isEqualTo(0));
    }

    @Test
    void itSaysThatItClaims() {
        campaign.awaitFigure("campaign_worker_claiming", Map.of(), value -> value.isEqualTo(1));
        campaign.awaitFigure("campaign_worker_unanswered_seconds", Map.of(), value -> value.isLessThan(1));
    }

    @Test
    void noScrapeMissesAFigure() {
        assertRows("code", "QUEUED", 0);

        for (int scrape = 0; scrape < 200; scrape++) {
            assertThat(campaign.scrape())
                    .contains("campaign_oldest_code_seconds{", "campaign_rows{", "campaign_gate_closed{");
        }
    }

    @Test
    void nothingSaysWhatIsSentToWhom() {
        campaign.insert(Map.of("phone", "'6281298765432'", "body", "'Your code is 493817.'"));
        campaign.insert(Map.of("phone", REFUSED, "body", "'Your code is 493817.'"));
        await().until(() -> campaign.jdbc()
                .queryForList("SELECT FROM message WHERE state IN ('QUEUED', 'SENDING')")
                .isEmpty());

        assertThat(campaign.scrape())
                .contains("sendtalk_sends_total")
                .doesNotContain("493817", "6281298765432", "6281212340001");
    }

    @Test
    void whatADatabaseSaidBeforeItWentAwayIsNotShownAnyLonger() {
        campaign.insert(Map.of("state", "'PARKED'"));
        assertRows("campaign", "PARKED", 1);

        campaign.shutDatabase();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(campaign.scrape()).doesNotContain("campaign_rows"));
            campaign.awaitFigure("campaign_worker_unanswered_seconds", Map.of(), value -> value.isGreaterThan(1));
        } finally {
            campaign.openDatabase();
        }

        assertRows("campaign", "PARKED", 1);
        campaign.awaitFigure("campaign_worker_unanswered_seconds", Map.of(), value -> value.isLessThan(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "http", "-1", "9876/tcp", "99999999999"})
    void aPortThatIsNoneIsRefused(String port) {
        assertThatThrownBy(() -> Settings.read(Map.of(), Map.of("management.port", port)))
                .isInstanceOf(RefusalException.class)
                .hasMessage("-Dmanagement.port is '%s': it may be a port from 1 to 65535", port);
    }
}
