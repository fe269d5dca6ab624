package io.github.camelsendtalk.sandbox;

import static io.github.camelsendtalk.sandbox.SandboxClient.compact;
import static io.github.camelsendtalk.sandbox.SandboxClient.idIn;
import static io.github.camelsendtalk.sandbox.SandboxClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sandbox answers to a question for a status, held against the examples on the vendor's page. */
class StatusAnswerTest {

    private static final Instant CREATED = Instant.ofEpochMilli(1635774547004L);
    private static final Duration PENDING = Duration.ofMillis(1635774548482L - 1635774547004L);
    private static final Duration UNREAD = Duration.ofSeconds(5);

    private SendTalkSandbox sandbox;
    private SandboxClient client;

    @BeforeEach
    void start() {
        sandbox = SendTalkSandbox.builder()
                .frozenAt(CREATED)
                .sentAfter(PENDING)
                .readAfter(UNREAD)
                .start();
        client = new SandboxClient(sandbox.baseUrl());
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aMessageIsPendingUntilItsTimeHasCome() {
        String id = idIn(client.send(text("62811001234", "Hi")));
        sandbox.step(PENDING.minusMillis(1));

        assertThat(client.statusOf(id)).isEqualTo(compact("""
                                {
                                  "status": 200,
                                  "error": {
                                    "code": "",
                                    "message": "",
                                    "field": ""
                                  },
                                  "data": {
                                    "status": "pending",
                                    "isPending": true,
                                    "isSent": false,
                                    "sentTime": null,
                                    "currency": "IDR",
                                    "price": 0,
                                    "createdTime": 1635774547004
                                  }
                                }
                                """));
    }

    @Test
    void aSentMessageIsAnsweredAsOnThePage() {
        String id = idIn(client.send(text("62811001234", "Hi")));
        sandbox.step(PENDING);

        assertThat(client.statusOf(id)).isEqualTo(compact("""
                                {
                                  "status": 200,
                                  "error": {
                                    "code": "",
                                    "message": "",
                                    "field": ""
                                  },
                                  "data": {
                                    "status": "sent",
                                    "isPending": false,
                                    "isSent": true,
                                    "sentTime": 1635774548482,
                                    "currency": "IDR",
                                    "price": 100,
                                    "createdTime": 1635774547004
                                  }
                                }
                                """));
    }

    @Test
    void aSentMessageIsReadAfterAWhileAndStaysSo() {
        String id = idIn(client.send(text("62811001234", "Hi")));
        sandbox.step(PENDING);
        String sent = client.statusOf(id);

        sandbox.step(UNREAD.minusMillis(1));
        assertThat(client.statusOf(id)).isEqualTo(sent);

        sandbox.step(Duration.ofMillis(1));
        assertThat(client.statusOf(id)).isEqualTo(sent.replace("\"sent\"", "\"read\""));

        sandbox.step(Duration.ofDays(365));
        assertThat(client.statusOf(id)).isEqualTo(sent.replace("\"sent\"", "\"read\""));
    }

    @Test
    void aCodeOvertakesTheMessagesBeforeIt() {
        String textId = idIn(client.send(text("62811001234", "Hi")));
        String codeId = idIn(client.send(text("62811001234", "4711").replace("\"text\"", "\"otp\"")));

        sandbox.step(PENDING.dividedBy(2));

        assertThat(client.statusOf(textId)).contains("\"status\":\"pending\"");
        assertThat(client.statusOf(codeId)).contains("\"status\":\"sent\"");
    }

    @Test
    void anUnknownIdIsAnsweredAsOnThePage() {
        assertThat(client.statusOf("3f581b4e-8e7c-4ebf-a533-39115737b81c")).isEqualTo(compact("""
                                {
                                  "status": 404,
                                  "error": {
                                    "code": "40401",
                                    "message": "Message is not found",
                                    "field": ""
                                  },
                                  "data": {}
                                }
                                """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\": null}", "{\"id\": \" \"}", "", "[]", "id=1", "null"})
    void aMissingIdIsAnsweredAsOnThePage(String request) {
        assertThat(client.status(request)).isEqualTo(compact("""
                                {
                                  "status": 400,
                                  "error": {
                                    "code": "40002",
                                    "message": "Message ID is required",
                                    "field": "id"
                                  },
                                  "data": {}
                                }
                                """));
    }

    @Test
    void aMissingKeyIsAnsweredAsOnThePage() {
        assertThat(compact(client.postWithoutKey("/api/v1/message/get_status").body()))
                .isEqualTo(compact("""
                                {
                                  "status": 400,
                                  "error": {
                                    "code": "40001",
                                    "message": "Request headers are required (API-Key)",
                                    "field": ""
                                  },
                                  "data": {}
                                }
                                """));
    }

    @Test
    void everyAnswerIsAnHttp200WithJson() {
        var answer = client.post("/api/v1/message/get_status", "{\"id\": \"unknown\"}")
                .join();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void withoutATimeOfPendingAMessageIsSentAtOnce() {
        try (SendTalkSandbox quick = SendTalkSandbox.builder()
                .frozenAt(CREATED)
                .sentAfter(Duration.ZERO)
                .start()) {
            SandboxClient quickClient = new SandboxClient(quick.baseUrl());

            String id = idIn(quickClient.send(text("62811001234", "Hi")));

            assertThat(quickClient.statusOf(id))
                    .contains("\"status\":\"sent\"", "\"sentTime\":1635774547004", "\"createdTime\":1635774547004");
        }
    }
}
