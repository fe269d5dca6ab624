package io.github.camelsendtalk.sandbox;

import static io.github.camelsendtalk.sandbox.SandboxClient.compact;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sandbox answers to the question whether a number is on WhatsApp, held against the vendor's page of 2023. */
class CheckAnswerTest {

    private static final String PATH = "/api/v1/message/check_whatsapp_phone";

    private SendTalkSandbox sandbox;
    private SandboxClient client;

    @BeforeEach
    void start() {
        sandbox = SendTalkSandbox.start();
        client = new SandboxClient(sandbox.baseUrl());
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private String check(String json) {
        return compact(client.post(PATH, json).join().body());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"6281212345678, true, is registered", "6281212340001, false, is not registered"})
    void aNumberIsOnWhatsAppUnlessItEndsIn0001(String phone, boolean registered, String words) {
        assertThat(check("{\"phone\": \"%s\"}".formatted(phone)))
                .isEqualTo(compact("""
                        {
                          "status": 200,
                          "error": {
                            "code": "",
                            "message": "",
                            "field": ""
                          },
                          "data": {
                            "isRegistered": %s,
                            "message": "Phone number '%s' %s"
                          }
                        }
                        """.formatted(registered, phone, words)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"0002", "0005", "0010", "0012", "0020", "0041", "0042"})
    void aRecipientThatMisbehavesIsOnWhatsApp(String ending) {
        assertThat(check("{\"phone\": \"628121234%s\"}".formatted(ending))).contains("\"isRegistered\":true");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {}                             | Phone is required
            {"phone": " "}                 | Phone is required
            {"phone": 6281212345678}       | Phone is required
            []                             | Phone is required
            {"phone": "+62 812-1234-5678"} | Phone is invalid
            {"phone": "628\\" 0001"}       | Phone is invalid
            """)
    void aNumberThatIsMissingOrWrongIsNamed(String json, String words) {
        assertThat(check(json))
                .isEqualTo(
                        "{\"status\":400,\"error\":{\"code\":\"40002\",\"message\":\"%s\",\"field\":\"phone\"},\"data\":{}}"
                                .formatted(words));
    }

    @Test
    void aMissingKeyIsAnsweredAsForTheOtherOperations() {
        assertThat(client.postWithoutKey(PATH).body()).contains("40001");
    }

    @Test
    void aWrongKeyIsAnsweredAsForTheOtherOperations() {
        try (SendTalkSandbox strict =
                SendTalkSandbox.builder().apiKey("the-only-one").start()) {
            SandboxClient stranger = new SandboxClient(strict.baseUrl());

            assertThat(stranger.post(PATH, "{\"phone\": \"62812\"}").join().body())
                    .contains("49103");
        }
    }

    @Test
    void nothingIsSent() {
        check("{\"phone\": \"6281212345678\"}");
        check("{\"phone\": \"6281212340001\"}");

        assertThat(sandbox.messages()).isEmpty();
        assertThat(client.ask("/_sandbox/messages").path("total").asInt())
                .as("what the page shows")
                .isZero();
    }
}
