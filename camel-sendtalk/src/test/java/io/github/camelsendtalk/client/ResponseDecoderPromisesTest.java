package io.github.camelsendtalk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.http.Answer;
import io.github.camelsendtalk.support.Property;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whatever the bytes of an answer, they become what the documentation's table says, at a bounded cost. */
class ResponseDecoderPromisesTest {

    /** The memory that an answer may take beside its size: generous, because classes are loaded on the way. */
    private static final long MEMORY = 16 * 1024 * 1024;

    /** How many times its size an answer may take: objects without content take the most. */
    private static final long MEMORY_PER_BYTE = 100;

    @Test
    void anySmallAnswerKeepsThePromises() {
        Property.holds("any small answer", 10_000, random -> {
            Operation operation = anyOf(random);
            AnswerPromises.hold(operation, RandomAnswer.small(random));
        });
    }

    @Test
    void anyAnswerOfUpTo1MiBKeepsThePromises() {
        Property.holds("any large answer", 50, random -> {
            Operation operation = anyOf(random);
            Answer answer = RandomAnswer.large(random);
            Property.soon(() -> AnswerPromises.hold(operation, answer));
        });
    }

    @Test
    void anyAnswerTakesMemoryInKeepingWithItsSize() {
        Property.holds("the memory of any answer", 50, random -> {
            Operation operation = anyOf(random);
            Answer answer = random.nextInt(8) == 0 ? RandomAnswer.small(random) : RandomAnswer.large(random);
            Property.within(MEMORY + MEMORY_PER_BYTE * size(answer), () -> decoded(operation, answer));
        });
    }

    private static Operation anyOf(Random random) {
        return Operation.values()[random.nextInt(Operation.values().length)];
    }

    /** The bytes that are read of an answer; of a packed one it may be all that are read of any. */
    private static long size(Answer answer) {
        if (answer.body() == null) {
            return 0;
        }
        return AnswerPromises.isGzip(answer.body()) ? Answer.MAX_BYTES : answer.body().length;
    }

    private static Object decoded(Operation operation, Answer answer) {
        try {
            return AnswerPromises.decode(operation, answer);
        } catch (SendTalkException e) {
            return e;
        }
    }

    @Test
    void anyRetryAfterIsATimeOfAtMostAnHourOrNone() {
        Property.holds("any Retry-After", 20_000, random -> {
            Instant now = Instant.now().plusSeconds(random.nextInt(20_000) - 10_000);
            AnswerPromises.retryAfter(RetryAfter.parse(header(random), now));
        });
    }

    private static String header(Random random) {
        String header = RandomAnswer.retryAfter(random);
        return header == null ? "" : header;
    }

    @Test
    void theAnswersReachEveryRowOfTheTable() {
        Random random = new Random(1);
        Set<String> reached = new TreeSet<>();
        for (int i = 0; i < 5_000; i++) {
            Operation operation = anyOf(random);
            Object result = decoded(operation, RandomAnswer.small(random));
            reached.add(operation + " " + result.getClass().getSimpleName().replaceAll("^SendTalk|Exception$", ""));
        }

        assertThat(reached)
                .contains("send SendResult", "status MessageStatus", "status MessageNotFound")
                .contains("send Authentication", "send Validation", "send RateLimit", "send Server", "send Api")
                .contains("status Authentication", "status Validation", "status RateLimit", "status Server")
                .contains("send Response", "status Response", "status Api", "send Rejected")
                .contains("send InvalidRecipient", "send InsufficientBalance")
                .contains("check PhoneCheck", "check Response", "check Authentication", "check Validation")
                .contains("check RateLimit", "check Server", "check Api");
    }
}
