package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.example.otp.RunningService.Answer;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What costs nobody money. */
class LimitsTest {

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start("otp.per-number=3", "otp.per-address=6", "otp.per-minute=8", "otp.per-day=10");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void forget() {
        service.jdbc().update("DELETE FROM code");
        service.jdbc().update("DELETE FROM message");
        service.jdbc().update("DELETE FROM budget");
        service.sandbox().clear();
    }

    @Test
    void aSecondRequestWithinAMinuteGivesTheFirstIdAndSendsNothing() {
        Answer first = service.ask("0812-1000-0201");
        Answer second = service.ask("+62 812 1000 0201");

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.text("nextAt")).isEqualTo(first.text("nextAt"));
        assertThat(Instant.parse(first.text("nextAt")))
                .isEqualTo(Instant.parse(first.text("createdAt")).plusSeconds(60));
        service.codeSentTo("6281210000201");
        assertThat(rows("message")).isEqualTo(1);
    }

    @Test
    void aRequestForSomethingElseWithinAMinuteIsRefused() {
        service.ask("0812-1000-0202", "login");

        Answer payment = service.ask("0812-1000-0202", "payment");

        refuses(payment, 429, "too-soon");
        assertThat(payment.body().path("retryAfter").asInt()).isBetween(50, 60);
        assertThat(payment.headers().firstValue("Retry-After")).hasValue(payment.text("retryAfter"));
        assertThat(payment.text("detail")).contains(payment.text("retryAfter") + " detik");
    }

    @Test
    void afterAMinuteANewCodeEndsTheOneBeforeWhateverItWasFor() {
        UUID first = service.ask("0812-1000-0203", "login").id();
        String code = service.codeSentTo("6281210000203");
        service.age(first, "61 s");

        UUID second = service.ask("0812-1000-0203", "payment").id();

        assertThat(second).isNotEqualTo(first);
        assertThat(service.show(first).text("state")).isEqualTo("replaced");
        refuses(service.check(first, code), 410, "replaced");
        assertThat(service.show(second).text("state")).isEqualTo("open");
    }

    @Test
    void aCodeThatWasUsedIsNotEndedByTheNext() {
        UUID first = service.ask("0812-1000-0204").id();
        service.check(first, service.codeSentTo("6281210000204"));
        service.age(first, "61 s");

        service.ask("0812-1000-0204");

        assertThat(service.show(first).text("state")).isEqualTo("used");
    }

    @Test
    void aNumberGetsNoMoreThanItsCodesOfADay() {
        askAndAge("0812-1000-0205", "61 s", "61 s", "61 s");

        Answer fourth = service.ask("0812-1000-0205");

        refuses(fourth, 429, "number-limit");
        assertThat(fourth.body().path("retryAfter").asInt()).isBetween(86_000, 86_400);
        service.jdbc().update("UPDATE code SET created_at = created_at - interval '24 h'");
        assertThat(service.ask("0812-1000-0205").status()).isEqualTo(202);
    }

    @Test
    void anAddressGetsNoMoreThanItsCodesOfAnHour() {
        for (int number = 1; number <= 6; number++) {
            assertThat(service.ask("0812-1000-030" + number).status()).isEqualTo(202);
        }

        Answer seventh = service.ask("0812-1000-0307");

        refuses(seventh, 429, "address-limit");
        assertThat(seventh.body().path("retryAfter").asInt()).isBetween(3500, 3600);
        assertThat(service.ask("0812-1000-0306").status())
                .as("who asks again is told the same, and nothing is sent")
                .isEqualTo(202);
        service.jdbc().update("UPDATE code SET created_at = created_at - interval '1 h'");
        assertThat(service.ask("0812-1000-0307").status()).isEqualTo(202);
    }

    @Test
    void noMoreThanTheCodesOfAMinuteAreLetOut() {
        service.ask("0812-1000-0401");
        service.jdbc().update("UPDATE budget SET minute_codes = 8, minute = minute + interval '1 h'");

        refuses(service.ask("0812-1000-0402"), 503, "busy");

        service.jdbc().update("UPDATE budget SET minute = minute - interval '2 h'");
        assertThat(service.ask("0812-1000-0402").status()).isEqualTo(202);
        assertThat(service.jdbc().queryForObject("SELECT minute_codes FROM budget", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void afterTheDaysBudgetOnlyAPersonLetsMoreOut() {
        service.ask("0812-1000-0501");
        service.jdbc().update("UPDATE budget SET codes = 10");

        refuses(service.ask("0812-1000-0502"), 503, "budget");

        service.jdbc().update("UPDATE budget SET more = 1");
        assertThat(service.ask("0812-1000-0502").status()).isEqualTo(202);
        refuses(service.ask("0812-1000-0503"), 503, "budget");
    }

    @Test
    void aNewDayHasABudgetOfItsOwn() {
        service.ask("0812-1000-0601");
        service.jdbc().update("UPDATE budget SET codes = 10, day = day - 1");

        assertThat(service.ask("0812-1000-0602").status()).isEqualTo(202);
    }

    @Test
    void whatIsRefusedCostsNothingOfTheBudget() {
        service.ask("0812-1000-0701", "login");
        service.ask("0812-1000-0701", "payment");
        service.ask("+65 9123 4567");

        assertThat(service.jdbc().queryForObject("SELECT codes FROM budget", Integer.class))
                .isEqualTo(1);
    }

    private static void askAndAge(String phone, String... ages) {
        for (String age : ages) {
            Answer answer = service.ask(phone);
            assertThat(answer.status()).isEqualTo(202);
            service.age(answer.id(), age);
        }
    }

    private static void refuses(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.text("type")).isEqualTo("urn:otp:" + type);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    private static int rows(String table) {
        return service.jdbc().queryForObject("SELECT count(*) FROM " + table, Integer.class);
    }
}
