package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsendtalk.support.Series;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the management port says of codes: of those that are over, so that young ones do not look like failures. */
class FiguresTest {

    private static RunningService service;

    @BeforeAll
    static void start() {
        service =
                RunningService.start("figures.delay=200", "otp.countries=ID,SG", "otp.per-number=2", "otp.per-day=500");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void forget() {
        service.jdbc().execute("DELETE FROM code; DELETE FROM message; DELETE FROM budget");
    }

    /** Five codes: one is used, one guessed wrong, one not looked at, one refused, one with another purpose; none is over yet. */
    private static List<UUID> fiveCodes() {
        UUID used = service.ask("0812-3000-0101").id();
        UUID wrong = service.ask("0812-3000-0102").id();
        UUID untouched = service.ask("0812-3000-0103").id();
        UUID refused = service.ask("0812-3000-0001").id();
        UUID other = service.ask("0812-3000-0105", "payment").id();
        service.check(used, service.codeSentTo("6281230000101"));
        service.check(wrong, RunningService.notThe(service.codeSentTo("6281230000102")));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.jdbc()
                                .queryForObject("SELECT count(*) FROM message WHERE is_sent AND price > 0", Long.class)
                        == 4);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> service.jdbc().queryForObject("SELECT count(sms_at) FROM code", Long.class) == 1);
        return List.of(used, wrong, untouched, refused, other);
    }

    @Test
    void codesAreCountedByWhatBecameOfThemWhenTheyAreOver() {
        List<UUID> codes = fiveCodes();
        assertThat(service.scrape()).doesNotContain("otp_codes{", "otp_conversion_ratio");

        codes.forEach(code -> service.age(code, "6 min"));

        assertStep("login", "asked", 4);
        assertStep("login", "sent", 3);
        assertStep("login", "delivered", 3);
        assertStep("login", "sms", 1);
        assertStep("login", "checked", 2);
        assertStep("login", "verified", 1);
        assertStep("payment", "asked", 1);
        assertStep("payment", "verified", 0);
        service.awaitFigure("otp_conversion_ratio", Map.of("account", "sandbox"), 0.2);
        service.awaitFigure("otp_price", Map.of("currency", "IDR"), 400);
        service.awaitFigure("otp_price_per_verified_number", Map.of("currency", "IDR"), 400);

        codes.forEach(code -> service.age(code, "15 min"));
        await().atMost(Duration.ofSeconds(20)).until(() -> !service.scrape().contains("otp_codes{"));
    }

    private static void assertStep(String purpose, String step, double count) {
        service.awaitFigure("otp_codes", Map.of("purpose", purpose, "step", step), count);
    }

    @Test
    void theLastHourIsShownByMinute() {
        List<UUID> codes = fiveCodes();
        codes.forEach(code -> service.age(code, "20 min"));
        String minute = service.show(codes.get(0)).text("createdAt").substring(0, 16);

        Answer minutes = new Answer(service.management("/actuator/conversion").body());

        assertThat(minutes.array()).hasSize(60);
        int asked = StreamSupport.stream(minutes.array().spliterator(), false)
                .mapToInt(m -> m.path("asked").asInt())
                .sum();
        assertThat(asked).isEqualTo(5);
        JsonNode used = StreamSupport.stream(minutes.array().spliterator(), false)
                .filter(m -> m.path("minute").asText().startsWith(minute))
                .findFirst()
                .orElseThrow();
        assertThat(used.path("settled").asBoolean()).isTrue();
        assertThat(used.path("verified").asInt()).isEqualTo(1);
        assertThat(used.path("sent").asInt()).isEqualTo(used.path("delivered").asInt());
        assertThat(used.path("conversion").asDouble())
                .isEqualTo(Math.round(1000.0 / used.path("asked").asInt()) / 1000.0);
        assertThat(used.path("price").asInt()).isEqualTo(100 * used.path("sent").asInt());
        assertThat(used.path("currency").asText()).isEqualTo("IDR");
        assertThat(used.path("pricePerVerifiedNumber").asInt())
                .isEqualTo(used.path("price").asInt());
        assertThat(minutes.array().get(59).path("settled").asBoolean()).isFalse();
        assertThat(minutes.array().get(59).path("conversion").isNull()).isTrue();
    }

    private record Answer(JsonNode array) {}

    @Test
    void refusedRequestsAndGuessesAreCountedByWhy() {
        double before = count("otp_requests_refused_total", "reason", "number-limit");
        double right = count("otp_guesses_total", "result", "right");
        double wrong = count("otp_guesses_total", "result", "wrong");
        double used = count("otp_guesses_total", "result", "used");
        double sends = count("sendtalk_sends_total", "outcome", "accepted");
        for (int n = 0; n < 2; n++) {
            service.age(service.ask("0812-3000-0201").id(), "2 min");
        }
        service.ask("0812-3000-0201");
        UUID id = service.ask("0812-3000-0202").id();
        String code = service.codeSentTo("6281230000202");
        service.check(id, RunningService.notThe(code));
        service.check(id, code);
        service.check(id, code);

        assertThat(count("otp_requests_refused_total", "reason", "number-limit"))
                .isEqualTo(before + 1);
        assertThat(count("otp_guesses_total", "result", "right")).isEqualTo(right + 1);
        assertThat(count("otp_guesses_total", "result", "wrong")).isEqualTo(wrong + 1);
        assertThat(count("otp_guesses_total", "result", "used")).isEqualTo(used + 1);
        assertThat(count("sendtalk_sends_total", "outcome", "accepted")).isGreaterThan(sends);
    }

    @Test
    void everyReasonIsThereBeforeItHappens() {
        assertThat(Series.parse(service.scrape()))
                .filteredOn(series -> series.name().equals("otp_requests_refused_total"))
                .extracting(series -> series.labels().get("reason"))
                .contains("too-long", "budget", "unavailable", "country-not-allowed")
                .doesNotContain("wrong", "expired");
    }

    private static double count(String name, String label, String value) {
        return service.figure(name, Map.of(label, value));
    }

    @Test
    void theBudgetOfTodayIsShownBeforeAndAfterItsFirstCode() {
        service.awaitFigure("otp_budget_used", Map.of(), 0);
        service.awaitFigure("otp_budget_limit", Map.of(), 500);
        service.ask("0812-3000-0301");

        service.awaitFigure("otp_budget_used", Map.of(), 1);
    }

    @Test
    void theOutboxIsShownWithBothItsLanes() {
        service.jdbc().execute("""
                INSERT INTO message (account, campaign, key, lane, state) VALUES
                ('sandbox', 'code', 'one', 'code', 'PARKED'), ('sandbox-sms', 'code', 'two', 'sms', 'UNKNOWN'),
                ('another', 'code', 'three', 'code', 'PARKED')""");

        service.awaitFigure("otp_rows", Map.of("lane", "code", "state", "PARKED"), 1);
        service.awaitFigure("otp_rows", Map.of("lane", "sms", "state", "UNKNOWN"), 1);
        service.awaitFigure("otp_gate_closed", Map.of("lane", "*", "exception", ""), 0);
        service.awaitFigure("otp_oldest_code_seconds", Map.of(), 0);
        service.awaitFigure("otp_worker_claiming", Map.of(), 1);
    }

    /** The statement took 2.8 s on two busy cores, with 14 us for each code; here the figures are counted beside it all the time. */
    @Test
    @Tag("load")
    void twoHundredThousandCodesInAnHourAreShownByMinute() {
        service.jdbc().execute("""
                INSERT INTO code (id, account, number, address, purpose, language, created_at, next_at, expires_at, tries_left)
                SELECT gen_random_uuid(), 'sandbox', md5(n::text), md5('a'), 'login', 'id',
                    now() - n * interval '18 ms', now(), now(), 5
                FROM generate_series(1, 200000) AS n;
                INSERT INTO message (account, campaign, key, lane, state, created_at, ended_at, is_sent, is_pending, price, currency)
                SELECT 'sandbox', 'code', id, 'code', 'SENT', created_at, created_at, true, false, 100, 'IDR' FROM code;
                ANALYZE""");
        long begin = System.nanoTime();
        JsonNode minutes = service.management("/actuator/conversion").body();
        Duration hour = Duration.ofNanos(System.nanoTime() - begin);
        System.out.println("200,000 codes by minute: " + hour);

        assertThat(minutes.get(30).path("sent").asInt()).isBetween(3000, 3500);
        assertThat(hour).isLessThan(Duration.ofSeconds(20));
        service.awaitFigure("otp_codes", Map.of("step", "verified"), 0);
    }
}
