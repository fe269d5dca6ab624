package io.github.camelsendtalk.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {

    @Test
    void eachOfTwentyThousandExchangesIsToldTheTruth() throws Exception {
        int seed = new Random().nextInt(1_000_000_000);

        Verdict verdict = LedgerMain.run(20_000, seed);

        verdict.print(System.out);
        assertThat(verdict.isRight()).as(printed(verdict)).isTrue();
    }

    @Test
    void aStoryThatIsWrongIsToldAndCounted() {
        Ledger ledger = new Ledger(7);
        seen(ledger, 0, Fault.ACCEPTED, true);
        ledger.end(0, Ledger.Told.SENT, "0-0");
        seen(ledger, 1, Fault.ACCEPTED, true);
        seen(ledger, 1, Fault.RESET, true);
        ledger.end(1, Ledger.Told.UNKNOWN, "SendTalkTransportException");
        seen(ledger, 2, Fault.RESET, true);
        ledger.end(2, Ledger.Told.NOT_SENT, "SendTalkTransportException");
        ledger.end(3, Ledger.Told.SENT, "3-0");
        seen(ledger, 4, Fault.SILENT, false);
        ledger.end(5, Ledger.Told.UNKNOWN, "SendTalkTimeoutException");
        ledger.end(5, Ledger.Told.UNKNOWN, "SendTalkTimeoutException");
        ledger.cross(6, "0-0");
        ledger.end(6, Ledger.Told.NOT_SENT, "SendTalkRateLimitException");

        Verdict verdict = new Verdict(ledger, 0, Set.of("left-behind"), 2);

        assertThat(verdict.isRight()).isFalse();
        assertThat(printed(verdict))
                .contains(
                        "message 1: 2 attempts seen [ACCEPTED, taken, RESET, taken]; told unknown (SendTalkTransportException); ended 1 times",
                        "message 2: 1 attempts seen [RESET, taken]; told not_sent (SendTalkTransportException); ended 1 times",
                        "message 3: 0 attempts seen []; told sent; ended 1 times",
                        "message 4: 1 attempts seen [SILENT]; told nothing; ended 0 times",
                        "message 5: 0 attempts seen []; told unknown (SendTalkTimeoutException); ended 2 times",
                        "thread left over: left-behind")
                .endsWith(
                        "ledger: 7 sends, 6 ended, 1 lost, 1 doubled, 2 told wrong, 1 open, 1 crossed, 3 left over\n");
    }

    @Test
    void aStoryThatIsRightHasNothingThatMustBeZero() {
        Ledger ledger = new Ledger(1);
        seen(ledger, 0, Fault.ACCEPTED, true);
        ledger.end(0, Ledger.Told.SENT, "0-0");

        Verdict verdict = new Verdict(ledger, 0, Set.of(), 0);

        assertThat(verdict.isRight()).isTrue();
        assertThat(printed(verdict))
                .endsWith(
                        "ledger: 1 sends, 1 ended, 0 lost, 0 doubled, 0 told wrong, 0 open, 0 crossed, 0 left over\n");
    }

    private static void seen(Ledger ledger, int message, Fault fault, boolean isTaken) {
        ledger.record(message, ledger.attempt(message), fault, isTaken);
    }

    private static String printed(Verdict verdict) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        verdict.print(new PrintStream(printed, true, StandardCharsets.UTF_8));
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
