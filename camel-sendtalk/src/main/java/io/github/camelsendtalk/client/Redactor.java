package io.github.camelsendtalk.client;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps keys, texts and numbers out of what is logged or thrown.
 *
 * <p>The API's words may quote what was sent: whole or cut, split or joined by blanks and dashes, in other letters or
 * escaped. So no form of a secret is looked for. Both sides are read as letters and digits alone, without case, and each word
 * that lies in a stretch which they share goes, unless it is an ordinary word of such sentences. A word with a digit goes
 * where it touches one.
 */
final class Redactor {

    private static final int MAX_LENGTH = 300;

    /** How much of the API's words is looked at: what a person would read, and a quoted text in front of it. */
    private static final int MAX_READ = 1_000;

    /** The shortest stretch that counts as shared: a shorter one is in any two sentences. */
    private static final int MIN_SHARED = 4;

    /** From here on a part of a longer word is no accident. */
    private static final int MIN_INSIDE_A_WORD = 6;

    /** From here on even ordinary words are a quotation. */
    private static final int MIN_QUOTATION = 24;

    private static final int ALONE = -1;
    private static final String HIDDEN = "***";
    private static final Pattern LONG_NUMBER = Pattern.compile("\\d[\\d .()-]{5,}\\d");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u\\p{XDigit}{4}|[nrtbf])");

    /** What the API always says, so that it tells nothing of a message. It spares a send that succeeds the search. */
    private static final Set<String> KNOWN = Set.of(
            "The message has been added to queue",
            "Phone is required",
            "Message ID is required",
            "Request headers are required (API-Key)",
            "Message is not found",
            "API-Key is not found");

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

    private final List<String> sent;

    /** @param sent what must not be repeated: the key, the number, the text */
    Redactor(List<String> sent) {
        this.sent = sent;
    }

    /** A number's first two and last three digits. */
    static @Nullable String phone(@Nullable String phone) {
        if (phone == null) {
            return null;
        }
        int length = phone.length();
        return length < 8 ? HIDDEN : phone.substring(0, 2) + HIDDEN + phone.substring(length - 3);
    }

    /** The text in one line, in which nothing ends or escapes a JSON string that somebody puts it into. */
    static String plain(String text) {
        return CONTROLS.matcher(text.replace("\\\"", "'").replace('"', '\'').replace('\\', '/'))
                .replaceAll(" ");
    }

    /** The API's words without what was sent in them, without long numbers, in one line of a sane length. */
    @Nullable
    String redact(@Nullable String words) {
        if (words == null || words.isBlank()) {
            return null;
        }
        if (KNOWN.contains(words)) {
            return words;
        }
        String read = words.length() <= MAX_READ ? words : words.substring(0, MAX_READ) + "…";
        String clean = plain(new Search(read).withoutShared()).strip();
        clean = LONG_NUMBER.matcher(clean).replaceAll(HIDDEN);
        return clean.length() <= MAX_LENGTH ? clean : clean.substring(0, MAX_LENGTH) + "…";
    }

    /** The character as it is compared: a small letter, a digit of ASCII, a symbol; 0 for what stands between words. */
    private static char comparable(char c) {
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

    /** What was sent, as it is compared, field by field. */
    private String comparableSent() {
        StringBuilder all = new StringBuilder();
        for (String field : sent) {
            for (int i = 0; i < field.length(); i++) {
                char c = comparable(field.charAt(i));
                if (c != 0) {
                    all.append(c);
                }
            }
            all.append('\n');
        }
        return all.toString();
    }

    /** One look at some words: positions are those of their comparable characters. */
    private final class Search {

        private final String words;
        private final String said;
        private final String comparableSent = comparableSent();
        private final char[] text;
        private final int[] places;
        private final int length;

        /** By position: the stretch that it shares with what was sent, 0 for none. */
        private final int[] shared;

        private final boolean[] quotation;

        Search(String words) {
            this.words = words;
            // the letter of an escape is not one of the word behind it
            this.said = ESCAPE.matcher(words)
                    .replaceAll(escape -> " ".repeat(escape.group().length()));
            this.text = new char[words.length()];
            this.places = new int[words.length()];
            int count = 0;
            for (int i = 0; i < words.length(); i++) {
                char c = comparable(said.charAt(i));
                if (c != 0) {
                    text[count] = c;
                    places[count++] = i;
                }
            }
            this.length = count;
            this.shared = new int[count];
            this.quotation = new boolean[count + 2];
        }

        String withoutShared() {
            findShared();
            findQuotations();
            StringBuilder clean = new StringBuilder();
            int copied = 0;
            int lastStretch = 0;
            for (int begin = 0, end; begin < length; begin = end) {
                end = endOfWord(begin);
                int stretch = stretchToHide(begin, end);
                if (stretch != 0) {
                    if (stretch == ALONE || stretch != lastStretch) {
                        clean.append(words, copied, places[begin]).append(HIDDEN);
                    }
                    copied = places[end - 1] + 1;
                }
                lastStretch = stretch;
            }
            return clean.append(words, copied, words.length()).toString();
        }

        private int endOfWord(int begin) {
            int end = begin + 1;
            while (end < length && places[end] == places[end - 1] + 1) {
                end++;
            }
            return end;
        }

        /** Marks what stands in what was sent too, in one pass over that, because it may be a million characters long. */
        private void findShared() {
            int count = Math.max(0, length - MIN_SHARED + 1);
            long[] parts = new long[count];
            for (int i = 0; i < count; i++) {
                parts[i] = part(text[i], text[i + 1], text[i + 2], text[i + 3]);
            }
            long[] sorted = parts.clone();
            Arrays.sort(sorted);
            boolean[] found = new boolean[count];
            long part = 0;
            for (int i = 0; i < comparableSent.length(); i++) {
                part = part << Character.SIZE | comparableSent.charAt(i);
                int at = Arrays.binarySearch(sorted, part);
                if (at >= 0) {
                    found[at] = true;
                }
            }
            number(parts, sorted, found);
        }

        private static long part(char a, char b, char c, char d) {
            return (long) a << 3 * Character.SIZE | (long) b << 2 * Character.SIZE | (long) c << Character.SIZE | d;
        }

        private void number(long[] parts, long[] sorted, boolean[] found) {
            int stretch = 0;
            int end = 0;
            for (int i = 0; i < parts.length; i++) {
                if (found[Arrays.binarySearch(sorted, parts[i])]) {
                    if (i >= end) {
                        stretch++;
                    }
                    end = i + MIN_SHARED;
                    for (int j = i; j < end; j++) {
                        shared[j] = shared[j] == 0 ? stretch : shared[j];
                    }
                }
            }
        }

        /** Which stretches hold more than a few ordinary words. */
        private void findQuotations() {
            for (int begin = 0, end; begin < length; begin = end) {
                end = begin + 1;
                while (end < length && shared[end] == shared[begin]) {
                    end++;
                }
                if (shared[begin] != 0) {
                    quotation[shared[begin]] = isQuotation(begin, end);
                }
            }
        }

        private boolean isQuotation(int begin, int end) {
            boolean severalWords = places[end - 1] - places[begin] >= end - begin;
            if (end - begin >= MIN_QUOTATION || severalWords && isQuotedOrCut(begin, end)) {
                return true;
            }
            for (int word = begin, next; word < end; word = next) {
                next = endOfWord(word);
                boolean whole = (word == 0 || places[word - 1] + 1 < places[word]) && next <= end;
                if (whole && !isOrdinary(word, next)) {
                    return true;
                }
            }
            return false;
        }

        private boolean isOrdinary(int begin, int end) {
            return ORDINARY.contains(new String(text, begin, end - begin));
        }

        /** Whether a quotation begins or ends beside these characters, or something was cut or hidden there. */
        private boolean isQuotedOrCut(int begin, int end) {
            int before = places[begin] - 1;
            int behind = places[end - 1] + 1;
            return isQuote(before) || isQuote(behind) || isCut(before, -1) || isCut(behind, 1);
        }

        private boolean isQuote(int place) {
            if (place < 0 || place >= said.length()) {
                return false;
            }
            char c = said.charAt(place);
            return c == '"'
                    || c == '`'
                    || c == '\'' && !isInsideAWord(place)
                    || Character.getType(c) == Character.INITIAL_QUOTE_PUNCTUATION
                    || Character.getType(c) == Character.FINAL_QUOTE_PUNCTUATION;
        }

        private boolean isCut(int from, int step) {
            int place = from;
            while (place >= 0 && place < said.length() && said.charAt(place) == ' ') {
                place += step;
            }
            return said.startsWith("…", place)
                    || said.startsWith("*", place)
                    || said.startsWith("..", step > 0 ? place : place - 1);
        }

        /** As the apostrophe of a word. */
        private boolean isInsideAWord(int place) {
            return place > 0
                    && place + 1 < said.length()
                    && comparable(said.charAt(place - 1)) != 0
                    && comparable(said.charAt(place + 1)) != 0;
        }

        /** The stretch with which a word is to be hidden, or {@link #ALONE}; 0 if it may stay. */
        private int stretchToHide(int begin, int end) {
            int covered = 0;
            int stretch = 0;
            boolean digit = false;
            boolean letter = false;
            for (int i = begin; i < end; i++) {
                digit |= Character.isDigit(text[i]);
                letter |= !Character.isDigit(text[i]);
                if (shared[i] != 0) {
                    covered++;
                    stretch = stretch == 0 ? shared[i] : stretch;
                }
            }
            boolean touched = digit ? covered > 0 : covered == end - begin || covered >= MIN_INSIDE_A_WORD;
            if (touched && (digit || quotation[stretch] || !isOrdinary(begin, end))) {
                return stretch;
            }
            return end - begin < MIN_SHARED && isPieceOfSent(begin, end, digit && letter) ? ALONE : 0;
        }

        /** Whether a short word is what is left of a longer one: {@code 'X7…'}. */
        private boolean isPieceOfSent(int begin, int end, boolean mixed) {
            boolean isCode = mixed && end - begin == MIN_SHARED - 1;
            return (isCode || isQuotedOrCut(begin, end) && !isOrdinary(begin, end))
                    && comparableSent.contains(new String(text, begin, end - begin));
        }
    }
}
