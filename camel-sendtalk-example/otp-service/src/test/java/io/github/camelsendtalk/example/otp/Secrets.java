package io.github.camelsendtalk.example.otp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What nobody may read anywhere.
 *
 * @param codes six digits each
 * @param numbers with the country code, as SendTalk gets them
 * @param texts keys and the like, of which each is unlike anything else
 */
record Secrets(Set<String> codes, Set<String> numbers, Set<String> texts) {

    private static final int COUNTRY_CODE = 2;

    /** Six digits alone: not a part of a word, of a time, of a fraction, or of a UUID. */
    private static final Pattern SIX_DIGITS = Pattern.compile("(?<![\\w.:+/-])\\d{6}(?![\\w+/-]|[.:]\\d)");

    /** A number as people, databases and URLs write it, with all that may stand between its digits. */
    private static final Pattern NUMBER = Pattern.compile("\\d(?:(?: |-|\\.|\\(|\\)|%20|%2B){0,2}\\d){8,}");

    static Secrets of(Set<String> codes, Set<String> numbers, String secret, String apiKey) {
        Set<String> texts = new TreeSet<>(Set.of(secret, apiKey));
        for (String key : new String[] {"codes", "hashes", "seals"}) {
            byte[] derived = hmac(secret, key);
            texts.add(Base64.getEncoder().encodeToString(derived).substring(0, 40));
            texts.add(HexFormat.of().formatHex(derived));
            texts.add(HexFormat.of().formatHex(derived).toUpperCase(Locale.ROOT));
        }
        return new Secrets(codes, numbers, texts);
    }

    private static byte[] hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each that a text holds, with what stands around it. */
    Stream<String> in(String place, String text) {
        Stream<String> wholes = texts.stream().filter(text::contains).map(found -> around(text, text.indexOf(found)));
        Stream<String> sixDigits = SIX_DIGITS
                .matcher(text)
                .results()
                .filter(found -> codes.contains(found.group()))
                .map(found -> around(text, found.start()));
        Stream<String> people =
                NUMBER.matcher(text).results().filter(this::isNumber).map(found -> around(text, found.start()));
        return Stream.of(wholes, sixDigits, people).flatMap(found -> found).map(found -> place + ": " + found);
    }

    private boolean isNumber(MatchResult found) {
        String digits = found.group().replaceAll("%20|%2B|\\D", "");
        return numbers.stream().map(number -> number.substring(COUNTRY_CODE)).anyMatch(digits::contains);
    }

    private static String around(String text, int place) {
        return text.substring(Math.max(0, place - 200), Math.min(text.length(), place + 60))
                .replaceAll("\\s+", " ");
    }
}
