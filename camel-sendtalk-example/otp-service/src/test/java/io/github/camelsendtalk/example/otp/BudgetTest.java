package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.example.otp.RunningService.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The day's budget, and a person who lets more codes out. */
class BudgetTest {

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start("otp.per-day=2");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void afterTheDaysBudgetOnlyAPersonLetsMoreOut() {
        service.jdbc().execute("DELETE FROM budget");
        assertThat(service.management("/actuator/budget").body())
                .hasToString(service.jdbc()
                        .queryForObject(
                                "SELECT '{\"day\":\"' || (now() AT TIME ZONE 'Asia/Jakarta')::date || '\",\"codes\":0,\"budget\":2,\"more\":0}'",
                                String.class));
        assertThat(service.ask("0812-3100-0101").status()).isEqualTo(202);
        assertThat(service.ask("0812-3100-0102").status()).isEqualTo(202);
        assertThat(service.ask("0812-3100-0103").text("type")).isEqualTo("urn:otp:budget");

        Answer more = service.managementPost("/actuator/budget", Map.of("more", 1));

        assertThat(more.status()).isEqualTo(200);
        assertThat(more.body().path("codes").asInt()).isEqualTo(2);
        assertThat(more.body().path("more").asInt()).isEqualTo(1);
        assertThat(service.ask("0812-3100-0103").status()).isEqualTo(202);
        assertThat(service.ask("0812-3100-0104").text("type")).isEqualTo("urn:otp:budget");
        service.managementPost("/actuator/budget", Map.of("more", 1));
        assertThat(service.management("/actuator/budget").body().path("more").asInt())
                .isEqualTo(2);
        assertThat(service.ask("0812-3100-0104").status()).isEqualTo(202);
    }

    @Test
    void itCanBeRaisedBeforeTheFirstCodeOfTheDay() {
        service.jdbc().execute("DELETE FROM budget");

        assertThat(service.managementPost("/actuator/budget", Map.of("more", 1_000_000))
                        .body()
                        .path("more")
                        .asInt())
                .isEqualTo(1_000_000);
        assertThat(service.ask("0812-3100-0201").status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "1000001", "\"many\"", "99999999999999999999", "\"1 OR 1\"", "true"})
    void whatIsNoNumberOfCodesIsRefusedWithASentence(String more) {
        int before = service.management("/actuator/budget").body().path("more").asInt();

        Answer refused = service.managementPost("/actuator/budget", "{\"more\": %s}".formatted(more));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("detail"))
                .isEqualTo(
                        "A whole number from 1 to 1,000,000 says how many more codes may go out today: send {\"more\": 1000}.");
        assertThat(service.management("/actuator/budget").body().path("more").asInt())
                .isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"more\": null}", "{\"less\": 1}"})
    void howManyMustBeSaid(String body) {
        Answer refused = service.managementPost("/actuator/budget", body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("detail")).isEqualTo("How many more is missing: send {\"more\": 1000}.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/budget",
                "/actuator/conversion",
                "/actuator/prometheus",
                "/actuator/health",
                "/actuator"
            })
    void nothingOfItIsOnThePublicPort(String path) {
        assertThat(service.post(path, Map.of("more", 1)).status()).isEqualTo(404);
        assertThat(RunningService.send(HttpRequest.newBuilder(URI.create(service.url(path)))
                                .build())
                        .status())
                .isEqualTo(404);
    }
}
