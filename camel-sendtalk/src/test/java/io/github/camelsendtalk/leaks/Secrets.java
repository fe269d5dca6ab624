package io.github.camelsendtalk.leaks;

import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendTalkMessage;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one call must keep to itself, in a form that nothing else has.
 *
 * @param key the API key
 * @param code a one-time code of letters and digits, of which all but the last two tell it
 * @param phone the recipient's number, as the API wants it
 */
record Secrets(String key, String code, String phone) {

    private static final Pattern RECIPIENT_HEADER = Pattern.compile("CamelSendTalkRecipient\\D{1,60}\\d{8,15}");
    private static final AtomicInteger LAST = new AtomicInteger();

    /** Secrets that no call had before, but for the key. */
    static Secrets next(String key) {
        return next(key, "5678");
    }

    /** Secrets with a number of a set ending, by which the sandbox chooses what to do. */
    static Secrets next(String key, String ending) {
        int number = LAST.incrementAndGet();
        return new Secrets(key, "Zq%04dKw".formatted(number), "62811%04d%s".formatted(number, ending));
    }

    /** The text of the message. */
    String text() {
        return "Kode rahasia Anda " + code + " (" + word() + "), jangan diberikan";
    }

    /** A code of letters, of which all but the last two tell it. */
    String word() {
        StringBuilder word = new StringBuilder("X");
        for (char digit : code.substring(2, 6).toCharArray()) {
            word.append("QXZJKVWPYH".charAt(digit - '0'));
        }
        return word + "GF";
    }

    /** The message as a record, the one form that Camel can show without them. */
    SendTalkMessage message() {
        return new SendTalkMessage(phone, MessageType.OTP, text(), null, null);
    }

    /** The number as people of its country write it. */
    String nationalPhone() {
        return "0%s-%s-%s".formatted(phone.substring(2, 5), phone.substring(5, 9), phone.substring(9));
    }

    /** Words of a server that repeats all it was sent with a number to check. */
    String echoOfNumber() {
        return "Key %s, to %s (+%s, %s)".formatted(key, phone, phone, nationalPhone());
    }

    /** Words of a server that repeats all it was sent with a message, whole and in parts. */
    String echo() {
        String whole = "%s: '%s'".formatted(echoOfNumber(), text());
        return Stream.of(code, word())
                .map(said -> "'...%s', not allowed: %s, %s, 'Kode rahasia Anda %s...' is too long"
                        .formatted(
                                said,
                                said.toUpperCase(Locale.ROOT),
                                said.substring(0, 3) + "-" + said.substring(3),
                                said.substring(0, said.length() - 1)))
                .collect(Collectors.joining(", ", whole, "."));
    }

    /**
     * Those that a text holds: what each is, and the words before it. The header that is there to tell the number is left
     * out; Camel shows it wherever it shows headers.
     */
    Stream<String> in(String text) {
        String haystack = RECIPIENT_HEADER.matcher(text).replaceAll("");
        return Stream.of(
                        found("the key", Pattern.compile(Pattern.quote(key)), haystack),
                        found("the code", anyWriting(code.substring(0, code.length() - 2)), haystack),
                        found("the code of letters", anyWriting(word().substring(0, word().length() - 2)), haystack),
                        found("the number", anyWriting(phone.substring(2)), haystack))
                .filter(Objects::nonNull);
    }

    private static Pattern anyWriting(String secret) {
        return Pattern.compile(String.join("[ .()-]*", secret.split("")), Pattern.CASE_INSENSITIVE);
    }

    private static @Nullable String found(String what, Pattern pattern, String haystack) {
        Matcher matcher = pattern.matcher(haystack);
        return matcher.find()
                ? what + " after " + haystack.substring(Math.max(0, matcher.start() - 80), matcher.start())
                : null;
    }

    /** Shows none of them either, for the sake of test reports. */
    @Override
    public String toString() {
        return "Secrets";
    }
}
