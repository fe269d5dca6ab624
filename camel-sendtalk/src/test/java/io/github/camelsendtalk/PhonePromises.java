package io.github.camelsendtalk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What holds of every text that is read as a phone number, for any country. */
final class PhonePromises {

    static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    /** It warns of every region that is none. */
    private static final Logger WARNINGS = Logger.getLogger(PhoneNumberUtil.class.getName());

    static {
        WARNINGS.setLevel(Level.OFF);
    }

    private static final int LONGEST_REFUSAL = 300;

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

    private static void refusal(IllegalArgumentException e, @Nullable String region, String written) {
        assertThat(e.getClass()).as("%s in %s: %s", written, region, e).isEqualTo(IllegalArgumentException.class);
        text(e.getMessage());
    }

    /** A refusal is one short line, and names of the number nothing but a character that it should not hold. */
    static void text(String refusal) {
        assertThat(refusal.replaceFirst("no phone number has \\([A-Z0-9 +-]+\\)", ""))
                .hasSizeLessThan(LONGEST_REFUSAL)
                .doesNotContainPattern("\\p{Cntrl}|\\d{3,}")
                .doesNotContain("null");
    }
}
