package io.github.camelsendtalk.example.campaign;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static io.github.camelsendtalk.example.campaign.TestCampaign.HEADER;
import static io.github.camelsendtalk.example.campaign.TestCampaign.anySend;
import static io.github.camelsendtalk.example.campaign.TestCampaign.sendTo;
import static io.github.camelsendtalk.example.campaign.TestCampaign.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.camelsendtalk.example.campaign.TestCampaign.Run;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of rows, and what a second start does with them. */
class CampaignTest {

    private static final String SARI = "6282411874325";
    private static final String BUDI = "6282522964417";
    private static final String TWO_ROWS = HEADER + text("Sari", SARI) + text("Budi", BUDI);

    @TempDir
    Path target;

    private SendTalkSandbox sandbox;
    private TestCampaign campaign;

    @BeforeEach
    void startSandbox() {
        sandbox = SendTalkSandbox.builder().sentAfter(Duration.ZERO).start();
        campaign = new TestCampaign(sandbox, target);
    }

    @AfterEach
    void stopSandbox() {
        sandbox.close();
    }

    @Test
    void bundledCampaignSendsWhatIsRightAndReportsWhatIsNot() throws RefusalException {
        Run run = campaign.run(RowReader.bundled());

        assertThat(run.exitCode()).isEqualTo(CampaignMain.ENDED);
        assertThat(run.report()).hasSize(41);
        assertThat(outcomes(run)).isEqualTo(Map.of("sent", 32L, "refused", 1L, "wrong", 7L, "repeated", 1L));
        assertThat(sandbox.messages())
                .hasSize(32)
                .allSatisfy(message -> assertThat(message.phone()).matches("628\\d{9,10}"));
        assertThat(sandbox.messages()).extracting(SandboxMessage::messageType).contains("otp", "text", "image");
        assertThat(run.report().get(2))
                .containsEntry("who", "Sari Wulandari")
                .containsEntry("what", "otp")
                .containsEntry("status", "sent")
                .containsEntry("price", "100")
                .containsEntry("currency", "IDR")
                .containsEntry("id", sandbox.messagesTo("6282411874325").get(0).id());
        assertThat(run.screen()).contains("Messages sent in this run: 32").contains("3200 IDR");
    }

    @Test
    void failedRowNamesItsExceptionAndWhatToDo() throws RefusalException {
        Run run = campaign.run(RowReader.bundled());

        assertThat(run.of(15, "exception")).isEqualTo("SendTalkValidationException");
        assertThat(run.of(15, "why")).contains("too short");
        assertThat(run.of(15, "what to do")).isEqualTo("Correct the column phone and start again.");
        assertThat(run.of(26, "exception")).isEqualTo("SendTalkInvalidRecipientException");
        assertThat(run.of(26, "what to do")).contains("Check the number with Tono Hartono");
        assertThat(run.of(34, "what to do")).isEqualTo("Correct the column filename and start again.");
        assertThat(run.of(41, "why")).startsWith("Line 41: it has 7 cells");
        assertThat(run.of(43, "what to do")).contains("line 13 has the same message");
        assertThat(run.screen())
                .contains("SendTalkInvalidRecipientException", "SendTalkValidationException: The phone number");
    }

    @Test
    void secondRunReportsAllRowsAndSendsNone() throws RefusalException {
        Run first = campaign.run(RowReader.bundled());
        int requests = campaign.sendRequests();

        Run second = campaign.run(RowReader.bundled());

        assertThat(campaign.sendRequests()).isEqualTo(requests);
        assertThat(second.exitCode()).isEqualTo(CampaignMain.ENDED);
        assertThat(outcomes(second)).isEqualTo(outcomes(first));
        assertThat(second.of(2, "run")).isEqualTo("earlier");
        assertThat(second.of(2, "id")).isEqualTo(first.of(2, "id"));
        assertThat(second.of(2, "price")).isEqualTo("100");
        assertThat(second.screen())
                .contains("Messages sent in this run: 0")
                .contains("is not sent again. To begin anew, delete");
    }

    @Test
    void rowThatWasBegunAndHasNoEndIsLeftToAPerson() throws Exception {
        begin(TWO_ROWS, 0);

        Run run = campaign.run(TWO_ROWS);

        assertThat(sandbox.messages()).extracting(SandboxMessage::phone).containsExactly(BUDI);
        assertThat(run.of(2, "outcome")).isEqualTo("unknown");
        assertThat(run.of(2, "what to do"))
                .isEqualTo("Ask Sari whether it arrived. If so: -Dcampaign.arrived=2, if not: -Dcampaign.again=2");
        assertThat(run.of(3, "outcome")).isEqualTo("sent");
    }

