package io.github.camelsendtalk.sandbox;

import static io.github.camelsendtalk.sandbox.SandboxClient.compact;
import static io.github.camelsendtalk.sandbox.SandboxClient.idIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sandbox answers to a send, held against the examples on the vendor's page. */
class SendAnswerTest {

    private static final String PATH = "/api/v1/message/send_whatsapp";

    private static SendTalkSandbox sandbox;
    private static SandboxClient client;

    @BeforeAll
    static void start() {
        sandbox = SendTalkSandbox.start();
        client = new SandboxClient(sandbox.baseUrl());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void clear() {
        sandbox.clear();
    }

    @Test
    void anAcceptedMessageIsAnsweredAsOnThePage() {
        String answer = client.send("""
                {
                    "phone": "6281212345678",
                    "messageType": "text",
                    "body": "Hi this is a message"
                }
                """);

        assertThat(answer.replace(idIn(answer), "f26ccf7a-d867-b3a4-d333-117ec668718d"))
                .isEqualTo(compact("""
                                {
                                  "status": 200,
                                  "error": {
                                    "code": "",
                                    "message": "",
                                    "field": ""
                                  },
                                  "data": {
                                    "success": true,
                                    "message": "The message has been added to queue",
                                    "reason": "",
                                    "id": "f26ccf7a-d867-b3a4-d333-117ec668718d"
                                  }
                                }
                                """));
        assertThat(UUID.fromString(idIn(answer)).version()).isEqualTo(4);
    }

    @Test
    void anImageIsKeptAsItCame() {
        String answer = client.send("""
                {
                    "phone": "6281212345678",
                    "messageType": "image",
                    "body": "http://www.example.com/chat/file/image/008dce72-06c0?token=802714",
                    "filename": "my-photo.jpg",
                    "caption": "This is the photo. \uD83D\uDCF7"
                }
                """);

        SandboxMessage message = sandbox.messages().get(0);
        assertThat(sandbox.messages())
                .containsExactly(new SandboxMessage(
                        idIn(answer),
                        "6281212345678",
                        "image",
                        "http://www.example.com/chat/file/image/008dce72-06c0?token=802714",
                        "my-photo.jpg",
                        "This is the photo. \uD83D\uDCF7",
                        message.createdTime()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"otp", "text"})
    void aTextNeedsNoFilename(String messageType) {
        client.send("{\"phone\": \"62811001234\", \"messageType\": \"%s\", \"body\": \"1\", \"filename\": null}"
                .formatted(messageType));

        assertThat(sandbox.messages())
                .extracting(SandboxMessage::messageType, SandboxMessage::filename, SandboxMessage::caption)
                .containsExactly(tuple(messageType, null, null));
    }

    @Test
    void aFieldThatTheApiDoesNotHaveIsIgnored() {
        client.send("{\"phone\": \"62811001234\", \"messageType\": \"otp\", \"body\": \"1\", \"extra\": {\"a\": [1]}}");

        assertThat(sandbox.messages()).hasSize(1);
    }

    @Test
    void aMissingPhoneIsAnsweredAsOnThePage() {
        assertThat(client.send("{\"messageType\": \"text\", \"body\": \"Hi\"}")).isEqualTo(compact("""
                                {
                                  "status": 400,
                                  "error": {
                                    "code": "40002",
                                    "message": "Phone is required",
                                    "field": "phone"
                                  },
                                  "data": {}
                                }
                                """));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                                       | phone       | Phone is required
                    {"phone": null, "messageType": "text", "body": "Hi"}                     | phone       | Phone is required
                    {"phone": " ",  "messageType": "text", "body": "Hi"}                     | phone       | Phone is required
                    {"phone": 62,   "messageType": "text", "body": "Hi"}                     | phone       | Phone is required
                    {"phone": "62", "body": "Hi"}                                            | messageType | Message type is required
                    {"phone": "62", "messageType": null, "body": "Hi"}                       | messageType | Message type is required
                    {"phone": "62", "messageType": "", "body": "Hi"}                         | messageType | Message type is required
                    {"phone": "62", "messageType": "video"}                                  | messageType | Message type is invalid
                    {"phone": "62", "messageType": "TEXT", "body": "Hi"}                     | messageType | Message type is invalid
                    {"phone": "62", "messageType": "text"}                                   | body        | Body is required
                    {"phone": "62", "messageType": "image", "body": null}                    | body        | Body is required
                    {"phone": "62", "messageType": "otp", "body": "\\n\\t "}                 | body        | Body is required
                    {"phone": "62", "messageType": "image", "body": "u"}                     | filename    | Filename is required
                    {"phone": "62", "messageType": "image", "body": "u", "filename": null}   | filename    | Filename is required
                    {"phone": "62", "messageType": "image", "body": "u", "filename": " "}    | filename    | Filename is required
                    {"phone": "60001", "messageType": "text"}                                | body        | Body is required
                    """)
    void theFirstFieldThatIsMissingOrInvalidIsNamed(String request, String field, String complaint) {
        assertThat(client.send(request)).isEqualTo(invalid(field, complaint));
        assertThat(sandbox.messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "phone=62811001234&messageType=text&body=Hi", "<phone/>", "[]", "\"62\"", "null"})
    void whatIsNotAJsonObjectHasNoPhone(String request) {
        assertThat(client.send(request)).isEqualTo(invalid("phone", "Phone is required"));
    }

    @Test
    void aMissingKeyIsAnsweredAsOnThePage() {
        String expected = compact("""
                {
                  "status": 400,
                  "error": {
                    "code": "40001",
                    "message": "Request headers are required (API-Key)",
                    "field": ""
                  },
                  "data": {}
                }
                """);

        assertThat(compact(client.postWithoutKey(PATH).body())).isEqualTo(expected);
        assertThat(compact(client.postWithoutKey(PATH, "API-Key", "").body())).isEqualTo(expected);
        assertThat(compact(client.postWithoutKey(PATH, "API-Key", "  ").body())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"628110010000", "628110010001", ""})
    void everyAnswerIsAnHttp200WithJson(String phone) {
        var answer = client.sendText(phone, "Hi").join();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    private static String invalid(String field, String complaint) {
        return compact("{\"status\": 400, \"error\": {\"code\": \"40002\", \"message\": \"%s\", \"field\": \"%s\"},"
                .concat("\"data\": {}}")
                .formatted(complaint, field));
    }
}
