package io.github.camelsendtalk.leaks;

import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendTalkMessage;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one call must keep to itself, in a form that nothing else has: a code begins with zeros, as no counter and no time does.
 *
 * @param key the API key
 * @param code a one-time code
 * @param phone the recipient's number, as the API wants it
 */
record Secrets(String key, String code, String phone) {

    private static final AtomicInteger LAST = new AtomicInteger();

    /** Secrets that no call had before, but for the key. */
    static Secrets next(String key) {
        return next(key, "5678");
    }

    /** Secrets with a number of a set ending, by which the sandbox chooses what to do. */
    static Secrets next(String key, String ending) {
        int number = LAST.incrementAndGet();
        return new Secrets(key, "00%04d".formatted(number), "62811%04d%s".formatted(number, ending));
    }

    /** The text of the message. */
    String text() {
        return "Kode rahasia Anda " + code + ", jangan diberikan";
    }

    /** The message as a record, the one form that Camel can show without them. */
    SendTalkMessage message() {
        return new SendTalkMessage(phone, MessageType.OTP, text(), null, null);
    }

    /** The number as people of its country write it. */
    String nationalPhone() {
        return "0%s-%s-%s".formatted(phone.substring(2, 5), phone.substring(5, 9), phone.substring(9));
    }

    /** Words of a server that repeats all it was sent with a message, whole and in parts. */
    String echo() {
        return "Key %s, to %s (+%s, %s): '%s', '...%s'".formatted(key, phone, phone, nationalPhone(), text(), code);
    }

    /** Those that a text holds: what each is, and the words before it. */
    Stream<String> in(String haystack) {
        return Stream.of(
                        found("the key", Pattern.compile(Pattern.quote(key)), haystack),
                        found("the code", Pattern.compile("(?<![0-9A-Za-z])" + code + "(?![0-9A-Za-z])"), haystack),
                        found("the number", anyWriting(phone.substring(2)), haystack))
                .filter(Objects::nonNull);
    }

    private static Pattern anyWriting(String digits) {
        return Pattern.compile(String.join("[ .()-]*", digits.split("")));
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
