package io.github.camelsendtalk.client;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps keys, texts and numbers out of what is logged or thrown.
 *
 * <p>The text of an answer may quote what was sent: whole or cut, split or joined by blanks and dashes, in other letters or
 * escaped. So no form of a secret is looked for. Both sides are read as letters and digits alone, without case, and each word
 * that lies in a stretch which they share goes, unless it is an ordinary word of such sentences. A word with a digit goes
 * where it touches one.
 */
final class Redactor {

    private static final int MAX_LENGTH = 300;

    /** How much of a text is looked at: what a person would read, and a quoted text in front of it. */
    private static final int MAX_READ = 1_000;

    private static final String HIDDEN = "***";
    private static final Pattern LONG_NUMBER = Pattern.compile("\\d[\\d .()-]{5,}\\d");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

    /** What the API always says, so that it tells nothing of a message. It spares a send that succeeds the search. */
    private static final Set<String> KNOWN = Set.of(
            "The message has been added to queue",
            "Phone is required",
            "Message ID is required",
            "Request headers are required (API-Key)",
            "Message is not found",
            "API-Key is not found");

    private final List<String> sent;

    /** @param sent what must not be repeated: the key, the number, the text */
    Redactor(List<String> sent) {
        this.sent = sent;
    }

    /** The text in one line, with nothing that ends or escapes a JSON string around it. */
    static String plain(String text) {
        return CONTROLS.matcher(text.replace("\\\"", "'").replace('"', '\'').replace('\\', '/'))
                .replaceAll(" ");
    }

    /** The text of an answer without what was sent, without long numbers, in one line of at most 300 characters. */
    @Nullable
    String redact(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (KNOWN.contains(text)) {
            return text;
        }
        String read = text.length() <= MAX_READ ? text : text.substring(0, MAX_READ) + "…";
        String clean = plain(new QuotationSearch(read, NormalizedText.lines(sent)).withoutShared(HIDDEN))
                .strip();
        clean = LONG_NUMBER.matcher(clean).replaceAll(HIDDEN);
        return clean.length() <= MAX_LENGTH ? clean : clean.substring(0, MAX_LENGTH) + "…";
    }
}
