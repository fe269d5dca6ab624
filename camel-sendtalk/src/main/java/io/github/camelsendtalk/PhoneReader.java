package io.github.camelsendtalk;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads phone numbers as people write them, and gives them as the API wants them: country code first, digits only.
 *
 * <p>The rules are ours because libphonenumber's own guess is wrong at times: {@code 62811001234} read for Indonesia
 * becomes {@code 6262811001234}. Whether a number is possible, valid or a mobile one is libphonenumber's to say.
 */
final class PhoneReader {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final String INDONESIA = "ID";

    /** E.164's 15 digits and the plus; the data of some countries has longer numbers. */
    private static final int MAX_LENGTH = 16;

    private final @Nullable String region;

    /** @param region the country for national numbers, or null to take international ones only */
    PhoneReader(@Nullable String region) {
        this.region = region == null || region.isBlank() ? null : normalize(region);
    }

    /** Whether there is a country of this code. */
    static boolean knows(String region) {
        return NUMBERS.getSupportedRegions().contains(normalize(region));
    }

    private static String normalize(String region) {
        return region.strip().toUpperCase(Locale.ROOT);
    }

    /**
     * Reads one number.
     *
     * @return its digits with the country code, without a plus
     * @throws IllegalArgumentException with the reason as the end of a sentence, without the number
     */
    String read(String written) {
        String number = PhoneCharacters.digits(written.strip());
        String mobile = indonesianMobile(number);
        return mobile != null ? mobile : byMetadata(number);
    }

    /**
     * Reads a value that may come out of a web request: there a plus that is not encoded arrives as a space, so that a
     * number behind a space is taken only where a plus makes no difference.
     *
     * @return as {@link #read} does
     * @throws IllegalArgumentException as {@link #read} does
     */
    String readWebValue(String written) {
        if (!PhoneCharacters.mayHaveLostItsPlus(written)) {
            return read(written);
        }
        String plain = readOrNull(written);
        String international = readOrNull("+" + written);
        if (plain == null && international == null) {
            return read(written);
        }
        if (plain == null || !plain.equals(international)) {
            throw new IllegalArgumentException(
                    "has a blank in front, which may be the plus of a web request, and is not the same number with a"
                            + " plus; encode the plus as %2B, or leave the blank out");
        }
        return plain;
    }

    private @Nullable String readOrNull(String written) {
        try {
            return read(written);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Reads digits, after a plus or not, by what libphonenumber knows of all countries. */
    String byMetadata(String number) {
        if (number.startsWith("+")) {
            return international(number.substring(1));
        }
        if (number.startsWith("00")) {
            return international(number.substring(2));
        }
        if (number.startsWith("0")) {
            if (region == null) {
                throw new IllegalArgumentException(
                        "is a national number (it begins with 0); write it with its country code, or set the option"
                                + " phoneRegion, such as phoneRegion=ID");
            }
            return possible(parse(number, region));
        }
        return withoutPrefix(number);
    }

    /**
     * A mobile number of Indonesia, where most of our users send to: to ask libphonenumber took a fifth of the
     * CPU time of a send. A test holds the two together.
     *
     * @return its digits with the country code, or null if the number needs a closer look
     */
    private @Nullable String indonesianMobile(String number) {
        if (region != null && !region.equals(INDONESIA)) {
            return null;
        }
        String international = number;
        if (number.startsWith("+")) {
            international = number.substring(1);
        } else if (number.startsWith("08") && region != null) {
            international = "62" + number.substring(1);
        }
        boolean mobile = international.length() >= 11
                && international.length() <= 14
                && international.startsWith("628")
                && international.charAt(3) != '0'
                && international.charAt(3) != '4';
        return mobile ? international : null;
    }

    /**
     * Digits that the region itself writes for one of its numbers are that number. Else they may have lost the region's
     * prefix or a plus: the one that gives a valid number counts, of two the mobile one, because WhatsApp is on mobiles.
     */
    private String withoutPrefix(String number) {
        Reading home = region == null ? null : atHome(number, region);
        if (home == null) {
            return international(number);
        }
        Reading abroad = home.isWritten(number) ? null : Reading.of("+" + number, null);
        if (abroad == null || home.equals(abroad) || (home.mobile() && !abroad.mobile())) {
            return possible(home.number());
        }
        if (home.mobile() == abroad.mobile()) {
            throw new IllegalArgumentException(
                    ("is ambiguous: it is a number of %s without its prefix, and an international one without its plus;"
                                    + " write the prefix (such as 0) or the plus")
                            .formatted(region));
        }
        return possible(abroad.number());
    }

    /** Where a zero belongs to the number (Benin) or is half of the prefix (Hungary's 06), a spreadsheet drops it alone. */
    private static @Nullable Reading atHome(String number, String region) {
        Reading home = Reading.of(number, region);
        return home == null ? Reading.of("0" + number, region) : home;
    }

    /** A valid number, and whether it may be a mobile one. */
    private record Reading(PhoneNumber number, boolean mobile) {

        static @Nullable Reading of(String digits, @Nullable String region) {
            try {
                PhoneNumber number = NUMBERS.parse(digits, region);
                PhoneNumberType type = NUMBERS.getNumberType(number);
                boolean mobile = type == PhoneNumberType.MOBILE || type == PhoneNumberType.FIXED_LINE_OR_MOBILE;
                return type == PhoneNumberType.UNKNOWN ? null : new Reading(number, mobile);
            } catch (NumberParseException e) {
                return null;
            }
        }

        /** Whether the number's country writes these very digits for it. */
        boolean isWritten(String digits) {
            String national = NUMBERS.format(number, PhoneNumberFormat.NATIONAL);
            return PhoneNumberUtil.normalizeDigitsOnly(national).equals(digits);
        }
    }

    private static String international(String number) {
        return possible(parse("+" + number, null));
    }

    private static PhoneNumber parse(String number, @Nullable String region) {
        try {
            return NUMBERS.parse(number, region);
        } catch (NumberParseException e) {
            throw new IllegalArgumentException(
                    switch (e.getErrorType()) {
                        case INVALID_COUNTRY_CODE -> "begins with no country's code";
                        case NOT_A_NUMBER -> "is no number";
                        case TOO_SHORT_AFTER_IDD, TOO_SHORT_NSN -> "is too short";
                        case TOO_LONG -> "is too long";
                    },
                    e);
        }
    }

    /** Validity data lags behind new prefixes, so possible is enough; but a local number reaches nobody. */
    private static String possible(PhoneNumber number) {
        ValidationResult result = NUMBERS.isPossibleNumberWithReason(number);
        if (result != ValidationResult.IS_POSSIBLE) {
            throw new IllegalArgumentException(
                    switch (result) {
                        case TOO_SHORT, IS_POSSIBLE_LOCAL_ONLY -> "is too short";
                        case TOO_LONG -> "is too long";
                        default -> "has a length that no number of its country has";
                    });
        }
        String read = NUMBERS.format(number, PhoneNumberFormat.E164);
        if (read.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("is too long");
        }
        if (!number.equals(parse(read, null))) {
            throw new IllegalArgumentException("has its national prefix (such as 0) twice");
        }
        return read.substring(1);
    }
}
