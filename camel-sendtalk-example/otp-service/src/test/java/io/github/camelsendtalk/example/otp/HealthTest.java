package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsendtalk.example.otp.RunningService.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an instance says to a probe. */
class HealthTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start("figures.delay=200", "spring.datasource.hikari.connection-timeout=500");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Answer readiness() {
        return service.management("/actuator/health/readiness");
    }

    private static boolean isReady() {
        return readiness().status() == 200;
    }

    private static boolean isAlive() {
        return service.management("/actuator/health/liveness").status() == 200;
    }

    @Test
    void anInstanceIsReadyWhenItsRoutesAreThere() {
        await().atMost(PATIENCE).until(HealthTest::isReady);

        assertThat(service.bean(RunningService.SecondChannel.class).readinessAtStart)
                .as("while Camel made its routes")
                .isEqualTo(503);
    }

    @Test
    void whoAsksBeforeTheRoutesAreThereIsNotToldThatThereIsNoSuchCode() {
        assertThat(service.bean(RunningService.SecondChannel.class).answerAtStart)
                .isEqualTo(503);
    }

    @Test
    void anInstanceWhoseDatabaseIsSilentIsNotReadyAndAlive() {
        await().atMost(PATIENCE).until(HealthTest::isReady);

        service.shutDatabase();
        try {
            await().atMost(PATIENCE).until(() -> !isReady());
            assertThat(readiness().body().toString()).contains("The database has given no figures for");
            assertThat(isAlive()).as("to kill it would mend nothing").isTrue();
            // each statement finds out by itself
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(service.scrape()).doesNotContain("otp_rows{", "otp_budget_used{"));
        } finally {
            service.openDatabase();
        }

        await().atMost(PATIENCE).until(HealthTest::isReady);
    }

    @Test
    void aClosedGateIsSaidAndKeepsNobodyFromAsking() {
        await().atMost(PATIENCE).until(HealthTest::isReady);
        service.jdbc().execute("""
                INSERT INTO gate (account, lane, until, exception, reason)
                VALUES ('sandbox', '*', now() + interval '1 h', 'SendTalkInsufficientBalanceException', 'The balance is insufficient.')""");
        try {
            await().atMost(PATIENCE)
                    .until(() -> service.management("/actuator/health").status() == 503);
            assertThat(service.management("/actuator/health").body().toString())
                    .contains("Nothing is sent, SendTalkInsufficientBalanceException: The balance is insufficient.");
            assertThat(isReady()).isTrue();
        } finally {
            service.jdbc().execute("DELETE FROM gate");
        }
        await().atMost(PATIENCE)
                .until(() -> service.management("/actuator/health").status() == 200);
    }
}
