package io.github.camelsendtalk.client;

import static io.github.camelsendtalk.client.PhonePromises.NUMBERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers of all regions in all regions, by libphonenumber's own examples. */
class PhoneReaderRegionsTest {

    private static final List<String> REGIONS =
            NUMBERS.getSupportedRegions().stream().sorted().toList();

    private static Stream<PhoneNumber> examples(PhoneNumberType type) {
        return REGIONS.stream()
                .map(region -> NUMBERS.getExampleNumberForType(region, type))
                .filter(Objects::nonNull);
    }

    @Test
    @DisplayName("R12: every region's mobile number, as WhatsApp writes it, is read in every region or refused")
    void everyMobileNumberIsReadOrRefusedInEveryRegion() {
        List<PhoneNumber> mobiles = examples(PhoneNumberType.MOBILE).toList();
        assertThat(mobiles).hasSizeGreaterThan(240);
        for (String region : REGIONS) {
            mobiles.forEach(mobile -> PhonePromises.neverAnother(region, mobile));
        }
    }

    @Test
    @DisplayName("R12: numbers of every kind are read in their region as it writes them")
    void numbersAreReadAsTheirRegionWritesThem() {
        Arrays.stream(PhoneNumberType.values())
                .flatMap(PhoneReaderRegionsTest::examples)
                .filter(number -> NUMBERS.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE)
                .forEach(PhonePromises::readAsItsRegionWritesIt);
    }

    @Test
    @DisplayName("R12: every region's mobile number is read there without its prefix, or refused")
    void everyMobileNumberIsReadOrRefusedWithoutItsPrefix() {
        examples(PhoneNumberType.MOBILE).forEach(PhonePromises::neverAnotherWithoutItsPrefix);
    }

    @ParameterizedTest(name = "R12: {0}… of {1} digits without its zero, refused in {2} % at most")
    @CsvSource({
        "0811, 12, 0",
        "0812, 12, 0",
        "0813, 12, 0",
        "0822, 12, 0",
        "0838, 12, 0",
        "0857, 12, 0",
        "0878, 12, 0",
        "0896, 12, 0",
        "0821, 11, 0",
        "0852, 11, 0",
        "0852, 13, 0",
        "0853, 12, 10", // Macau's begin so
        "0817, 13, 15", // Japan's
        "0852, 12, 35", // Hong Kong's
        "0821, 12, 75" // Korea's
    })
    void indonesiasMobileNumbersAreReadOrRefusedWithoutTheirZero(String prefix, int length, int mostRefused) {
        PhoneReader reader = new PhoneReader("ID");
        Random random = new Random(62);
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            StringBuilder number = new StringBuilder(prefix.substring(1));
            random.ints(length - prefix.length(), 0, 10).forEach(number::append);
            try {
                assertThat(reader.read(number.toString())).isEqualTo("62" + number);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("is ambiguous");
                refused++;
            }
        }
        assertThat(refused / 10.0).isLessThanOrEqualTo(mostRefused);
    }
}
