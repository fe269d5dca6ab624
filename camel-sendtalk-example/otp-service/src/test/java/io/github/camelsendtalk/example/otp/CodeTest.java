package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.example.otp.RunningService.Answer;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A code from the request to the guess. */
class CodeTest {

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aCodeIsSentAndWorksOnce() {
        Answer asked = service.ask("0812-1000-0101");

        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.headers().firstValue("Location")).hasValue("/codes/" + asked.id());
        String code = service.codeSentTo("6281210000101");
        assertThat(service.check(asked.id(), code).text("result")).isEqualTo("right");
        Answer again = service.check(asked.id(), code);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("result")).isEqualTo("used");
    }

    @Test
    void aWrongCodeLeavesOneTryLessAndAfterTheLastNoneIsRight() {
        UUID id = service.ask("0812-1000-0102").id();
        String code = service.codeSentTo("6281210000102");

        for (int left = 4; left >= 0; left--) {
            Answer wrong = service.check(id, RunningService.notThe(code));
            assertThat(wrong.status()).isEqualTo(422);
            assertThat(wrong.body().path("triesLeft").asInt()).isEqualTo(left);
        }
        Answer blocked = service.check(id, code);
        assertThat(blocked.status()).isEqualTo(410);
        assertThat(blocked.text("result")).isEqualTo("blocked");
    }

    @Test
    void whoSendsNothingIsToldWhatToSend() {
        Answer answer = service.post("/codes", "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("type")).isEqualTo("urn:otp:invalid-request");
    }

    @Test
    void whoSendsTooMuchIsToldSoInTheLanguageThatWasAskedFor() {
        Answer answer = service.post("/codes", " ".repeat(5000), "Accept-Language", "en");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.headers().allValues("Content-Language")).containsExactly("en");
        assertThat(answer.text("detail")).contains("4,096 bytes");
    }
}
