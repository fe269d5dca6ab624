package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.example.otp.RunningService.Answer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests may say, and what they can't. */
class RequestTest {

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"0812-4000-0101\"",
                "{",
                "{\"phone\": {}}",
                "{\"phone\": [\"0812-4000-0101\"], \"purpose\": \"login\", \"language\": \"id\"}",
                "{\"phone\": \"0812-4000-0101\", \"phone\": \"0812-4000-0102\", \"purpose\": \"login\", \"language\": \"id\"}",
                "{\"phone\": \"0812-4000-0101\", \"purpose\": \"login\", \"language\": \"id\", \"body\": \"Hello\"}",
                "{\"phone\": \"0812-4000-0101\", \"purpose\": \"login\", \"language\": \"id\"} {}",
            })
    void whatIsNoSuchObjectIsRefused(String body) {
        Answer answer = service.post("/codes", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("type")).isEqualTo("urn:otp:invalid-request");
        assertThat(answer.text("detail")).endsWith(": language, phone, purpose.");
        assertThat(answer.body().toString()).doesNotContain("0812", "4000");
    }

    @ParameterizedTest
    @CsvSource({
        "unknown-purpose, 'login, payment, register', 0812-4000-0101, Login, id",
        "unknown-purpose, 'login, payment, register', 0812-4000-0101, , id",
        "unknown-language, 'id, en', 0812-4000-0101, login, fr",
        "unknown-language, 'id, en', 0812-4000-0101, login,",
        "invalid-phone, 0812-3456-7890, , login, id",
        "country-not-allowed, ID, +65 9123 4567, login, id",
    })
    void whatIsUnknownIsRefusedAndWhatThereIsIsNamed(
            String type, String named, String phone, String purpose, String language) {
        Answer answer = service.post("/codes", fields(phone, purpose, language));

        assertThat(answer.text("type")).isEqualTo("urn:otp:" + type);
        assertThat(answer.text("detail")).contains(named);
    }

    private static Map<String, String> fields(String phone, String purpose, String language) {
        Map<String, String> fields = new HashMap<>();
        fields.put("phone", phone);
        fields.put("purpose", purpose);
        fields.put("language", language);
        return fields;
    }

    @Test
    void nothingButTheJsonSaysWhatIsSentAndToWhom() {
        Answer answer = service.post(
                "/codes?phone=0812-4000-0299&CamelSendTalkPhone=6281240000299&CamelSqlQuery=SELECT",
                fields("0812-4000-0201", "login", "en"),
                "phone",
                "0812-4000-0299",
                "CamelSendTalkPhone",
                "6281240000299",
                "CamelSqlQuery",
                "SELECT 1",
                "messageType",
                "text",
                "CamelId",
                "another",
                "id",
                "another");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(service.codeSentTo("6281240000201")).hasSize(6);
        assertThat(service.sandbox().messagesTo("6281240000299")).isEmpty();
        assertThat(service.sandbox().messagesTo("6281240000201").get(0).messageType())
                .isEqualTo("otp");
        assertThat(answer.headers().map().keySet()).doesNotContain("phone", "camelsendtalkphone", "messagetype", "id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "1234567", "12345a", "１２３４５６", "", "123 456"})
    void whatIsNoCodeIsNotCounted(String guess) {
        UUID id = service.ask("0812-4000-0301").id();

        Answer answer = service.check(id, guess);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("type")).isEqualTo("urn:otp:invalid-code");
        assertThat(service.show(id).body().path("triesLeft").asInt()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "7a9cba0d-dc4c-4be6-9d73-5f197c721e3b", "7a9cba0d"})
    void anIdThatNobodyGotIsUnknown(String id) {
        assertThat(service.post("/codes/" + id + "/check", Map.of("code", "123456"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anExpiredCodeIsNotRight() {
        UUID id = service.ask("0812-4000-0401").id();
        String code = service.codeSentTo("6281240000401");
        service.age(id, "5 min");

        Answer answer = service.check(id, code);

        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.text("result")).isEqualTo("expired");
        assertThat(service.show(id).text("state")).isEqualTo("expired");
    }

    @Test
    void anotherAccountsCodesAreUnknown() {
        UUID id = service.ask("0812-4000-0501").id();

        String code = service.codeSentTo("6281240000501");

        try (RunningService another = service.another("outbox.account=another")) {
            assertThat(another.show(id).status()).isEqualTo(404);
            assertThat(another.check(id, code).status()).isEqualTo(404);
        }
        assertThat(service.show(id).text("state")).isEqualTo("open");
    }

    @Test
    void aRequestThatIsTooLongOrDoesNotSayHowLongItIsIsRefused() {
        Answer tooLong = service.post("/codes", "x".repeat(5000));
        assertThat(tooLong.status()).isEqualTo(413);
        assertThat(tooLong.text("type")).isEqualTo("urn:otp:too-long");

        Answer endless = RunningService.send(HttpRequest.newBuilder(URI.create(service.url("/codes")))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[10])))
                .build());
        assertThat(endless.status()).isEqualTo(413);
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        byte[] body = "{\"phone\": \"0812-4000-0101\", \"purpose\": \"login\", \"language\": \"\u00ff\"}"
                .getBytes(StandardCharsets.ISO_8859_1);
        Answer answer = RunningService.send(HttpRequest.newBuilder(URI.create(service.url("/codes")))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("type")).isEqualTo("urn:otp:invalid-request");
    }

    @Test
    void problemsAreToldInTheLanguageThatIsPreferred() {
        assertThat(detail("en-GB,en;q=0.9")).isEqualTo("Ask for a new code.");
        assertThat(detail("id-ID,id;q=0.9,en;q=0.8")).isEqualTo("Minta kode baru.");
        assertThat(detail("fr")).isEqualTo("Minta kode baru.");
        assertThat(detail("%%%")).isEqualTo("Minta kode baru.");
    }

    private static String detail(String acceptLanguage) {
        Answer answer = service.post("/codes/1/check", Map.of("code", "123456"), "Accept-Language", acceptLanguage);
        return answer.text("detail");
    }
}
