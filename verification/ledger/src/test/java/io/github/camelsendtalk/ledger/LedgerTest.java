package io.github.camelsendtalk.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.ledger.Ledger.Told;
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
        Ledger ledger = new Ledger(10);
        for (int message = 0; message < ledger.sends(); message++) {
            ledger.begin(message, message == 8 ? Way.WRONG_NAME : Way.PLAIN);
        }
        seen(ledger, 0, Fault.ACCEPTED, true);
        ledger.end(0, Told.SENT, "0-0");
        seen(ledger, 1, Fault.ACCEPTED, true);
        seen(ledger, 1, Fault.RESET, true);
        ledger.end(1, Told.UNKNOWN, "SendTalkTransportException");
        seen(ledger, 2, Fault.RESET, true);
        ledger.end(2, Told.NOT_SENT, "SendTalkTransportException");
        ledger.end(3, Told.SENT, "3-0");
        seen(ledger, 4, Fault.SILENT, false);
        ledger.end(5, Told.UNKNOWN, "SendTalkTimeoutException");
        ledger.end(5, Told.UNKNOWN, "SendTalkTimeoutException");
        seen(ledger, 6, Fault.TOO_MANY_REQUESTS, false);
        ledger.end(6, Told.CROSSED, "0-0");
        seen(ledger, 7, Fault.ACCEPTED, true);
        ledger.end(7, Told.SENT_AND_STOPPED, "RejectedExecutionException");
        seen(ledger, 8, Fault.ACCEPTED, true);
        ledger.end(8, Told.SENT, "8-0");
        ledger.end(9, Told.STOPPED, "RejectedExecutionException");

        Verdict verdict = new Verdict(ledger, 0, Set.of("left-behind"), Set.of("by PLAIN", "by TLS"));

        assertThat(verdict.isRight()).isFalse();
        assertThat(printed(verdict))
                .contains(
                        "message 1 by PLAIN: 2 attempts seen [ACCEPTED, taken, RESET, taken]; told unknown (SendTalkTransportException); 1 of 1 exchanges ended",
                        "message 2 by PLAIN: 1 attempts seen [RESET, taken]; told not_sent (SendTalkTransportException); 1 of 1 exchanges ended",
                        "message 3 by PLAIN: 0 attempts seen []; told sent; 1 of 1 exchanges ended",
                        "message 4 by PLAIN: 1 attempts seen [SILENT]; told nothing; 0 of 1 exchanges ended",
                        "message 5 by PLAIN: 0 attempts seen []; told unknown (SendTalkTimeoutException, SendTalkTimeoutException); 2 of 1 exchanges ended",
                        "message 6 by PLAIN: 1 attempts seen [TOO_MANY_REQUESTS]; told crossed (0-0); 1 of 1 exchanges ended",
                        "message 8 by WRONG_NAME: 1 attempts seen [ACCEPTED, taken]; told sent; 1 of 1 exchanges ended",
                        "thread left over: left-behind",
                        "connection left over: by PLAIN")
                .doesNotContain("message 7", "message 9")
                .endsWith(
                        "ledger: 10 sends, 9 ended, 1 lost, 1 doubled, 3 told wrong, 1 open, 1 crossed, 0 written late, 0 wrong key, 3 left over\n");
    }

    @Test
    void aMessageThatTheWrongOneReceivedIsToldWrong() {
        Ledger ledger = sent(1);
        ledger.misdirected(0);

        Verdict verdict = new Verdict(ledger, 0, Set.of(), Set.of());

        assertThat(verdict.isRight()).isFalse();
        assertThat(printed(verdict))
                .containsPattern("received by the wrong one +1 +must be 0")
                .contains("told sent; 1 of 1 exchanges ended; received by the wrong one")
                .contains("1 told wrong");
    }

    @Test
    void aRequestThatWasLeftTooLittleTimeIsWrittenLate() {
        Ledger ledger = new Ledger(5);
        timedOut(ledger, 0, Way.PLAIN, 900);
        timedOut(ledger, 1, Way.PLAIN, 2_000);
        timedOut(ledger, 2, Way.PROXIED, 900);
        // the server had it only after the exchange had ended
        timedOut(ledger, 3, Way.OVERLOADED, -100);
        // the server never had it
        ledger.begin(4, Way.PLAIN);
        ledger.timedOut(4, 1);
        ledger.end(4, Told.UNKNOWN, "SendTalkTimeoutException");

        Verdict verdict = new Verdict(ledger, 0, Set.of(), Set.of());

        assertThat(verdict.isRight()).isFalse();
        assertThat(printed(verdict))
                .containsPattern("told \"unknown\", written late +2 +must be 0")
                .containsPattern("the least time of such a wait, in ms +-100")
                .contains("message 0 by PLAIN", "ended; waited 900 ms", "message 3 by OVERLOADED")
                .doesNotContain("message 1", "message 2", "message 4")
                .contains("0 told wrong", "2 written late");
    }

    @Test
    void aRequestWithTheKeyOfAnotherAccountIsCounted() {
        Ledger ledger = sent(1);
        ledger.wrongKey();

        Verdict verdict = new Verdict(ledger, 0, Set.of(), Set.of());

        assertThat(verdict.isRight()).isFalse();
        assertThat(printed(verdict))
                .containsPattern("requested with the wrong key +1 +must be 0")
                .contains("0 written late, 1 wrong key");
    }

    @Test
    void aStatusOfAnotherMessageIsCrossed() {
        Ledger ledger = sent(2);
        ledger.status(0, 0);
        ledger.status(1, 0);
        ledger.statusFailed();

        Verdict verdict = new Verdict(ledger, 0, Set.of(), Set.of());

        assertThat(verdict.isRight()).isFalse();
        assertThat(printed(verdict))
                .contains("told crossed (status of 0)", "1 crossed")
                .containsPattern("asked for its status, told +2")
                .containsPattern("asked for its status, not told +1");
    }

    @Test
    void aMessageIsSecondOnlyBehindOneThatTakesItAlong() {
        Chance chance = new Chance(1);
        int messages = 10_001;

        for (int message = 0; message < messages; message++) {
            Journey journey = Journey.of(chance, message, messages);
            boolean isTakenAlong =
                    message > 0 && Journey.of(chance, message - 1, messages).sendsTwo();
            assertThat(journey == Journey.SECOND).isEqualTo(isTakenAlong);
            assertThat(journey.sendsTwo() && (isTakenAlong || message + 1 == messages))
                    .isFalse();
        }
    }

    @Test
    void aStoryThatIsRightHasNothingThatMustBeZero() {
        Verdict verdict = new Verdict(sent(1), 0, Set.of(), Set.of());

        assertThat(verdict.isRight()).isTrue();
        assertThat(printed(verdict))
                .endsWith(
                        "ledger: 1 sends, 1 ended, 0 lost, 0 doubled, 0 told wrong, 0 open, 0 crossed, 0 written late, 0 wrong key, 0 left over\n");
    }

    @Test
    void aRowOfferedAgainIsToldWhatSaysMost() {
        Ledger ledger = new Ledger(2);
        ledger.begin(0, Way.PLAIN);
        ledger.end(0, Told.NOT_SENT, "SendTalkTransportException");
        ledger.begin(0, Way.PLAIN);
        seen(ledger, 0, Fault.ACCEPTED, true);
        ledger.end(0, Told.SENT, "0-0");
        ledger.begin(1, Way.PLAIN);
        ledger.begin(1, Way.PLAIN);
        ledger.end(1, Told.BEGUN_BEFORE, "");
        seen(ledger, 1, Fault.RESET, true);
        ledger.end(1, Told.UNKNOWN, "SendTalkTransportException");

        Verdict verdict = new Verdict(ledger, 1, Set.of(), Set.of());

        assertThat(verdict.isRight()).as(printed(verdict)).isTrue();
        assertThat(ledger.wasTold(0, Told.SENT)).isTrue();
        assertThat(ledger.wasTold(1, Told.UNKNOWN)).isTrue();
    }

    /** A ledger in which all is right. */
    private static Ledger sent(int messages) {
        Ledger ledger = new Ledger(messages);
        for (int message = 0; message < messages; message++) {
            ledger.begin(message, Way.TLS);
            seen(ledger, message, Fault.ACCEPTED, true);
            ledger.end(message, Told.SENT, message + "-0");
        }
        return ledger;
    }

    private static void timedOut(Ledger ledger, int message, Way way, long waitedMillis) {
        long receivedAt = 1_000_000_000;
        ledger.begin(message, way);
        seen(ledger, message, Fault.SILENT, true);
        ledger.received(message, receivedAt);
        ledger.timedOut(message, receivedAt + waitedMillis * 1_000_000);
        ledger.end(message, Told.UNKNOWN, "SendTalkTimeoutException");
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