    @Test
    void personMaySendAnUnknownRowAgain() throws Exception {
        begin(TWO_ROWS, 0);

        Run run = campaign.run(TWO_ROWS, "campaign.again", "2");

        assertThat(sandbox.messagesTo(SARI)).hasSize(1);
        assertThat(run.of(2, "outcome")).isEqualTo("sent");
    }

    @Test
    void personMaySayThatAnUnknownRowArrived() throws Exception {
        begin(TWO_ROWS, 0);

        campaign.run(TWO_ROWS, "campaign.arrived", "2");
        Run later = campaign.run(TWO_ROWS);

        assertThat(sandbox.messagesTo(SARI)).isEmpty();
        assertThat(later.of(2, "outcome")).isEqualTo("sent");
        assertThat(later.of(2, "why")).isEqualTo("A person found that it arrived.");
    }

    @Test
    void decisionsAreTakenAllOrNone() throws Exception {
        begin(TWO_ROWS, 0);
        String before = campaign.journalText();

        assertThatThrownBy(() -> campaign.run(TWO_ROWS, "campaign.again", "2,3"))
                .isInstanceOf(RefusalException.class)
                .hasMessageStartingWith("-Dcampaign.again names line 3");
        assertThat(campaign.journalText()).isEqualTo(before);
    }

    @Test
    void personCanNotSendARowAgainThatWasSent() throws RefusalException {
        campaign.run(TWO_ROWS);

        assertThatThrownBy(() -> campaign.run(TWO_ROWS, "campaign.again", "2"))
                .isInstanceOf(RefusalException.class)
                .hasMessageStartingWith("-Dcampaign.again names line 2");
        assertThat(sandbox.messagesTo(SARI)).hasSize(1);
    }

    @Test
    void tooManyRequestsAreRepeated() throws RefusalException {
        sandbox.wireMock()
                .stubFor(sendTo(SARI)
                        .inScenario("busy")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willSetStateTo("free")
                        .willReturn(aResponse().withStatus(429)));

        Run run = campaign.run(TWO_ROWS);

        assertThat(campaign.requestsTo(SARI)).isEqualTo(2);
        assertThat(run.of(2, "outcome")).isEqualTo("sent");
    }

    @Test
    void threeTriesAreEnoughAndTheNextRunTriesAgain() throws RefusalException {
        sandbox.wireMock().stubFor(sendTo(SARI).willReturn(aResponse().withStatus(429)));

        Run run = campaign.run(TWO_ROWS);

        assertThat(campaign.requestsTo(SARI)).isEqualTo(3);
        assertThat(run.exitCode()).isEqualTo(CampaignMain.ENDED);
        assertThat(run.of(2, "outcome")).isEqualTo("not sent");
        assertThat(run.of(2, "exception")).isEqualTo("SendTalkRateLimitException");

        sandbox.wireMock().resetAll();
        assertThat(campaign.run(TWO_ROWS).of(2, "outcome")).isEqualTo("sent");
    }

    @Test
    void serverErrorIsNeverRepeatedBecauseTheMessageMayHaveBeenTaken() throws RefusalException {
        sandbox.wireMock().stubFor(sendTo(SARI).willReturn(serviceUnavailable()));
        campaign.run(TWO_ROWS);
        assertThat(campaign.requestsTo(SARI)).isEqualTo(1);
        sandbox.wireMock().resetAll();

        Run second = campaign.run(TWO_ROWS);

        assertThat(campaign.requestsTo(SARI)).isZero();
        assertThat(second.of(2, "outcome")).isEqualTo("unknown");
        assertThat(second.of(2, "exception")).isEqualTo("SendTalkServerException");
    }

