package io.github.camelsendtalk.client;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps keys, texts and numbers out of what is logged or thrown. */
final class Redaction {

    private static final int MAX_LENGTH = 300;
    private static final int MIN_SECRET = 4;
    private static final Pattern LONG_NUMBER = Pattern.compile("\\d[\\d .()-]{5,}\\d");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

    private Redaction() {}

    /** A number's first two and last three digits. */
    static @Nullable String phone(@Nullable String phone) {
        if (phone == null) {
            return null;
        }
        int length = phone.length();
        return length < 8 ? "***" : phone.substring(0, 2) + "***" + phone.substring(length - 3);
    }

    /**
     * The API's words without what was sent in them, without long numbers and line breaks, and cut to a sane length.
     *
     * @param secrets what must not be repeated: the key, the number, the text
     */
    static @Nullable String words(@Nullable String words, List<String> secrets) {
        if (words == null || words.isBlank()) {
            return null;
        }
        String clean = words;
        for (String secret : longestFirst(secrets)) {
            clean = secret.length() < MIN_SECRET ? clean : clean.replace(secret, "***");
        }
        clean = CONTROLS.matcher(clean).replaceAll(" ").strip();
        clean = LONG_NUMBER.matcher(clean).replaceAll("***");
        return clean.length() <= MAX_LENGTH ? clean : clean.substring(0, MAX_LENGTH) + "…";
    }

    /** A number inside the text must not be replaced before the text is looked for. */
    private static List<String> longestFirst(List<String> secrets) {
        return secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }
}
