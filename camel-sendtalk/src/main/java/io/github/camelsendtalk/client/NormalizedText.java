package io.github.camelsendtalk.client;

import java.util.List;

/**
 * A text as it is compared: letters and digits alone, without case.
 *
 * <p>Positions are those of its comparable characters; a place is where such a character stands in the text itself.
 */
final class NormalizedText {

    private final char[] text;
    private final int[] places;
    private final int length;

    NormalizedText(String original) {
        this.text = new char[original.length()];
        this.places = new int[original.length()];
        int count = 0;
        for (int i = 0; i < original.length(); i++) {
            char c = comparable(original.charAt(i));
            if (c != 0) {
                text[count] = c;
                places[count++] = i;
            }
        }
        this.length = count;
    }

    /** Normalized texts, a line each. */
    static String lines(List<String> texts) {
        StringBuilder all = new StringBuilder();
        for (String text : texts) {
            for (int i = 0; i < text.length(); i++) {
                char c = comparable(text.charAt(i));
                if (c != 0) {
                    all.append(c);
                }
            }
            all.append('\n');
        }
        return all.toString();
    }

    /** The character as it is compared: a small letter, a digit of ASCII, a symbol; 0 for what stands between words. */
    static char comparable(char c) {
        if (c < 128) {
            return Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0;
        }
        if (Character.isDigit(c)) {
            return (char) ('0' + Character.digit(c, 10));
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> 0;
            default -> Character.toLowerCase(Character.toUpperCase(c));
        };
    }

    int length() {
        return length;
    }

    char charAt(int position) {
        return text[position];
    }

    int placeOf(int position) {
        return places[position];
    }

    boolean isBeginOfWord(int position) {
        return position == 0 || places[position - 1] + 1 < places[position];
    }

    int endOfWord(int begin) {
        int end = begin + 1;
        while (end < length && places[end] == places[end - 1] + 1) {
            end++;
        }
        return end;
    }

    String substring(int begin, int end) {
        return new String(text, begin, end - begin);
    }
}
