package io.github.camelsendtalk.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps keys, texts and numbers out of what is logged or thrown. */
final class Redaction {

    private static final int MAX_LENGTH = 300;
    private static final int MIN_SECRET = 4;
    private static final int MOST_CODES = 20;
    private static final Pattern CODE = Pattern.compile("\\d{" + MIN_SECRET + ",}");
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
     * @param secrets what must not be repeated, whole or, of a text, the codes in it: the key, the number, the text
     */
    static @Nullable String words(@Nullable String words, List<String> secrets) {
        if (words == null || words.isBlank()) {
            return null;
        }
        // usual words hold no digit, so no code and no number, and to look for those takes 3 % of a send's CPU time and
        // 6 % of its memory
        boolean plain = isPlain(words);
        String clean = words;
        for (String secret : inside(words, secrets, plain)) {
            clean = clean.replace(secret, "***");
        }
        if (!plain) {
            clean = CONTROLS.matcher(clean).replaceAll(" ");
            clean = LONG_NUMBER.matcher(clean.strip()).replaceAll("***");
        }
        clean = clean.strip();
        return clean.length() <= MAX_LENGTH ? clean : clean.substring(0, MAX_LENGTH) + "…";
    }

    /** Whether there is nothing but ASCII letters, blanks and punctuation. */
    private static boolean isPlain(String words) {
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (c < ' ' || c > '~' || c >= '0' && c <= '9') {
                return false;
            }
        }
        return true;
    }

    /**
     * The secrets that the words hold, whole or by a code in them; the longest first, because a number inside the text must not
     * be replaced before the text is looked for.
     */
    private static List<String> inside(String words, List<String> secrets, boolean plain) {
        List<String> inside = new ArrayList<>(0);
        for (String secret : secrets) {
            add(secret.strip(), words, inside);
            if (!plain) {
                CODE.matcher(secret).results().limit(MOST_CODES).forEach(code -> add(code.group(), words, inside));
            }
        }
        inside.sort(Comparator.comparingInt(String::length).reversed());
        return inside;
    }

    private static void add(String secret, String words, List<String> inside) {
        if (secret.length() >= MIN_SECRET && words.contains(secret)) {
            inside.add(secret);
        }
    }
}
