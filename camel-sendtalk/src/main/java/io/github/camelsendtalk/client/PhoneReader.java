package io.github.camelsendtalk.client;

import io.github.camelsendtalk.client.PhoneMetadata.ValidNumber;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads phone numbers as people write them, and gives them as the API wants them: country code first, digits only.
 *
 * <p>The rules are ours because libphonenumber's own guess is wrong at times: {@code 62811001234} read for Indonesia
 * becomes {@code 6262811001234}. Whether a number is possible, valid or a mobile one is libphonenumber's to say.
 *
 * <p>For the component, which says where a number stood; {@link PhoneNumbers} is for everybody. May be used by any thread.
 */
public final class PhoneReader {

    private static final String INDONESIA = "ID";

    private final @Nullable String region;

    /** @param region the ISO 3166 country for national numbers, or null or blank to take international ones only */
    public PhoneReader(@Nullable String region) {
        this.region = region == null || region.isBlank() ? null : normalize(region);
    }

    /** Whether there is a country of this code. */
    public static boolean knows(String region) {
        return PhoneMetadata.knowsRegion(normalize(region));
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
    public String read(String written) {
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
    public String readWebValue(String written) {
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
                        "is a national number (it begins with 0); write it with its country code, or name its"
                                + " region, such as phoneRegion=ID");
            }
            return PhoneMetadata.possible(number, region);
        }
        return withoutPrefix(number);
    }

    /**
     * A mobile number of Indonesia, where most of our users send to: to ask libphonenumber costs far more
     * (decision 0016). A test holds the two together.
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
        ValidNumber home = region == null ? null : atHome(number, region);
        if (home == null) {
            return international(number);
        }
        ValidNumber abroad = home.isWritten(number) ? null : PhoneMetadata.valid("+" + number, null);
        if (abroad == null || home.equals(abroad) || (home.isMobile() && !abroad.isMobile())) {
            return home.digits();
        }
        if (home.isMobile() == abroad.isMobile()) {
            throw new IllegalArgumentException(
                    ("is ambiguous: it is a number of %s without its prefix, and an international one without its plus;"
                                    + " write the prefix (such as 0) or the plus")
                            .formatted(region));
        }
        return abroad.digits();
    }

    /** Where a zero belongs to the number (Benin) or is half of the prefix (Hungary's 06), a spreadsheet drops it alone. */
    private static @Nullable ValidNumber atHome(String number, String region) {
        ValidNumber home = PhoneMetadata.valid(number, region);
        return home == null ? PhoneMetadata.valid("0" + number, region) : home;
    }

    private static String international(String number) {
        return PhoneMetadata.possible("+" + number, null);
    }
}
