package io.github.camelsendtalk.client;

import java.util.Set;
import java.util.regex.Pattern;

/** Finds what the text of an answer quotes of the message that was sent. */
final class QuotationSearch {

    /** From this length on a part of a longer word counts as quoted. */
    private static final int MIN_INSIDE_A_WORD = 6;

    /** From here on even ordinary words are a quotation. */
    private static final int MIN_QUOTATION = 24;

    /** In place of a number: the word is hidden, but belongs to no stretch. */
    private static final int ALONE = -1;

    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u\\p{XDigit}{4}|[nrtbf])");

    /** Words that say what is wrong, and nothing of whom a message is for or what it says. */
    private static final Set<String> ORDINARY = Set.of("""
            a again allowed also an and any api are as at authorized bad balance be been before blocked body bytes but by can caption
            characters code connection contains could currently data delivered denied do does doesn duplicate empty enough error
            exceeded exceeds exist exists failed field file filename for forbidden format found from get has have header headers
            http https id image in insufficient internal invalid is isn it its json key large later length limit link list long
            many max maximum may message messages messagetype min minimum missing more must no not number of on only or otp
            parameter password per permission phone please queue queued rate reached read received recipient recipients registered
            rejected request requests required retry say says second seconds see send sender sending sendtalk sent server service
            short should size some something status success supported system template text than that the then there this time to
            too try type unable unauthorized unavailable unexpected unknown unsupported url user valid value was we whatsapp when
            while will with within without wrong you your""".split("\\s+"));

    private final String original;

    /** The original with escapes such as {@code \\n} blanked, of the same length. */
    private final String withoutEscapes;

    private final NormalizedText words;
    private final String sent;

    /** By position: the stretch that it shares with what was sent, 0 for none. */
    private final int[] shared;

    private final boolean[] quotation;

    /** @param sent what was sent, as it is compared */
    QuotationSearch(String original, String sent) {
        this.original = original;
        // the letter of an escape is not one of the word behind it
        this.withoutEscapes = ESCAPE.matcher(original)
                .replaceAll(escape -> " ".repeat(escape.group().length()));
        this.words = new NormalizedText(withoutEscapes);
        this.sent = sent;
        this.shared = CommonSubstrings.find(words, sent);
        this.quotation = new boolean[words.length() + 2];
    }

    /** @param hidden what stands in the place of what was shared */
    String withoutShared(String hidden) {
        findQuotations();
        StringBuilder clean = new StringBuilder();
        int copied = 0;
        int lastStretch = 0;
        for (int begin = 0, end; begin < words.length(); begin = end) {
            end = words.endOfWord(begin);
            int stretch = stretchToHide(begin, end);
            if (stretch != 0) {
                if (stretch == ALONE || stretch != lastStretch) {
                    clean.append(original, copied, words.placeOf(begin)).append(hidden);
                }
                copied = words.placeOf(end - 1) + 1;
            }
            lastStretch = stretch;
        }
        return clean.append(original, copied, original.length()).toString();
    }

    /** Which stretches hold more than a few ordinary words. */
    private void findQuotations() {
        for (int begin = 0, end; begin < words.length(); begin = end) {
            end = begin + 1;
            while (end < words.length() && shared[end] == shared[begin]) {
                end++;
            }
            if (shared[begin] != 0) {
                quotation[shared[begin]] = isQuotation(begin, end);
            }
        }
    }

    private boolean isQuotation(int begin, int end) {
        boolean severalWords = words.placeOf(end - 1) - words.placeOf(begin) >= end - begin;
        if (end - begin >= MIN_QUOTATION || severalWords && isQuotedOrCut(begin, end)) {
            return true;
        }
        for (int word = begin, next; word < end; word = next) {
            next = words.endOfWord(word);
            boolean whole = words.isBeginOfWord(word) && next <= end;
            if (whole && !isOrdinary(word, next)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOrdinary(int begin, int end) {
        return ORDINARY.contains(words.substring(begin, end));
    }

    /** Whether a quotation begins or ends beside these characters, or something was cut or hidden there. */
    private boolean isQuotedOrCut(int begin, int end) {
        int before = words.placeOf(begin) - 1;
        int behind = words.placeOf(end - 1) + 1;
        return isQuote(before) || isQuote(behind) || isCut(before, -1) || isCut(behind, 1);
    }

    private boolean isQuote(int place) {
        if (place < 0 || place >= withoutEscapes.length()) {
            return false;
        }
        char c = withoutEscapes.charAt(place);
        return c == '"'
                || c == '`'
                || c == '\'' && !isInsideAWord(place)
                || Character.getType(c) == Character.INITIAL_QUOTE_PUNCTUATION
                || Character.getType(c) == Character.FINAL_QUOTE_PUNCTUATION;
    }

    private boolean isCut(int from, int step) {
        int place = from;
        while (place >= 0 && place < withoutEscapes.length() && withoutEscapes.charAt(place) == ' ') {
            place += step;
        }
        return withoutEscapes.startsWith("…", place)
                || withoutEscapes.startsWith("*", place)
                || withoutEscapes.startsWith("..", step > 0 ? place : place - 1);
    }

    /** As the apostrophe of a word. */
    private boolean isInsideAWord(int place) {
        return place > 0
                && place + 1 < withoutEscapes.length()
                && NormalizedText.comparable(withoutEscapes.charAt(place - 1)) != 0
                && NormalizedText.comparable(withoutEscapes.charAt(place + 1)) != 0;
    }

    /** The stretch with which a word is to be hidden, or {@link #ALONE}; 0 if it may stay. */
    private int stretchToHide(int begin, int end) {
        int covered = 0;
        int stretch = 0;
        boolean digit = false;
        boolean letter = false;
        for (int i = begin; i < end; i++) {
            digit |= Character.isDigit(words.charAt(i));
            letter |= !Character.isDigit(words.charAt(i));
            if (shared[i] != 0) {
                covered++;
                stretch = stretch == 0 ? shared[i] : stretch;
            }
        }
        boolean touched = digit ? covered > 0 : covered == end - begin || covered >= MIN_INSIDE_A_WORD;
        if (touched && (digit || quotation[stretch] || !isOrdinary(begin, end))) {
            return stretch;
        }
        return end - begin < CommonSubstrings.MIN_SHARED && isPieceOfSent(begin, end, digit && letter) ? ALONE : 0;
    }

    /** Whether a short word is what is left of a longer one: {@code 'X7…'}. */
    private boolean isPieceOfSent(int begin, int end, boolean mixed) {
        boolean isCode = mixed && end - begin == CommonSubstrings.MIN_SHARED - 1;
        return (isCode || isQuotedOrCut(begin, end) && !isOrdinary(begin, end))
                && sent.contains(words.substring(begin, end));
    }
}
