package io.github.camelsendtalk.example.otp;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.example.otp.RunningService.Answer;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is asked of three instances at the same moment. */
class ThreeInstancesTest {

    private static final String PHONE = "62812100003%02d";
    private static final String MANY_PHONES = "6281220001%03d";
    private static final String ADDRESS = "192.0.2.1";

    private static ThreeInstances instances;
    private static RunningService service;

    @BeforeAll
    static void start() {
        instances = new ThreeInstances(
                "server.forward-headers-strategy=native",
                // all messages that there are come to the sandbox
                "otp.second-channel-after=1h");
        service = instances.first();
    }

    @AfterAll
    static void stop() {
        instances.close();
    }

    @Test
    void twoHundredRequestsForOneNumberAreOneMessage() {
        String phone = PHONE.formatted(1);

        List<Answer> answers = instances.askAtOnce(200, i -> phone, i -> "192.0.2." + i % 100);

        assertThat(answers).extracting(Answer::status).containsOnly(202);
        List<UUID> ids = answers.stream().map(Answer::id).distinct().toList();
        assertThat(ids).hasSize(1);
        awaitAllSent();
        assertThat(service.sandbox().messagesTo(phone)).hasSize(1);
        assertThat(service.messageOf(ids.get(0), "state")).isEqualTo("SENT");
        assertThat(service.check(ids.get(0), service.codeSentTo(phone)).text("result"))
                .isEqualTo("right");
    }

    @Test
    void twoHundredRequestsForTwoHundredNumbersAreTwoHundredMessagesEachWithItsCode() {
        List<Answer> answers = instances.askAtOnce(200, MANY_PHONES::formatted, i -> ADDRESS);

        assertThat(answers).extracting(Answer::status).containsOnly(202);
        assertThat(answers.stream().map(Answer::id).distinct()).hasSize(200);
        awaitAllSent();
        for (int i = 0; i < answers.size(); i++) {
            List<SandboxMessage> messages = service.sandbox().messagesTo(MANY_PHONES.formatted(i));
            assertThat(messages).as("messages to number %d", i).hasSize(1);
            String code = RunningService.codeIn(messages.get(0).body());
            assertThat(service.check(answers.get(i).id(), code).text("result"))
                    .as("the code of number %d", i)
                    .isEqualTo("right");
        }
    }

    @Test
    void ofAThousandGuessesFiveCount() {
        UUID id = service.ask(PHONE.formatted(2)).id();
        String code = service.codeSentTo(PHONE.formatted(2));

        List<Answer> answers = instances.guessAtOnce(id, 1000, i -> RunningService.notThe(code));

        Map<String, Long> results = answers.stream().collect(groupingBy(answer -> answer.text("result"), counting()));
        assertThat(results).isEqualTo(Map.of("wrong", 5L, "blocked", 995L));
        assertThat(answers.stream()
                        .filter(answer -> answer.text("result").equals("wrong"))
                        .map(answer -> answer.body().path("triesLeft").asInt()))
                .containsExactlyInAnyOrder(4, 3, 2, 1, 0);
        assertThat(service.check(id, code).text("result")).isEqualTo("blocked");
    }

    /** Where the right one comes among them is chance; that it is right once at most, and not after five wrong ones, is not. */
    @Test
    void theRightCodeAmongAThousandGuessesIsRightOnlyBeforeTheFifthWrongOne() {
        UUID id = service.ask(PHONE.formatted(3)).id();
        String code = service.codeSentTo(PHONE.formatted(3));

        List<Answer> answers = instances.guessAtOnce(id, 1000, i -> i % 10 == 9 ? code : RunningService.notThe(code));

        Map<String, Long> results = answers.stream().collect(groupingBy(answer -> answer.text("result"), counting()));
        long right = results.getOrDefault("right", 0L);
        long wrong = results.getOrDefault("wrong", 0L);
        if (right == 1) {
            assertThat(wrong).isLessThan(5);
            assertThat(results).containsEntry("used", 999 - wrong);
        } else {
            assertThat(results).isEqualTo(Map.of("wrong", 5L, "blocked", 995L));
        }
        assertThat(service.show(id).text("state")).isEqualTo(right == 1 ? "used" : "blocked");
        assertThat(service.show(id).body().path("triesLeft").asLong()).isEqualTo(5 - wrong);
    }

    @Test
    void ofTwentyRightGuessesOneIsRight() {
        UUID id = service.ask(PHONE.formatted(4)).id();
        String code = service.codeSentTo(PHONE.formatted(4));

        List<Answer> answers = instances.guessAtOnce(id, 20, i -> code);

        assertThat(answers.stream().collect(groupingBy(answer -> answer.text("result"), counting())))
                .isEqualTo(Map.of("right", 1L, "used", 19L));
        assertThat(service.show(id).body().path("triesLeft").asInt()).isEqualTo(5);
    }

    private static void awaitAllSent() {
        Awaitility.await("the end of all messages")
                .atMost(Duration.ofSeconds(30))
                .until(() -> service.jdbc()
                                .queryForObject(
                                        "SELECT count(*) FROM message WHERE state IN ('QUEUED', 'SENDING')", Long.class)
                        == 0);
    }
}
