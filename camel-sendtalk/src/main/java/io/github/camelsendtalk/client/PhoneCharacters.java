package io.github.camelsendtalk.client;

import java.util.regex.Pattern;

/** The characters that phone numbers are written with by people, phones and spreadsheets. */
final class PhoneCharacters {

    private static final String PUNCTUATION = "-().";
    private static final String PLUSES = "+\ufe62\u207a\u208a\u2795";
    private static final int MINUS = 0x2212;
    private static final int FIRST_FULL_WIDTH = 0xff01;
    private static final int LAST_FULL_WIDTH = 0xff5e;

    /** Such as {@code 628123456789.0}, also behind a country code that was put before it, and {@code 6.28E+12}. */
    private static final Pattern QUANTITY =
            Pattern.compile("[^.,]*[.,]0{1,2}|\\+?[0-9]+[.,]0+|.*[0-9][.,]?[Ee][+-]?[0-9]+");

    private PhoneCharacters() {}

    /**
     * The digits, in ASCII, after a plus where there is one.
     *
     * @throws IllegalArgumentException with the reason as the end of a sentence, without the number
     */
    static String digits(String written) {
        if (isAsciiDigits(written)) {
            return written;
        }
        String plain = plain(written);
        if (isQuantity(plain)) {
            throw new IllegalArgumentException("has decimals or an exponent: a spreadsheet made a number of it;"
                    + " format its column as text and write the phone number again");
        }
        StringBuilder digits = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (isAsciiDigit(c) || (c == '+' && digits.isEmpty())) {
                digits.append(c);
            } else if (PUNCTUATION.indexOf(c) < 0) {
                int unknown = plain.codePointAt(i);
                throw new IllegalArgumentException(
                        "holds a character that no phone number has (%s); write digits, blanks, - ( ) . and one leading +"
                                .formatted(Character.isDefined(unknown) ? Character.getName(unknown) : "unassigned"));
            }
        }
        return digits.toString();
    }

    /** Whether a space before the first digit may have been a plus: a web request's arrives so, but never before a 0. */
    static boolean mayHaveLostItsPlus(String written) {
        boolean space = false;
        for (int i = 0; i < written.length(); i++) {
            int c = plain(written.codePointAt(i));
            if (c == '+' || isAsciiDigit(c)) {
                return space && c != '+' && c != '0';
            }
            space |= c == ' ';
        }
        return false;
    }

    /** The text without what can't be seen, and each digit, dash and plus in its ASCII form. */
    private static String plain(String written) {
        StringBuilder plain = new StringBuilder(written.length());
        int c;
        for (int i = 0; i < written.length(); i += Character.charCount(c)) {
            c = written.codePointAt(i);
            if (!isInvisible(c)) {
                plain.appendCodePoint(plain(c));
            }
        }
        return plain.toString();
    }

    private static boolean isInvisible(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
    }

    private static int plain(int c) {
        if (c < 0x80) {
            return c;
        }
        if (Character.isDigit(c)) {
            return '0' + Character.digit(c, 10);
        }
        if (Character.getType(c) == Character.DASH_PUNCTUATION || c == MINUS) {
            return '-';
        }
        if (PLUSES.indexOf(c) >= 0) {
            return '+';
        }
        return c >= FIRST_FULL_WIDTH && c <= LAST_FULL_WIDTH ? c - FIRST_FULL_WIDTH + '!' : c;
    }

    private static boolean isQuantity(String plain) {
        boolean mayBe = plain.indexOf('.') >= 0
                || plain.indexOf(',') >= 0
                || plain.indexOf('E') >= 0
                || plain.indexOf('e') >= 0;
        return mayBe && QUANTITY.matcher(plain).matches();
    }

    private static boolean isAsciiDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isAsciiDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAsciiDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
