package io.github.camelsendtalk.client;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Phone numbers as the component reads and shows them, for steps of a route beside the send, and for Java: to store a number in
 * one form, to find a customer by it, to log it.
 *
 * <p>A number here is its digits with the country code first and without a plus, such as {@code 6281234567890}. All methods may
 * be called from any thread. No exception holds a number.
 */
public final class PhoneNumbers {

    private static final String HIDDEN = "***";

    /** Of less digits too few would be hidden; more than 15 no number has. */
    private static final Pattern MAY_BE_SHOWN = Pattern.compile("[0-9]{8,15}");

    private PhoneNumbers() {}

    /**
     * Reads a number as people write it, just as {@code sendtalk:send} with {@code phoneRegion} reads that of a header or a body.
     * What it returns, it reads as the same number again, with no region.
     *
     * @param number such as {@code 0812-3456-7890} or {@code +62 812 3456 7890}
     * @param region the ISO 3166 country of national numbers, such as {@code ID}; null or blank to take international ones only
     * @return its digits, 15 at most
     * @throws SendTalkValidationException of the field {@code phone} with the reason, if the number is missing, can't be one or
     *     may be two; not retryable
     * @throws IllegalArgumentException if there is no such region
     */
    public static String read(@Nullable String number, @Nullable String region) throws SendTalkValidationException {
        if (region != null && !region.isBlank() && !PhoneReader.knows(region)) {
            throw new IllegalArgumentException("The region is unknown: use an ISO 3166 country code such as ID.");
        }
        if (number == null || number.isBlank()) {
            throw invalid(number == null ? "is missing" : "is blank");
        }
        try {
            return new PhoneReader(region).readWebValue(number);
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
    }

    /**
     * Writes a number for people, as it is written abroad: {@code +62 812-3456-7890}.
     *
     * @param digits as {@link #read} returns them, or another international number
     * @throws SendTalkValidationException as {@link #read} does, if this is no such number
     */
    public static String format(@Nullable String digits) throws SendTalkValidationException {
        return PhoneMetadata.international(read(digits, null));
    }

    /**
     * What a log may show of a number: its country code and its last three digits, {@code 62***890}. Of anything else but 8 to 15
     * digits that begin with a country code, and of null, nothing is shown: {@code ***}.
     *
     * @param digits as {@link #read} returns them
     */
    public static String mask(@Nullable String digits) {
        if (digits == null || !MAY_BE_SHOWN.matcher(digits).matches()) {
            return HIDDEN;
        }
        String countryCode = PhoneMetadata.countryCode(digits);
        return countryCode == null ? HIDDEN : countryCode + HIDDEN + digits.substring(digits.length() - 3);
    }

    private static SendTalkValidationException invalid(String reason) {
        return new SendTalkValidationException(Operation.send, "phone", "The phone number %s.".formatted(reason));
    }
}
