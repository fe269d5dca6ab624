package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;

class SecretTest {

    private static final Secret SECRET = new Secret("0123456789abcdef0123456789abcdef");
    private static final UUID ID = UUID.fromString("7a9cba0d-dc4c-4be6-9d73-5f197c721e3b");

    /** Else an instance of a later version would find no code of an earlier one right. */
    @Test
    void aCodeIsTheSameInAllVersions() {
        assertThat(SECRET.code(ID)).isEqualTo("176179");
    }

    @Test
    void onlyItsCodeIsTheCodeOfAnId() {
        assertThat(SECRET.isCode(ID, SECRET.code(ID))).isTrue();
        // around it: all of a million would take seconds
        int code = Integer.parseInt(SECRET.code(ID));
        assertThat(IntStream.rangeClosed(code - 10_000, code + 10_000)
                        .filter(guess -> SECRET.isCode(ID, "%06d".formatted(guess))))
                .containsExactly(code);
    }

    @Test
    void anotherIdOrAnotherSecretHasAnotherCode() {
        assertThat(SECRET.code(UUID.fromString("7a9cba0d-dc4c-4be6-9d73-5f197c721e3c")))
                .isNotEqualTo(SECRET.code(ID));
        assertThat(new Secret("0123456789abcdef0123456789abcdeg").code(ID)).isNotEqualTo(SECRET.code(ID));
    }

    /** Ids in a row, the worst there are: each digit comes as often as any other at each place. */
    @Test
    void allCodesAreAsLikely() {
        int[][] counts = new int[6][10];
        for (int i = 0; i < 100_000; i++) {
            String code = SECRET.code(new UUID(0, i));
            assertThat(code).matches("[0-9]{6}");
            for (int place = 0; place < 6; place++) {
                counts[place][code.charAt(place) - '0']++;
            }
        }
        // 10,000 each: the fifth standard deviation is 474
        assertThat(Arrays.stream(counts).flatMapToInt(Arrays::stream))
                .allMatch(count -> Math.abs(count - 10_000) < 474);
    }

    @Test
    void whatIsSealedIsOpenedForTheSameIdAndWithTheSameSecretOnly() throws Exception {
        String sealed = SECRET.seal("6281234567890", ID);

        assertThat(SECRET.open(sealed, ID)).isEqualTo("6281234567890");
        assertThat(SECRET.seal("6281234567890", ID)).as("twice the same").isNotEqualTo(sealed);
        assertThatThrownBy(() -> SECRET.open(sealed, UUID.randomUUID())).isInstanceOf(AEADBadTagException.class);
        assertThatThrownBy(() -> Secret.random().open(sealed, ID)).isInstanceOf(AEADBadTagException.class);
    }

    @Test
    void aHashIsTheSameForTheSameSecretOnly() {
        assertThat(SECRET.hash("6281234567890"))
                .isEqualTo(new Secret("0123456789abcdef0123456789abcdef").hash("6281234567890"))
                .isNotEqualTo(SECRET.hash("6281234567891"))
                .isNotEqualTo(Secret.random().hash("6281234567890"));
    }

    @Test
    void aShortSecretIsRefusedWithoutBeingQuoted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Secret("short!"))
                .withMessage(
                        "otp.secret has 6 characters, and can be guessed: give it at least 32, such as \"openssl rand -base64 32\" makes.");
    }
}
