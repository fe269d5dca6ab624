package io.github.camelsendtalk.example.otp;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.github.camelsendtalk.client.PhoneNumbers;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who may be sent a code. */
class Recipients {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final Set<PhoneNumberType> MOBILE =
            Set.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.UNKNOWN);
    private static final int NETWORK_BYTES = 8;

    /** No name, which would be looked up. In brackets and with a port, IPv6 alone and with a zone, or IPv4 and with a port. */
    private static final Pattern LITERAL = Pattern.compile(
            "\"?(?:\\[([0-9a-fA-F:.]+)](?::\\d+)?|([0-9a-fA-F]*:[0-9a-fA-F:.]+|\\d+\\.\\d+\\.\\d+\\.\\d+)(?:%\\w+|:\\d+)?)\"?");

    private final Set<String> countries;
    private final String region;

    /**
     * @param countries as ISO 3166 codes
     * @param region whose numbers those are that are written without a country code
     * @throws SettingException if one is no country
     */
    Recipients(List<String> countries, String region) {
        this.countries = new TreeSet<>(countries);
        this.region = region;
        for (String country : countries) {
            if (!NUMBERS.getSupportedRegions().contains(country)) {
                throw new SettingException(
                        "otp.countries has '%s': use ISO 3166 country codes, such as ID,SG.".formatted(country));
            }
        }
    }

    /**
     * Reads a number as people write it.
     *
     * @return its digits, with the country code
     */
    String number(@Nullable String phone) throws ProblemException {
        try {
            String digits = PhoneNumbers.read(phone, region);
            PhoneNumber number = NUMBERS.parse("+" + digits, null);
            if (!isServed(number)) {
                throw new ProblemException(Problem.COUNTRY_NOT_ALLOWED, String.join(", ", countries));
            }
            return digits;
        } catch (SendTalkValidationException | NumberParseException e) {
            throw new ProblemException(Problem.INVALID_PHONE);
        }
    }

    /** Of a country code that belongs to one country alone, new prefixes are served, which are not in the library's data yet. */
    private boolean isServed(PhoneNumber number) {
        String country = NUMBERS.getRegionCodeForNumber(number);
        return country != null && countries.contains(country) && MOBILE.contains(NUMBERS.getNumberType(number));
    }

    /**
     * An address without what one customer can change at will: its port and notation, and of an IPv6 address the second half, as the
     * first one is the customer's network. A header may hold anything: all that is no address counts as one.
     */
    static String network(String address) {
        Matcher literal = LITERAL.matcher(address);
        if (!literal.matches()) {
            return "";
        }
        try {
            InetAddress parsed = InetAddress.getByName(literal.group(literal.group(1) == null ? 2 : 1));
            return parsed instanceof Inet6Address
                    ? Arrays.toString(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
