package io.github.camelsendtalk.example.campaign;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static io.github.camelsendtalk.example.campaign.TestCampaign.HEADER;
import static io.github.camelsendtalk.example.campaign.TestCampaign.anySend;
import static io.github.camelsendtalk.example.campaign.TestCampaign.sendTo;
import static io.github.camelsendtalk.example.campaign.TestCampaign.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.camelsendtalk.example.campaign.TestCampaign.Run;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void bundledCampaignSendsWhatIsRightAndReportsWhatIsNot() {
        Run run = campaign.runBundled();

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
    void secondRunReportsAllRowsAndSendsNone() {
        Run first = campaign.runBundled();
        int requests = campaign.sendRequests();

        Run second = campaign.runBundled();

        assertThat(campaign.sendRequests()).isEqualTo(requests);
        assertThat(second.exitCode()).isEqualTo(CampaignMain.ENDED);
        assertThat(outcomes(second)).isEqualTo(outcomes(first));
        assertThat(second.of(2, "run")).isEqualTo("earlier");
        assertThat(second.of(2, "id")).isEqualTo(first.of(2, "id"));
        assertThat(second.of(2, "price")).isEqualTo("100");
        assertThat(second.screen())
                .contains("Messages sent in this run: 0")
                .contains("is not sent again. To begin anew");
    }

    @Test
    void aFileThatTheDatabaseTakesLongToTakeIsTaken() {
        campaign.run(TWO_ROWS);
        campaign.database().jdbc().execute("""
                CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(2); RETURN NEW; END $$;
                CREATE TRIGGER slow BEFORE INSERT ON message EXECUTE FUNCTION wait()""");

        Run run = campaign.run(TWO_ROWS, "campaign.name", "december", "db.reply-timeout", "1");

        assertThat(run.exitCode()).as(run.refusal()).isEqualTo(CampaignMain.ENDED);
        assertThat(sandbox.messagesTo(SARI)).hasSize(2);
    }

    @Test
    void whatIsLeftOfOtherFilesIsSaidBeforeAnythingIsSent() {
        campaign.run(TWO_ROWS, "campaign.name", "november");
        campaign.run(TWO_ROWS);
        campaign.database()
                .jdbc()
                .update("UPDATE message SET state = 'QUEUED', follow_at = NULL, not_before = now() + interval '1 h'");
        campaign.database().jdbc().update("UPDATE worker SET seen_at = now() - interval '1 h'");

        Run run = campaign.run(TestCampaign.HEADER + TestCampaign.text("Tono", "0812-9999-8888"));

        assertThat(run.screen())
                .contains(
                        "were not sent and are not in this one: 2.",
                        "Rows of the campaign november that wait, and go out as well: 2.");
    }

    @Test
    void anotherMessageUnderAnIdOfTheFileIsWrong() {
        Run run = campaign.run(
                "id,phone,body\nA1,0812-3456-7890,Halo Budi\nA1,0812-3456-7891,Halo Cid\nA1,0812-3456-7890,Halo Budi\n");

        assertThat(run.of(3, "outcome")).isEqualTo("wrong");
        assertThat(run.of(3, "why")).isEqualTo("Its id is that of line 2, which is another message.");
        assertThat(run.of(3, "what to do")).isEqualTo("Correct the column id and start again.");
        assertThat(run.of(4, "outcome")).isEqualTo("repeated");
    }

    @Test
    void nextMonthsCampaignOfTheSameRowsIsSent() {
        campaign.run(TWO_ROWS);

        campaign.run(TWO_ROWS, "campaign.name", "december");

        assertThat(sandbox.messagesTo(SARI)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"UNKNOWN,unknown", "PARKED,parked"})
    void rowThatMayHaveBeenSentIsLeftToAPerson(String state, String outcome) {
        leaveUndecided(state);

        Run run = campaign.run(TWO_ROWS);

        assertThat(campaign.requestsTo(SARI)).isEqualTo(1);
        assertThat(run.of(2, "outcome")).isEqualTo(outcome);
        assertThat(run.of(2, "what to do"))
                .endsWith("Ask Sari whether it arrived. If so: -Dcampaign.arrived=2, if not: -Dcampaign.again=2");
        assertThat(run.of(3, "outcome")).isEqualTo("sent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNKNOWN", "PARKED", "EXPIRED", "DEAD"})
    void personMayHaveARowSentAgain(String state) {
        leaveUndecided(state);

        Run run = campaign.run(TWO_ROWS, "campaign.again", "2");

        assertThat(sandbox.messagesTo(SARI)).hasSize(2);
        assertThat(run.of(2, "outcome")).isEqualTo("sent");
    }

    @Test
    void personMaySayThatAnUnknownRowArrived() {
        leaveUndecided("UNKNOWN");

        campaign.run(TWO_ROWS, "campaign.arrived", "2");
        Run later = campaign.run(TWO_ROWS);

        assertThat(campaign.requestsTo(SARI)).isEqualTo(1);
        assertThat(later.of(2, "outcome")).isEqualTo("sent");
        assertThat(later.of(2, "why")).isEqualTo("A person found that it arrived.");
    }

    @Test
    void parkedRowIsNotSentAgainWhileItsWorkerLives() {
        leaveUndecided("PARKED");
        campaign.database().jdbc().update("UPDATE worker SET seen_at = now()");

        Run run = campaign.run(TWO_ROWS, "campaign.again", "2");

        assertThat(run.exitCode()).isEqualTo(CampaignMain.REFUSED);
        assertThat(run.refusal()).contains("lives: end it first");
        assertThat(campaign.requestsTo(SARI)).isEqualTo(1);
    }

    @Test
    void decisionsAreTakenAllOrNone() {
        leaveUndecided("UNKNOWN");

        Run run = campaign.run(TWO_ROWS, "campaign.again", "2,3");

        assertThat(run.exitCode()).isEqualTo(CampaignMain.REFUSED);
        assertThat(run.refusal()).startsWith("-Dcampaign.again names line 3");
        assertThat(campaign.database().of(2, "state")).isEqualTo("UNKNOWN");
    }

    @Test
    void personCanNotSendARowAgainThatWasSent() {
        campaign.run(TWO_ROWS);

        Run run = campaign.run(TWO_ROWS, "campaign.again", "2");

        assertThat(run.exitCode()).isEqualTo(CampaignMain.REFUSED);
        assertThat(run.refusal()).startsWith("-Dcampaign.again names line 2");
        assertThat(sandbox.messagesTo(SARI)).hasSize(1);
    }

    @Test
    void tooManyRequestsPauseTheLaneAndTheRowIsSentLater() {
        sandbox.wireMock()
                .stubFor(sendTo(SARI)
                        .inScenario("busy")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willSetStateTo("free")
                        .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "1")));

        Run run = campaign.run(TWO_ROWS);

        assertThat(campaign.requestsTo(SARI)).isEqualTo(2);
        assertThat(run.of(2, "outcome")).isEqualTo("sent");
        assertThat(campaign.database().of(2, "tries")).isEqualTo(0);
    }

    @Test
    void campaignsBusyLaneDoesNotStopCodes() {
        sandbox.wireMock()
                .stubFor(sendTo(BUDI)
                        .inScenario("busy")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willSetStateTo("free")
                        .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "3")));

        campaign.run(HEADER + text("Budi", BUDI) + "Sari,0824-1187-4325,otp,Kode 123456,,\n");

        assertThat(campaign.database()
                        .jdbc()
                        .queryForObject(
                                "SELECT extract(epoch FROM b.ended_at - s.ended_at) > 2 FROM message b, message s"
                                        + " WHERE b.line = 2 AND s.line = 3",
                                Boolean.class))
                .isTrue();
    }

    @Test
    void serverErrorIsNeverRepeatedBecauseTheMessageMayHaveBeenTaken() {
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
    void connectionThatBreaksIsNeverRepeated() {
        sandbox.wireMock().stubFor(sendTo(SARI).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        Run run = campaign.run(TWO_ROWS);

        assertThat(campaign.requestsTo(SARI)).isEqualTo(1);
        assertThat(run.of(2, "outcome")).isEqualTo("unknown");
        assertThat(run.of(3, "outcome")).isEqualTo("sent");
    }

    @Test
    void unreachableServerIsWaitedForAndNothingIsLost() throws IOException {
        SendTalkSandbox down = SendTalkSandbox.start();
        String url = down.baseUrl();
        down.close();
        campaign.whenBegun(begun ->
                CompletableFuture.runAsync(() -> endWhen(begun, "SELECT EXISTS (SELECT FROM gate WHERE lane = '*')")));

        Run run = campaign.run(TWO_ROWS, "campaign.sandbox", url);

        assertThat(run.exitCode()).isEqualTo(143);
        assertThat(run.screen()).contains("Stopped: It was interrupted");
        assertThat(run.of(2, "outcome")).isIn("not sent", "not begun");
        campaign.whenBegun(begun -> {});
        assertThat(outcomes(campaign.run(TWO_ROWS))).isEqualTo(Map.of("sent", 2L));
    }

    @Test
    void rowWhoseClaimIsTooOldGoesBackAndIsNotSent() {
        campaign.whenBegun(begun -> CompletableFuture.runAsync(
                () -> endWhen(begun, "SELECT count(*) = 2 FROM message WHERE exception = 'ClaimExpiredException'")));

        campaign.run(TWO_ROWS, "claim.validity", "0s");

        assertThat(campaign.sendRequests()).isZero();
        assertThat(campaign.database().count("state = 'QUEUED' AND tries = 0")).isEqualTo(2);
        campaign.whenBegun(begun -> {});
        assertThat(outcomes(campaign.run(TWO_ROWS))).isEqualTo(Map.of("sent", 2L));
    }

    @Test
    void rowThatSurelyWasNotSentIsDeadAfterItsTries() throws IOException {
        sandbox.wireMock().stubFor(sendTo(SARI).willReturn(aResponse().withStatus(404)));

        Run run = campaign.run(TWO_ROWS, "campaign.tries", "2");

        assertThat(campaign.requestsTo(SARI)).isEqualTo(2);
        assertThat(campaign.database().of(2, "state")).isEqualTo("DEAD");
        assertThat(run.of(2, "outcome")).isEqualTo("not sent");
        assertThat(run.of(3, "outcome")).isEqualTo("sent");
        sandbox.wireMock().resetAll();
        assertThat(campaign.run(TWO_ROWS).of(2, "outcome")).isEqualTo("sent");
    }

    @Test
    void emptyBalanceStopsTheCampaign() {
        String rows = rowsFrom(100, 5) + text("Tono", "0824-2364-0002") + rowsFrom(105, 60);

        Run run = campaign.run(HEADER + rows, "campaign.slots", "5");

        assertThat(run.exitCode()).isEqualTo(CampaignMain.STOPPED);
        assertThat(run.screen()).contains("Stopped: The SendTalk balance is too low");
        assertThat(run.of(7, "exception")).isEqualTo("SendTalkInsufficientBalanceException");
        assertThat(run.of(7, "outcome")).isEqualTo("not sent");
        assertThat(run.of(7, "what to do")).isEqualTo("Top up the SendTalk account and start again.");
        assertThat(campaign.database().of(7, "tries")).isEqualTo(0);
        assertThat(outcomes(run).get("not begun")).isEqualTo(66 - campaign.sendRequests());
    }

    @Test
    void wrongKeyStopsTheCampaignAndTheNextRunSendsAllRows() {
        sandbox.wireMock().stubFor(anySend().willReturn(okJson("""
                                {"status": 400, "error": {"code": "49103", "message": "API-Key is not found", "field": ""}, "data": {}}""")));

        Run run = campaign.run(HEADER + rowsFrom(100, 60), "campaign.slots", "5");

        assertThat(run.exitCode()).isEqualTo(CampaignMain.STOPPED);
        assertThat(run.screen()).contains("Stopped: SendTalk does not accept the API key");
        assertThat(run.of(2, "what to do")).isEqualTo("Check the key in SENDTALK_API_KEY and start again.");
        assertThat(campaign.sendRequests()).isLessThan(20);
        assertThat(run.of(61, "outcome")).isEqualTo("not begun");

        sandbox.wireMock().resetAll();
        assertThat(outcomes(campaign.run(HEADER + rowsFrom(100, 60)))).isEqualTo(Map.of("sent", 60L));
    }

    @Test
    void samePersonAndMessageIsSentOnceHoweverTheNumberIsWritten() {
        Run run = campaign.run(HEADER
                + "Sari,0824-1187-4325,text,Halo,,\n"
                + "Sari,+62 824 1187 4325,TEXT,Halo,,\n"
                + "Bu Sari,62 824 1187 4325,,Halo,,\n"
                + "Sari,0824-1187-4325,text,Halo lagi,,\n");

        assertThat(sandbox.messagesTo(SARI))
                .extracting(SandboxMessage::body)
                .containsExactlyInAnyOrder("Halo", "Halo lagi");
        assertThat(run.of(3, "outcome")).isEqualTo("repeated");
        assertThat(run.of(4, "what to do")).contains("line 2");
    }

    @Test
    void rightRowAfterAWrongOneWithTheSameDigitsIsARowOfItsOwn() {
        Run run = campaign.run(HEADER + "Sari,0824x1187x4325,text,Halo,,\n" + "Sari,0824-1187-4325,text,Halo,,\n");

        assertThat(run.of(2, "outcome")).isEqualTo("wrong");
        assertThat(run.of(3, "outcome")).isEqualTo("sent");
    }

    @Test
    void editedRowIsNewAndAMovedRowIsNot() {
        campaign.run(TWO_ROWS);

        Run run = campaign.run(HEADER + text("Budi", BUDI) + text("Sari", SARI).replace("Halo", "Selamat pagi"));

        assertThat(run.of(2, "run")).isEqualTo("earlier");
        assertThat(sandbox.messagesTo(BUDI)).hasSize(1);
        assertThat(sandbox.messagesTo(SARI))
                .extracting(SandboxMessage::body)
                .containsExactly("Halo Sari", "Selamat pagi Sari");
    }

    @Test
    void rowWithAnIdOfItsOwnIsTheSameRowWhateverItSays() {
        campaign.run("id,phone,body\nRJ-1,0824-1187-4325,Halo\n");

        Run run = campaign.run("id,phone,body\nRJ-1,0824-1187-4325,Selamat pagi\nRJ-2,0824-1187-4325,Halo\n");

        assertThat(run.of(2, "run")).isEqualTo("earlier");
        assertThat(sandbox.messagesTo(SARI)).extracting(SandboxMessage::body).containsExactly("Halo", "Halo");
    }

    @Test
    void rowThatWasTakenOutOfTheFileBeforeItWasSentIsNotSent() {
        sandbox.wireMock().stubFor(sendTo(SARI).willReturn(aResponse().withStatus(404)));
        campaign.run(TWO_ROWS, "campaign.tries", "1");
        sandbox.wireMock().resetAll();

        Run run = campaign.run(HEADER + text("Budi", BUDI));

        assertThat(sandbox.messagesTo(SARI)).isEmpty();
        assertThat(run.report()).hasSize(1);
        assertThat(campaign.database().count("true")).isEqualTo(1);
    }

    @Test
    void codeWhoseTimeIsOverIsNotSent() {
        Run run = campaign.run(
                HEADER + "Sari,0824-1187-4325,otp,Kode 123456,,\n" + text("Budi", BUDI), "code.expiry", "0 s");

        assertThat(campaign.requestsTo(SARI)).isZero();
        assertThat(run.of(2, "outcome")).isEqualTo("expired");
        assertThat(run.of(3, "outcome")).isEqualTo("sent");
    }

    @Test
    void statusThatWasNotFollowedToTheEndIsAskedForAgain() {
        campaign.run(TWO_ROWS);
        campaign.database().jdbc().update("UPDATE message SET is_sent = NULL, follow_at = now()");
        campaign.database().set(2, Map.of("message_id", "an-id-that-is-gone"));

        Run run = campaign.run(TWO_ROWS);

        assertThat(campaign.sendRequests()).isEqualTo(2);
        assertThat(run.of(2, "outcome")).isEqualTo("accepted");
        assertThat(run.of(2, "id")).isEqualTo("an-id-that-is-gone");
        assertThat(run.of(2, "exception")).isEqualTo("SendTalkMessageNotFoundException");
        assertThat(run.of(2, "what to do")).startsWith("Ask Sari whether it arrived.");
        assertThat(run.of(3, "outcome")).isEqualTo("sent");
        assertThat(run.of(3, "price")).isEqualTo("100");
    }

    @Test
    void lateRecordOfAnEndedClaimIsKeptAsAnEvent() {
        leaveUndecided("UNKNOWN");
        campaign.run(TWO_ROWS, "campaign.arrived", "2");
        long id = (long) campaign.database().of(2, "id");

        // what a worker says that thaws after a person has decided
        campaign.database().jdbc().execute(recordOf(id, "a-frozen-worker", 7, "SENT"));

        assertThat(campaign.database().jdbc().queryForMap("SELECT message, state, worker FROM event"))
                .containsEntry("message", id)
                .containsEntry("state", "SENT")
                .containsEntry("worker", "a-frozen-worker");
        assertThat(campaign.database().of(2, "reason")).isEqualTo("A person found that it arrived.");
    }

    @Test
    void parkedRowIsSentAfterAllIfItsWorkerSaysSo() {
        leaveUndecided("PARKED");
        campaign.database().set(2, Map.of("worker", "a-slow-worker", "claim", 7L));

        campaign.database()
                .jdbc()
                .execute(recordOf((long) campaign.database().of(2, "id"), "a-slow-worker", 7, "SENT"));

        assertThat(campaign.database().of(2, "state")).isEqualTo("SENT");
        assertThat(campaign.database().jdbc().queryForList("SELECT * FROM event"))
                .isEmpty();
    }

    @Test
    void textsNumbersAndNamesAreForgottenAndNothingIsSentAgain() {
        campaign.run(TWO_ROWS);
        campaign.database().jdbc().update("UPDATE message SET ended_at = ended_at - interval '31 d'");

        campaign.database().jdbc().update(sqlWith("forget.sql", Map.of("properties:retention", "'30 d'")));

        assertThat(campaign.database().count("phone IS NULL AND body IS NULL AND who IS NULL"))
                .isEqualTo(2);
        campaign.run(TWO_ROWS);
        assertThat(campaign.sendRequests()).isEqualTo(2);
    }

    private void endWhen(Campaign begun, String condition) {
        // the table may not be there yet
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> campaign.database().jdbc().queryForObject(condition, Boolean.class));
        begun.interrupt(143);
    }

    private static String recordOf(long id, String worker, long claim, String state) {
        return sqlWith(
                "record.sql",
                Map.of(
                        "body",
                        "'[{\"id\": %d, \"claim\": %d, \"state\": \"%s\", \"messageId\": \"m1\"}]'"
                                .formatted(id, claim, state),
                        "bean:worker.name",
                        "'" + worker + "'",
                        "properties:outbox.account",
                        "'sendtalk (sandbox)'",
                        "properties:campaign.tries",
                        "3",
                        "properties:follow.first",
                        "500"));
    }

    private static String sqlWith(String file, Map<String, String> values) {
        String sql = Database.resource("/outbox/sql/" + file);
        for (Map.Entry<String, String> value : values.entrySet()) {
            sql = sql.replace(":#${" + value.getKey() + "}", value.getValue());
        }
        return sql;
    }

    /** Leaves the first row as a worker does that was killed while the row was on its way, or that got no clear answer. */
    private void leaveUndecided(String state) {
        campaign.run(TWO_ROWS);
        campaign.database()
                .jdbc()
                .update(
                        "UPDATE message SET state = ?, message_id = NULL, is_sent = NULL, is_pending = NULL, follow_at = NULL"
                                + " WHERE line = 2",
                        state);
        campaign.database().jdbc().update("UPDATE worker SET seen_at = now() - interval '1 h'");
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
