package io.github.camelsendtalk.example.otp;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.example.otp.RunningService.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Limits are those of all instances together, and hold for requests that come at the same moment. */
class LimitsAtThreeInstancesTest {

    private static final int PER_NUMBER = 5;
    private static final int PER_ADDRESS = 40;
    private static final int PER_MINUTE = 60;
    private static final int PER_DAY = 80;
    private static final int TIMES = 200;

    private static ThreeInstances instances;
    private static RunningService service;

    @BeforeAll
    static void start() {
        instances = new ThreeInstances(
                "server.forward-headers-strategy=native",
                // all messages that there are come to the sandbox
                "otp.second-channel-after=1h",
                // a code takes the place of the one before at once, so that a number can come to its limit
                "otp.resend-after=0s",
                "otp.per-number=" + PER_NUMBER,
                "otp.per-address=" + PER_ADDRESS,
                "otp.per-minute=" + PER_MINUTE,
                "otp.per-day=" + PER_DAY);
        service = instances.first();
    }

    @AfterAll
    static void stop() {
        instances.close();
    }

    /** The minute that counts is still to come, so that no test falls between two. */
    @BeforeEach
    void beginADay() {
        service.sandbox().clear();
        service.jdbc().execute("DELETE FROM code");
        service.jdbc().execute("DELETE FROM message");
        service.jdbc().execute("DELETE FROM budget");
        service.jdbc().execute("""
                INSERT INTO budget (account, day, codes, minute, minute_codes)
                SELECT 'sandbox', (now() AT TIME ZONE 'Asia/Jakarta')::date + day, 0, now() + interval '1 h', 0
                FROM generate_series(0, 1) AS day""");
    }

    @Test
    void aNumberGetsNoMoreThanItsCodes() {
        assertThat(ask(i -> "6281210000400", i -> "192.0.2." + i))
                .isEqualTo(Map.of("", (long) PER_NUMBER, "urn:otp:number-limit", (long) TIMES - PER_NUMBER));
        assertThat(count("code")).isEqualTo(PER_NUMBER);
        // those that are not sent yet give way to the next, which goes by SMS
        assertThat(count("message WHERE state = 'SENT'")).isBetween(1, PER_NUMBER);
    }

    /** Of two requests the one that came first may see the code of the other. */
    @Test
    void aRequestThatSeesACodeMadeAfterItCameIsLetOutAllTheSame() {
        UUID first = service.ask("6281210000401").id();

        CompletableFuture<Answer> second = new TransactionTemplate(
                        new DataSourceTransactionManager(service.jdbc().getDataSource()))
                .execute(transaction -> {
                    service.jdbc().execute("LOCK TABLE code");
                    CompletableFuture<Answer> answer = service.postAsync(
                            "/codes", Map.of("phone", "6281210000401", "purpose", "login", "language", "id"));
                    // in a thread, and so a transaction, of its own
                    Awaitility.await("the request")
                            .until(() -> count("pg_stat_activity WHERE wait_event_type = 'Lock' AND query ~ 'ask_code'")
                                    == 1);
                    service.jdbc()
                            .update("UPDATE code SET created_at = clock_timestamp(), next_at = clock_timestamp()");
                    return answer;
                });

        assertThat(second.join().id()).isNotEqualTo(first);
    }

    @Test
    void anAddressGetsNoMoreThanItsCodes() {
        assertThat(ask("6281210101%03d"::formatted, i -> "192.0.2.1"))
                .isEqualTo(Map.of("", (long) PER_ADDRESS, "urn:otp:address-limit", (long) TIMES - PER_ADDRESS));
        assertThat(messages()).isEqualTo(PER_ADDRESS);
    }

    @Test
    void aMinuteHasNoMoreThanItsCodes() {
        assertThat(ask("6281210201%03d"::formatted, i -> "192.0.2." + i))
                .isEqualTo(Map.of("", (long) PER_MINUTE, "urn:otp:busy", (long) TIMES - PER_MINUTE));
        assertThat(messages()).isEqualTo(PER_MINUTE);
    }

    @Test
    void aDayHasNoMoreThanItsCodes() {
        service.jdbc().update("UPDATE budget SET codes = ?", PER_DAY - 30);

        assertThat(ask("6281210301%03d"::formatted, i -> "192.0.2." + i))
                .isEqualTo(Map.of("", 30L, "urn:otp:budget", TIMES - 30L));
        assertThat(messages()).isEqualTo(30);
    }

    /** What was asked for at all instances at once: how many requests came to which problem, or to none. */
    private static Map<String, Long> ask(IntFunction<String> phone, IntFunction<String> address) {
        List<Answer> answers = instances.askAtOnce(TIMES, phone, address);
        Awaitility.await("the end of all messages")
                .atMost(Duration.ofSeconds(30))
                .until(() -> count("message WHERE state IN ('QUEUED', 'SENDING')") == 0);
        return answers.stream().collect(groupingBy(answer -> answer.text("type"), counting()));
    }

    private static int messages() {
        return service.sandbox().messages().size();
    }

    private static int count(String from) {
        Integer count = service.jdbc().queryForObject("SELECT count(*) FROM " + from, Integer.class);
        return count == null ? 0 : count;
    }
}
