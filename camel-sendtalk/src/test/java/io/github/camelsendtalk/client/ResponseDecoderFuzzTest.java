package io.github.camelsendtalk.client;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.github.camelsendtalk.client.http.Answer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks for an answer that breaks a promise, from the known answers on, by what each change of them reaches. */
@Tag("fuzz")
class ResponseDecoderFuzzTest {

    static Stream<Arguments> known() {
        return AnswerCase.all().stream()
                .filter(known -> known.answer().body().length < 4_000)
                .map(known -> Arguments.of(
                        Operation.valueOf(known.operation()),
                        known.answer().httpStatus(),
                        known.answer().retryAfter(),
                        known.answer().body()));
    }

    @MethodSource("known")
    @FuzzTest
    void anyAnswerKeepsThePromises(
            @NotNull Operation operation, int httpStatus, @Nullable String retryAfter, byte @Nullable [] body) {
        AnswerPromises.hold(operation, new Answer(httpStatus, body, retryAfter));
    }
}
