package io.github.camelsendtalk.cluster.otp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.cluster.Row;
import io.github.camelsendtalk.cluster.Verdict;
import io.github.camelsendtalk.ledger.FaultyApi.Received;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodesVerdictTest {

    private static final UUID ID = UUID.randomUUID();
    private static final String ALL_RIGHT =
            "0 lost, 0 doubled, 0 with a wrong code, 0 in the table that nobody was told of, 0 parked of the second channel, of 0 claimed\n";

    @ParameterizedTest
    @CsvSource({"1, 0, sent", "1, 0, delivered", "1, 0, unknown", "0, 1, sent", "0, 1, unknown", "0, 0, unknown"})
    void aCodeThatCameOnceOrOfWhichNobodyKnowsIsRight(int taken, int texted, String delivery) {
        CodesVerdict verdict = verdict(new Code(0, ID, taken, texted, true, delivery, "story"));

        assertThat(verdict.isRight()).isTrue();
        assertThat(printed(verdict)).endsWith(ALL_RIGHT);
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "0, 2", "1, 1"})
    void twoMessagesForANumberAreDoubledByWhateverChannel(int taken, int texted) {
        CodesVerdict verdict = verdict(new Code(0, ID, taken, texted, true, "sent", "story"));

        assertThat(verdict.isRight()).isFalse();
        assertThat(printed(verdict)).contains("DOUBLED: story", "0 lost, 1 doubled, 0 with a wrong code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sent", "delivered", "waiting", "failed"})
    void aCodeThatDidNotComeIsLostUnlessThatIsSaid(String delivery) {
        assertThat(printed(verdict(new Code(0, ID, 0, 0, true, delivery, "story"))))
                .contains("LOST: story", "1 lost, 0 doubled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"waiting", "failed"})
    void aCodeThatCameIsLostWhereTheServiceDeniesIt(String delivery) {
        assertThat(printed(verdict(new Code(0, ID, 1, 0, true, delivery, "story"))))
                .contains("1 lost");
    }

    @Test
    void aClientThatWasToldNoIdOrCannotAskForItsCodeHasLostIt() {
        assertThat(printed(verdict(new Code(0, null, 0, 0, true, null, "story"), 0)))
                .contains("1 lost");
        assertThat(printed(verdict(new Code(0, ID, 1, 0, true, null, "story")))).contains("1 lost");
    }

    @Test
    void anotherCodeThanThatOfTheIdIsWrong() {
        CodesVerdict verdict = verdict(new Code(0, ID, 1, 0, false, "sent", "story"));

        assertThat(verdict.isRight()).isFalse();
        assertThat(printed(verdict)).contains("WRONG_CODE: story", "1 with a wrong code");
    }

    @Test
    void aCodeThatNobodyWasToldOfIsWrong() {
        CodesVerdict verdict = verdict(new Code(0, ID, 1, 0, true, "sent", "story"), 2);

        assertThat(verdict.isRight()).isFalse();
        assertThat(printed(verdict)).contains("1 in the table that nobody was told of");
    }

    @Test
    void exactlyTheRowsOfTheKilledOneAreParked() {
        Code code = new Code(0, ID, 0, 0, true, "unknown", "story");
        List<Row> parked = List.of(row("PARKED", null));

        assertThat(new CodesVerdict(List.of(code), whatsApp(0), parked, 1, Set.of(7L)).isRight())
                .isTrue();
        assertThat(new CodesVerdict(List.of(code), whatsApp(0), parked, 1, Set.of()).isRight())
                .isFalse();
        assertThat(new CodesVerdict(List.of(code), whatsApp(0), List.of(), 1, Set.of(7L)).isRight())
                .isFalse();
    }

    @Test
    void whatIsWrongWithTheRowsOfWhatsAppIsWrong() {
        Code code = new Code(0, ID, 1, 0, true, "sent", "story");
        Verdict denied = Verdict.ofTheEnd(1, message -> received(1), List.of(row("REFUSED", null)), Set.of());

        assertThat(new CodesVerdict(List.of(code), denied, List.of(), 1, Set.of()).isRight())
                .isFalse();
    }

    private static CodesVerdict verdict(Code code) {
        return verdict(code, 1);
    }

    private static CodesVerdict verdict(Code code, long rowsOfCodes) {
        return new CodesVerdict(List.of(code), whatsApp(code.taken()), List.of(), rowsOfCodes, Set.of());
    }

    private static Verdict whatsApp(int taken) {
        Row row = taken == 0 ? row("EXPIRED", null) : row("SENT", "0-0");
        return Verdict.ofTheEnd(1, message -> received(Math.min(1, taken)), List.of(row), Set.of());
    }

    private static Received received(int times) {
        return new Received(times, times == 0 ? Set.of() : Set.of("0-0"), false, "story");
    }

    private static Row row(String state, @Nullable String messageId) {
        return new Row(7, 0, state, messageId, null, "story");
    }

    private static String printed(CodesVerdict verdict) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        verdict.print(new PrintStream(printed, true, StandardCharsets.UTF_8));
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
