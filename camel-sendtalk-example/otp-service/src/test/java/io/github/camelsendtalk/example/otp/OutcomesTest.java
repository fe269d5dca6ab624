package io.github.camelsendtalk.example.otp;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsendtalk.outbox.Worker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever SendTalk says, and however long the database takes nothing: an instance goes on. */
class OutcomesTest {

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start("otp.second-channel-after=5m");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            628125100101, REFUSED, `{"status": 400, "error": {"code": "40002", "message": "wrong \\ud800 here", "field": "ph\\u0000one"}}`
            628125100102, SENT, `{"status": 200, "data": {"success": true, "id": "abc\\u0000d\\udc00ef"}}`
            """)
    void whatTheDatabaseDoesNotTakeIsWrittenDownAllTheSame(String phone, String state, String answer) {
        service.sandbox()
                .wireMock()
                .stubFor(post("/api/v1/message/send_whatsapp")
                        .withRequestBody(matchingJsonPath("$.phone", equalTo(phone)))
                        .atPriority(1)
                        .willReturn(okJson(answer)));

        UUID id = service.ask(phone).id();

        await().atMost(Duration.ofSeconds(20)).until(() -> state.equals(service.messageOf(id, "state")));
        assertThat(service.bean(Worker.class).stopReason()).isNull();
    }

    /** As a standby is before it takes over. */
    @Test
    void aDatabaseThatIsReadOnlyForAWhileIsWaitedFor() throws SQLException {
        // answered after three seconds
        UUID id = service.ask("628125200040").id();
        await().until(() -> "SENDING".equals(service.messageOf(id, "state")));
        try {
            readOnly("on");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.ask("628125200101").status() == 503);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.bean(Worker.class).secondsWithoutAnswer() > 4);
        } finally {
            readOnly("off");
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> "SENT".equals(service.messageOf(id, "state")));
        assertThat(service.bean(Worker.class).stopReason()).isNull();
    }

    private static void readOnly(String value) throws SQLException {
        try (Connection connection =
                        Objects.requireNonNull(service.jdbc().getDataSource()).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = off");
            statement.execute("ALTER SYSTEM SET default_transaction_read_only = " + value);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    @Test
    void anInstanceThatSendsNothingTakesNoCodes() {
        UUID id = service.ask("628125300101").id();
        String code = service.codeSentTo("628125300101");
        Worker worker = service.bean(Worker.class);
        worker.stop("by the test");
        try {
            assertThat(service.ask("628125300102").status()).isEqualTo(503);
            assertThat(service.check(id, code).text("result")).isEqualTo("right");
        } finally {
            worker.start();
        }
    }
}
