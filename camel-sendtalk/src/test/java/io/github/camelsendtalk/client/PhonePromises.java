package io.github.camelsendtalk.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What holds of every text that is read as a phone number, for any country. */
public final class PhonePromises {

    static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    /** It warns of every region that is none. */
    private static final Logger WARNINGS = Logger.getLogger(PhoneNumberUtil.class.getName());

    static {
        WARNINGS.setLevel(Level.OFF);
    }

    private static final String AMBIGUOUS = "ambiguous";

    /** Its numbers are valid with their zero and without it. */
    private static final int GABON = 241;

    private static final int MAX_REFUSAL_LENGTH = 300;

    private PhonePromises() {}

    /** Throws an error if the reader breaks a promise on this text; whatever else it throws comes out. */
    static void hold(@Nullable String region, String written) throws NumberParseException {
        String read;
        try {
            read = new PhoneReader(region).read(written);
        } catch (IllegalArgumentException e) {
            refusal(e, region, written);
            return;
        }
        assertThat(read).as("%s in %s", written, region).matches("[1-9]\\d{2,14}");
        assertThat(NUMBERS.isPossibleNumber(NUMBERS.parse("+" + read, null)))
                .as("%s in %s, read as %s, is possible", written, region, read)
                .isTrue();
        assertThat(new PhoneReader(null).read(read))
                .as("%s, which is how %s in %s was read", read, written, region)
                .isEqualTo(read);
    }

    /**
     * A mobile number as digits with its country's code, as WhatsApp writes it, is that number in every region or refused
     * as ambiguous; but where the region writes one of its own numbers so, it may be that one.
     */
    static void neverAnother(String region, PhoneNumber meant) {
        String digits = international(meant);
        String read = readOrAmbiguous(new PhoneReader(region), digits);
        if (!read.equals(digits) && !read.equals(AMBIGUOUS)) {
            assertThat(isWrittenAtHome(digits, region))
                    .as("%s in %s, read as %s, is written so there", digits, region, read)
                    .isTrue();
        }
    }

    /** A number is read in its own region as that writes it. */
    static void readAsItsRegionWritesIt(PhoneNumber number) {
        String national = national(number);
        assertThat(atHome(number).read(national)).as(national).isEqualTo(international(number));
    }

    /** A mobile number that lost the zeros in front, to a spreadsheet say, is that number at home, or ambiguous. */
    static void neverAnotherWithoutItsPrefix(PhoneNumber number) {
        if (number.getCountryCode() == GABON) {
            return;
        }
        String written = national(number).replaceAll("\\D", "").replaceFirst("^0+", "");
        assertThat(readOrAmbiguous(atHome(number), written)).as(written).isIn(international(number), AMBIGUOUS);
    }

    private static PhoneReader atHome(PhoneNumber number) {
        return new PhoneReader(NUMBERS.getRegionCodeForNumber(number));
    }

    /** The number with its country's code, or that it is ambiguous; another refusal is an error. */
    private static String readOrAmbiguous(PhoneReader reader, String written) {
        try {
            return reader.read(written);
        } catch (IllegalArgumentException e) {
            assertThat(e).as(written).hasMessageContaining("is ambiguous");
            return AMBIGUOUS;
        }
    }

    private static boolean isWrittenAtHome(String digits, String region) {
        try {
            PhoneNumber home = NUMBERS.parse(digits, region);
            return home.getCountryCode() == NUMBERS.getCountryCodeForRegion(region)
                    && NUMBERS.isValidNumber(home)
                    && national(home).replaceAll("\\D", "").equals(digits);
        } catch (NumberParseException e) {
            return false;
        }
    }

    static String international(PhoneNumber number) {
        return NUMBERS.format(number, PhoneNumberFormat.E164).substring(1);
    }

    private static String national(PhoneNumber number) {
        return NUMBERS.format(number, PhoneNumberFormat.NATIONAL);
    }

    private static void refusal(IllegalArgumentException e, @Nullable String region, String written) {
        assertThat(e.getClass()).as("%s in %s: %s", written, region, e).isEqualTo(IllegalArgumentException.class);
        text(e.getMessage());
    }

    /** A refusal is one short line, and names of the number nothing but a character that it should not hold. */
    public static void text(String refusal) {
        assertThat(refusal.replaceFirst("no phone number has \\([A-Z0-9 +-]+\\)", ""))
                .hasSizeLessThan(MAX_REFUSAL_LENGTH)
                .doesNotContainPattern("\\p{Cntrl}|\\d{3,}")
                .doesNotContain("null");
    }
}
