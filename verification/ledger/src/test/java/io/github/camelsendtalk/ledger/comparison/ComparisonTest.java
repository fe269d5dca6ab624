package io.github.camelsendtalk.ledger.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.SendTalkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sends a message through each contender in each kind of trouble, and writes what came of it to {@code
 * target/comparison.adoc}.
 *
 * <p>Of camel-sendtalk the right outcome is asserted in every row; of the others, what {@code docs/comparison.adoc} says
 * in words: where that fails, another version has mended it, and the page is to be brought up to date.
 */
@Tag("comparison")
class ComparisonTest {

    private static final Path RESULT = Path.of("target", "comparison.adoc");
    private static final String UPDATE = "what docs/comparison.adoc says: bring it up to date";
    private static final int AT_ONCE = 16;

    private static final String OURS = "camel-sendtalk";
    private static final List<Contender> CONTENDERS = Contender.all();
    private static final List<Finding> FINDINGS = new ArrayList<>();
    private static final Map<String, Crowd> CROWDS = new LinkedHashMap<>();
    private static final Map<String, Traces> TRACES = new LinkedHashMap<>();

    @BeforeAll
    static void sendAll() throws Exception {
        String log;
        try (Tee tee = new Tee()) {
            warmUp();
            FINDINGS.addAll(findings());
            log = tee.text();
        }
        assertThat(log).contains("DEBUG org.apache.camel.component", "DEBUG io.github.camelsendtalk");
        for (Contender contender : CONTENDERS) {
            TRACES.put(contender.title(), new Traces(of(contender).toList(), log));
            CROWDS.put(contender.title(), Crowd.of(contender));
        }
        write();
    }

    /** Loads the classes, so that the times of the first trials are those of the contenders. */
    private static void warmUp() throws Exception {
        for (Contender contender : CONTENDERS) {
            Trial.of(contender, Trouble.NONE);
        }
    }

    private static List<Finding> findings() throws Exception {
        ExecutorService runners = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Finding> findings = new ArrayList<>();
            for (Future<Finding> finding : runners.invokeAll(trials(), 10, TimeUnit.MINUTES)) {
                findings.add(finding.get());
            }
            return findings;
        } finally {
            runners.shutdownNow();
        }
    }

    private static List<Callable<Finding>> trials() {
        return Stream.of(Trouble.values())
                .sorted(Comparator.comparing(trouble -> !trouble.isLong()))
                .flatMap(trouble ->
                        CONTENDERS.stream().filter(trouble::isFor).map(contender -> trial(contender, trouble)))
                .toList();
    }

    private static Callable<Finding> trial(Contender contender, Trouble trouble) {
        return () -> Trial.of(contender, trouble);
    }

    private static void write() throws IOException {
        Table table = new Table(
                "What happens", CONTENDERS.stream().map(Contender::title).toList());
        for (Trouble trouble : Trouble.values()) {
            table.row(trouble.title(), cells(contender -> cell(contender, trouble)));
        }
        table.row(
                "%d at once, %d times".formatted(Crowd.AT_ONCE, Crowd.ROUNDS),
                cells(contender -> CROWDS.get(contender.title()).cell()));
        table.row(
                "Where the above left the key, the number and the text",
                cells(contender -> TRACES.get(contender.title()).cell()));
        Files.writeString(RESULT, table.text());
    }

    private static List<String> cells(Function<Contender, String> cell) {
        return CONTENDERS.stream().map(cell).toList();
    }

    private static String cell(Contender contender, Trouble trouble) {
        return of(contender)
                .filter(finding -> finding.trouble() == trouble)
                .map(Finding::cell)
                .findFirst()
                .orElse("no such option");
    }

    private static Stream<Finding> of(Contender contender) {
        return FINDINGS.stream().filter(finding -> finding.contender() == contender);
    }

    private static Finding found(String contender, Trouble trouble) {
        return FINDINGS.stream()
                .filter(finding -> finding.contender().title().equals(contender) && finding.trouble() == trouble)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void theExchangeEndsOnceAndIsToldTheTruth(Trouble trouble) {
        Finding finding = found(OURS, trouble);

        assertThat(finding.endings()).hasSize(1);
        assertThat(told(finding.endings().get(0).failure())).isEqualTo(trouble.expected());
    }

    private static Expected told(@Nullable Exception failure) {
        if (failure instanceof SendTalkException ours) {
            return new Expected(ours.getClass(), ours.isOutcomeUnknown(), ours.isRetryable());
        }
        assertThat(failure).isNull();
        return Expected.success();
    }

    @ParameterizedTest
    @EnumSource
    void theMessageIsReceivedOnceWhereARequestIsRead(Trouble trouble) {
        Finding finding = found(OURS, trouble);

        assertThat(finding.received())
                .isEqualTo(trouble == Trouble.REFUSED_CONNECTION || trouble == Trouble.RESET_UNREAD ? 0 : 1);
    }

    @Test
    void aRedirectIsNotFollowed() {
        assertThat(found(OURS, Trouble.REDIRECT).elsewhere()).isEmpty();
    }

    @Test
    void anEndlessAnswerIsNotReadToItsEnd() {
        assertThat(found(OURS, Trouble.ENDLESS).poured()).isLessThan(Visit.MOST);
    }

    @Test
    void messagesSentAtOnceAreReceivedOneByOneAndNoThreadWaits() {
        assertThat(CROWDS.get(OURS)).isEqualTo(new Crowd(400, 400, 0, 0, 400, 0));
    }

    @Test
    void noLogOrExceptionHoldsTheKeyTheNumberOrTheText() {
        assertThat(TRACES.get(OURS).isEmpty()).isTrue();
    }

    @Test
    void camelWhatsAppLeavesTheExchangeOpenWhereTheConnectionIsRefused() {
        assertThat(found("camel-whatsapp", Trouble.REFUSED_CONNECTION).endings())
                .as(UPDATE)
                .isEmpty();
    }

    @Test
    void camelTelegramJoinsMessagesThatAreSentAtOnce() {
        assertThat(CROWDS.get("camel-telegram").joined())
                .as("of threads that race: run it again, and only if it stays 0, this is no longer " + UPDATE)
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "TOO_MANY_REQUESTS"})
    void camelHttpRepeatsThePost(Trouble trouble) {
        assertThat(found("camel-http", trouble).received()).as(UPDATE).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "TOO_MANY_REQUESTS"})
    void camelHttpDoesNotRepeatThePostWhereRetriesAreSwitchedOff(Trouble trouble) throws Exception {
        Contender withoutRetries = new Http(component -> component.setAutomaticRetriesDisabled(true));

        assertThat(Trial.of(withoutRetries, trouble).received()).as(UPDATE).isEqualTo(1);
    }
}