    @Test
    void connectionThatBreaksIsNeverRepeated() throws RefusalException {
        sandbox.wireMock().stubFor(sendTo(SARI).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        Run run = campaign.run(TWO_ROWS);

        assertThat(campaign.requestsTo(SARI)).isEqualTo(1);
        assertThat(run.of(2, "outcome")).isEqualTo("unknown");
        assertThat(run.of(3, "outcome")).isEqualTo("sent");
    }

    @Test
    void unreachableServerIsTriedAgainByTheNextRun() throws RefusalException {
        SendTalkSandbox down = SendTalkSandbox.start();
        TestCampaign unreachable = new TestCampaign(down, target);
        down.close();

        Run run = unreachable.run(HEADER + text("Sari", SARI));

        assertThat(run.exitCode()).isEqualTo(CampaignMain.ENDED);
        assertThat(run.of(2, "outcome")).isEqualTo("not sent");
        assertThat(run.of(2, "exception")).isEqualTo("SendTalkTransportException");
        assertThat(campaign.run(HEADER + text("Sari", SARI)).of(2, "outcome")).isEqualTo("sent");
    }

    @Test
    void emptyBalanceStopsTheCampaign() throws RefusalException {
        String rows = rowsFrom(100, 5) + text("Tono", "0824-2364-0002") + rowsFrom(105, 60);

        Run run = campaign.run(HEADER + rows);

        assertThat(run.exitCode()).isEqualTo(CampaignMain.STOPPED);
        assertThat(run.screen()).contains("Stopped: The SendTalk balance is too low");
        assertThat(run.of(7, "exception")).isEqualTo("SendTalkInsufficientBalanceException");
        assertThat(run.of(7, "outcome")).isEqualTo("not sent");
        assertThat(run.of(7, "what to do")).isEqualTo("Top up the SendTalk account and start again.");
        // ten are on their way at a time, and those that were still end
        assertThat(campaign.sendRequests()).isLessThan(30);
        assertThat(run.of(67, "outcome")).isEqualTo("not begun");
        assertThat(campaign.journalText()).doesNotContain("\"line\":67");
        assertThat(outcomes(run).get("not begun")).isEqualTo(66 - campaign.sendRequests());
    }

    @Test
    void wrongKeyStopsTheCampaignAndTheNextRunSendsAllRows() throws RefusalException {
        sandbox.wireMock().stubFor(anySend().willReturn(okJson("""
                                {"status": 400, "error": {"code": "49103", "message": "API-Key is not found", "field": ""}, "data": {}}""")));

        Run run = campaign.run(HEADER + rowsFrom(100, 60));

        assertThat(run.exitCode()).isEqualTo(CampaignMain.STOPPED);
        assertThat(run.screen()).contains("Stopped: SendTalk does not accept the API key");
        assertThat(run.of(2, "what to do")).isEqualTo("Check the key in SENDTALK_API_KEY and start again.");
        assertThat(run.of(61, "outcome")).isEqualTo("not begun");

        sandbox.wireMock().resetAll();
        assertThat(outcomes(campaign.run(HEADER + rowsFrom(100, 60)))).isEqualTo(Map.of("sent", 60L));
    }

    @Test
    void noMoreThanTenRowsAreOnTheirWay() throws RefusalException {
        campaign.run(HEADER + rowsFrom(100, 60));

        int onTheirWay = 0;
        int most = 0;
        for (String line : campaign.journalText().lines().toList()) {
            onTheirWay += line.contains("UNKNOWN") ? 1 : line.contains("SENT") ? -1 : 0;
            most = Math.max(most, onTheirWay);
        }
        assertThat(most).isBetween(2, 10);
        assertThat(onTheirWay).isZero();
    }

    @Test
    void samePersonAndMessageIsSentOnceHoweverTheNumberIsWritten() throws RefusalException {
        Run run = campaign.run(HEADER
                + "Sari,0824-1187-4325,text,Halo,,\n"
                + "Sari,+62 824 1187 4325,TEXT,Halo,,\n"
                + "Bu Sari,62 0824 1187 4325,,Halo,,\n"
                + "Sari,0824-1187-4325,text,Halo lagi,,\n");

        assertThat(sandbox.messagesTo(SARI))
                .extracting(SandboxMessage::body)
                .containsExactlyInAnyOrder("Halo", "Halo lagi");
        assertThat(run.of(3, "outcome")).isEqualTo("repeated");
        assertThat(run.of(4, "what to do")).contains("line 2");
    }

    @Test
    void editedRowIsNewAndAMovedRowIsNot() throws RefusalException {
        campaign.run(TWO_ROWS);

        Run run = campaign.run(HEADER + text("Budi", BUDI) + text("Sari", SARI).replace("Halo", "Selamat pagi"));

        assertThat(run.of(2, "run")).isEqualTo("earlier");
        assertThat(sandbox.messagesTo(BUDI)).hasSize(1);
        assertThat(sandbox.messagesTo(SARI))
                .extracting(SandboxMessage::body)
                .containsExactly("Halo Sari", "Selamat pagi Sari");
    }

    @Test
    void statusThatWasNotFollowedToTheEndIsAskedForAgain() throws Exception {
        campaign.run(HEADER + text("Budi", BUDI));
        String id = sandbox.messagesTo(BUDI).get(0).id();
        Files.delete(campaign.journal());
        try (Journal journal = Journal.open(campaign.journal(), rows(TWO_ROWS))) {
            journal.decide(rows(TWO_ROWS).get(0), Result.accepted("an-id-that-is-gone"));
            journal.decide(rows(TWO_ROWS).get(1), Result.accepted(id));
        }

        Run run = campaign.run(TWO_ROWS);

        assertThat(campaign.sendRequests()).isEqualTo(1);
        assertThat(run.of(2, "outcome")).isEqualTo("accepted");
        assertThat(run.of(2, "id")).isEqualTo("an-id-that-is-gone");
        assertThat(run.of(2, "exception")).isEqualTo("SendTalkMessageNotFoundException");
        assertThat(run.of(2, "what to do")).startsWith("Ask Sari whether it arrived.");
        assertThat(run.of(3, "outcome")).isEqualTo("sent");
        assertThat(run.of(3, "price")).isEqualTo("100");
    }

    @Test
    void journalHoldsNoTextAndNoWholeNumber() throws RefusalException {
        campaign.run(RowReader.bundled());

        String journal = campaign.journalText();
        for (SandboxMessage message : sandbox.messages()) {
            // random: now and then the digits of one look like a number
            journal = journal.replace(message.id(), "id");
        }
        assertThat(journal)
                .contains("62***325")
                .doesNotContain("482913", "Kode", "82411874325", "1187", "Sari", "campaign-test-key")
                .doesNotContainPattern("62\\d{6}");
    }

    @Test
    void halfALineAtTheEndOfTheJournalIsForgotten() throws Exception {
        campaign.run(HEADER + text("Budi", BUDI));
        Files.writeString(campaign.journal(), "{\"time\":\"2026-11-", StandardOpenOption.APPEND);

        assertThat(outcomes(campaign.run(TWO_ROWS))).isEqualTo(Map.of("sent", 2L));
        assertThat(outcomes(campaign.run(TWO_ROWS))).isEqualTo(Map.of("sent", 2L));
        assertThat(sandbox.messages()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a line of ours", "", "{}", "{\"row\":\"a\",\"result\":{}}", "null"})
    void journalThatCanNotBeReadIsRefused(String line) throws Exception {
        campaign.run(HEADER + text("Budi", BUDI));
        Files.writeString(campaign.journal(), line + "\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> campaign.run(TWO_ROWS))
                .isInstanceOf(RefusalException.class)
                .hasMessageStartingWith("Line 4 of the journal");
    }

    @Test
    void secondCampaignInTheSameJvmIsRefused() throws Exception {
        try (Journal held = Journal.open(campaign.journal(), List.of())) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> campaign.run(TWO_ROWS))
                    .isInstanceOf(RefusalException.class)
                    .hasMessageStartingWith("Another campaign is running");
        }
        assertThat(campaign.sendRequests()).isZero();
    }

    @Test
    void rowIsNotBegunWhereTheJournalCanNotBeWritten() throws Exception {
        Journal journal = Journal.open(campaign.journal(), rows(TWO_ROWS));
        journal.close();

        assertThatThrownBy(() -> journal.add(rows(TWO_ROWS).get(0).key()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("can't be written");
        assertThat(journal.resultOf(rows(TWO_ROWS).get(0))).isNull();
    }

    private static List<Row> rows(String csv) throws RefusalException {
        return RowReader.rows("test.csv", csv.getBytes(StandardCharsets.UTF_8));
    }

    /** Leaves the journal as a campaign does that was killed while a row was on its way. */
    private void begin(String csv, int row) throws RefusalException, IOException {
        try (Journal journal = Journal.open(campaign.journal(), rows(csv))) {
            assertThat(journal.add(rows(csv).get(row).key())).isTrue();
        }
    }

    private static String rowsFrom(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> text("Orang " + i, "0824-1187-4" + i))
                .collect(Collectors.joining());
    }

    private static Map<String, Long> outcomes(Run run) {
        return run.report().values().stream()
                .collect(Collectors.groupingBy(row -> row.get("outcome"), Collectors.counting()));
    }
}
