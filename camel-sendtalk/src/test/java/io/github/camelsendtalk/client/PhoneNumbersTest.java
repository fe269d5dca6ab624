package io.github.camelsendtalk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers for steps beside the send: how they are read, {@link PhoneReaderTest} says. */
class PhoneNumbersTest {

    @ParameterizedTest(name = "\"{0}\" in {1} is {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    0812-3456-7890     | ID     | 6281234567890
                    0812-3456-7890     | ' id ' | 6281234567890
                    +62 812-3456-7890  | -      | 6281234567890
                    +62 812-3456-7890  | ''     | 6281234567890
                    6281234567890      | ID     | 6281234567890
                    9123 4567          | SG     | 6591234567
                    # a plus that a web request lost, as of a header or a body
                    ' 6591234567'      | ID     | 6591234567
                    """)
    void aNumberIsReadAsSendDoes(String written, @Nullable String region, String digits)
            throws SendTalkValidationException {
        assertThat(PhoneNumbers.read(written, region)).isEqualTo(digits);
        assertThat(PhoneNumbers.read(digits, null)).isEqualTo(digits);
    }

    @ParameterizedTest(name = "\"{0}\" in {1}: The phone number {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    -               | ID | is missing.
                    ''              | ID | is blank.
                    ' '             | -  | is blank.
                    0812            | ID | is too short.
                    0812-3456-7890  | -  | is a national number (it begins with 0); write it with its country code, or name its region, such as phoneRegion=ID.
                    81234567890x    | ID | holds a character that no phone number has (LATIN SMALL LETTER X); write digits, blanks, - ( ) . and one leading +.
                    ' 81234567890'  | ID | has a blank in front, which may be the plus of a web request, and is not the same number with a plus; encode the plus as %2B, or leave the blank out.
                    """)
    void whatIsNoNumberIsRefusedForAReasonThatHoldsNoNumber(
            @Nullable String written, @Nullable String region, String reason) {
        SendTalkValidationException refusal =
                catchThrowableOfType(SendTalkValidationException.class, () -> PhoneNumbers.read(written, region));

        assertThat(refusal).hasMessage("The phone number " + reason).hasNoCause();
        assertThat(refusal.getSuppressed()).isEmpty();
        assertThat(refusal.getField()).isEqualTo("phone");
        assertThat(refusal.isRetryable()).isFalse();
        assertThat(refusal.isOutcomeUnknown()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"XX", "62", "0812-3456-7890"})
    void anUnknownRegionIsNoFaultOfTheNumber(String region) {
        assertThatThrownBy(() -> PhoneNumbers.read("6281234567890", region))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The region is unknown: use an ISO 3166 country code such as ID.");
    }

    @ParameterizedTest
    @CsvSource({
        "6281234567890, +62 812-3456-7890",
        "+6281234567890, +62 812-3456-7890",
        "62215551234, +62 21 5551234",
        "6591234567, +65 9123 4567",
        "14155552671, +1 415-555-2671",
        "390612345678, +39 06 1234 5678"
    })
    void aNumberIsWrittenForPeople(String digits, String written) throws SendTalkValidationException {
        assertThat(PhoneNumbers.format(digits)).isEqualTo(written);
        assertThat(PhoneNumbers.read(written, null)).isEqualTo(digits.replace("+", ""));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"081234567890", "62", "Budi", "628123456789012345"})
    void whatIsNoNumberIsNotWrittenForPeople(@Nullable String digits) {
        assertThatThrownBy(() -> PhoneNumbers.format(digits))
                .isInstanceOf(SendTalkValidationException.class)
                .satisfies(refusal -> PhonePromises.text(refusal.getMessage()));
    }

    @ParameterizedTest
    @CsvSource({
        "6281234567890, 62***890",
        "6591234567, 65***567",
        "14155552671, 1***671",
        "85291234567, 852***567",
        "62812345, 62***345",
        "628123456789012, 62***012"
    })
    void aLogShowsTheCountryCodeAndTheLastThreeDigits(String digits, String masked) {
        assertThat(PhoneNumbers.mask(digits)).isEqualTo(masked);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "6281234",
                "6281234567890123",
                "081234567890",
                "9991234567890",
                "+6281234567890",
                "0812-3456-7890",
                "٦٢٨١٢٣٤٥٦٧٨٩٠",
                "Budi 6281234567890",
                "6281234567890\n",
                "{phone=6281234567890}"
            })
    void aLogShowsNothingOfAnythingElse(@Nullable String text) {
        assertThat(PhoneNumbers.mask(text)).isEqualTo("***");
    }

    @Test
    void theTextFormOfAMessageShowsItsNumberAsALogDoes() {
        assertThat(new SendTalkMessage("85291234567", null, null, null, null))
                .hasToString("SendTalkMessage[phone=852***567, messageType=null, body=null]");
        assertThat(new SendTalkMessage(null, null, null, null, null))
                .hasToString("SendTalkMessage[phone=null, messageType=null, body=null]");
    }
}
