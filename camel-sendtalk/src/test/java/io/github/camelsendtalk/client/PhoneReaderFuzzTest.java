package io.github.camelsendtalk.client;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.i18n.phonenumbers.NumberParseException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks for a text that the phone reader breaks a promise on, by what each change of it reaches. */
@Tag("fuzz")
class PhoneReaderFuzzTest {

    static Stream<Arguments> known() {
        return Stream.of("ID", "SG", "US", "GB", "IT", "001", "XX", null)
                .flatMap(region -> Stream.of(
                                "6281212345678",
                                "+62 812-1234-5678",
                                "0812 1234 5678",
                                "(021) 555 1234",
                                "0039 06 1234 5678")
                        .map(written -> Arguments.of(region, written)));
    }

    @MethodSource("known")
    @FuzzTest
    void anyTextKeepsThePromises(@Nullable String region, @Nullable String written) throws NumberParseException {
        if (written != null) {
            PhonePromises.hold(region, written);
        }
    }
}
