package io.github.camelsendtalk.client;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import org.jspecify.annotations.Nullable;

/** What libphonenumber knows of the numbers of all countries. */
final class PhoneMetadata {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    /** E.164's 15 digits and the plus; the data of some countries has longer numbers. */
    private static final int MAX_LENGTH = 16;

    private PhoneMetadata() {}

    /** @param region in capitals */
    static boolean knowsRegion(String region) {
        return NUMBERS.getSupportedRegions().contains(region);
    }

    /**
     * A number that may exist: validity data lags behind new prefixes, so possible is enough; but a local number reaches
     * nobody.
     *
     * @param region the country of a national number, or null for one that begins with a plus
     * @return its digits with the country code
     * @throws IllegalArgumentException with the reason as the end of a sentence
     */
    static String possible(String number, @Nullable String region) {
        return possible(parse(number, region));
    }

    /** A number that is valid, or null. */
    static @Nullable ValidNumber valid(String digits, @Nullable String region) {
        try {
            PhoneNumber number = NUMBERS.parse(digits, region);
            PhoneNumberType type = NUMBERS.getNumberType(number);
            boolean mobile = type == PhoneNumberType.MOBILE || type == PhoneNumberType.FIXED_LINE_OR_MOBILE;
            return type == PhoneNumberType.UNKNOWN ? null : new ValidNumber(number, mobile);
        } catch (NumberParseException e) {
            return null;
        }
    }

    /** A valid number, and whether it may be a mobile one. */
    record ValidNumber(PhoneNumber number, boolean isMobile) {

        /** Whether the number's country writes these very digits for it. */
        boolean isWritten(String digits) {
            String national = NUMBERS.format(number, PhoneNumberFormat.NATIONAL);
            return PhoneNumberUtil.normalizeDigitsOnly(national).equals(digits);
        }

        /** With the country code. */
        String digits() {
            return possible(number);
        }
    }

    /** @param digits with the country code */
    static String international(String digits) {
        return NUMBERS.format(parse("+" + digits, null), PhoneNumberFormat.INTERNATIONAL);
    }

    /** The country code that digits begin with, or null. */
    static @Nullable String countryCode(String digits) {
        try {
            return String.valueOf(NUMBERS.parse("+" + digits, null).getCountryCode());
        } catch (NumberParseException e) {
            return null;
        }
    }

    private static PhoneNumber parse(String number, @Nullable String region) {
        try {
            return NUMBERS.parse(number, region);
        } catch (NumberParseException e) {
            throw new IllegalArgumentException(
                    switch (e.getErrorType()) {
                        case INVALID_COUNTRY_CODE -> "begins with no country's code";
                        case NOT_A_NUMBER -> "is not a number";
                        case TOO_SHORT_AFTER_IDD, TOO_SHORT_NSN -> "is too short";
                        case TOO_LONG -> "is too long";
                    },
                    e);
        }
    }

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
