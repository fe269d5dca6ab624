package io.github.camelsendtalk.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.ledger.FaultyApi.Received;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {

    private static final Received TAKEN = new Received(1, Set.of("0-0"), false, "taken");
    private static final Received NOT_TAKEN = new Received(0, Set.of(), false, "not taken");
    private static final String ALL_RIGHT =
            "cluster: 1 messages, 0 lost, 0 doubled, 0 told wrong, 0 left sending, 0 parked of 0 claimed by the killed one\n";

    @Test
    void aMessageThatWasTakenOnceAndHasItsIdIsRight() {
        assertThat(printed(verdict(row("SENT", "0-0"), TAKEN))).endsWith(ALL_RIGHT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNKNOWN", "REFUSED", "DEAD", "EXPIRED"})
    void aMessageThatWasNotTakenMayEndAsNotSentOrUnknown(String state) {
        Verdict verdict = verdict(row(state, null), NOT_TAKEN);

        assertThat(verdict.isRight()).isTrue();
        assertThat(printed(verdict)).endsWith(ALL_RIGHT);
    }

    @Test
    void anUnknownOutcomeMayBeThatTheMessageWasTaken() {
        assertThat(verdict(row("UNKNOWN", null), TAKEN).isRight()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUEUED", "REFUSED", "DEAD", "EXPIRED", "WRONG", "REPEATED"})
    void aMessageThatWasTakenIsToldWrongWhereItsRowDeniesIt(String state) {
        Verdict verdict = verdict(row(state, null), TAKEN);

        assertThat(verdict.isRight()).isFalse();
        assertThat(printed(verdict))
                .contains("TOLD_WRONG: message 0: the table says [story]; taken")
                .contains("0 lost, 0 doubled, 1 told wrong, 0 left sending");
    }

    @Test
    void aMessageThatWasNotTakenIsToldWrongWhereItsRowSaysSent() {
        assertThat(printed(verdict(row("SENT", "0-0"), NOT_TAKEN))).contains("1 told wrong");
    }

    @Test
    void theIdOrTheStatusOfAnotherMessageIsToldWrong() {
        assertThat(printed(verdict(row("SENT", "1-0"), TAKEN))).contains("1 told wrong");
        assertThat(printed(verdict(row("SENT", null), TAKEN))).contains("1 told wrong");
        assertThat(printed(verdict(new Row(7, 0, "SENT", "0-0", 1L, "story"), TAKEN)))
                .contains("1 told wrong");
    }

    @Test
    void aMessageForTheWrongOneIsToldWrong() {
        assertThat(printed(verdict(row("SENT", "0-0"), new Received(1, Set.of("0-0"), true, "taken"))))
                .contains("1 told wrong");
    }

    @Test
    void aMessageThatWasTakenTwiceIsDoubled() {
        assertThat(printed(verdict(row("SENT", "0-0"), new Received(2, Set.of("0-0", "0-1"), false, "taken twice"))))
                .contains("DOUBLED: message 0", "0 lost, 1 doubled, 0 told wrong");
    }

    @Test
    void aMessageWithTwoRowsIsDoubled() {
        Row row = row("SENT", "0-0");

        assertThat(printed(Verdict.ofTheEnd(1, message -> TAKEN, List.of(row, row), Set.of())))
                .contains("1 doubled");
    }

    @Test
    void aMessageWithoutARowAndOneThatWasNeverBegunAreLost() {
        assertThat(printed(Verdict.ofTheEnd(1, message -> NOT_TAKEN, List.of(), Set.of())))
                .contains("1 lost");
        assertThat(printed(verdict(row("QUEUED", null), NOT_TAKEN))).contains("1 lost");
    }

    @Test
    void aRowOnItsWayIsLeftSending() {
        assertThat(printed(verdict(row("SENDING", null), NOT_TAKEN))).contains("1 left sending");
    }

    @Test
    void exactlyTheRowsOfTheKilledOneAreParked() {
        Row parked = row("PARKED", null);

        Verdict right = Verdict.ofTheEnd(1, message -> TAKEN, List.of(parked), Set.of(parked.id()));
        Verdict none = Verdict.ofTheEnd(1, message -> TAKEN, List.of(row("SENT", "0-0")), Set.of(parked.id()));
        Verdict another = Verdict.ofTheEnd(1, message -> TAKEN, List.of(parked), Set.of(parked.id() + 1));

        assertThat(right.isRight()).isTrue();
        assertThat(printed(right)).endsWith("1 parked of 1 claimed by the killed one\n");
        assertThat(none.isRight()).isFalse();
        assertThat(printed(none))
                .contains("Claimed by the killed one: the table says story")
                .endsWith("0 parked of 1 claimed by the killed one\n");
        assertThat(another.isRight()).isFalse();
        assertThat(printed(another)).contains("Not claimed by the killed one: the table says story");
    }

    @Test
    void whatWasNotBegunIsRightAfterAStopOnly() {
        Verdict verdict = Verdict.ofAStop(1, message -> NOT_TAKEN, List.of(row("QUEUED", null)));

        assertThat(verdict.isRight()).isTrue();
        assertThat(printed(verdict))
                .endsWith("stop: 1 messages, 1 not begun, 0 lost, 0 doubled, 0 told wrong, 0 left sending, 0 parked\n");
    }

    @Test
    void noRowIsParkedByAStop() {
        assertThat(Verdict.ofAStop(1, message -> TAKEN, List.of(row("PARKED", null)))
                        .isRight())
                .isFalse();
    }

    private static Row row(String state, @Nullable String messageId) {
        return new Row(7, 0, state, messageId, null, "story");
    }

    private static Verdict verdict(Row row, Received received) {
        return Verdict.ofTheEnd(1, message -> received, List.of(row), Set.of());
    }

    private static String printed(Verdict verdict) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        verdict.print(new PrintStream(printed, true, StandardCharsets.UTF_8));
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
