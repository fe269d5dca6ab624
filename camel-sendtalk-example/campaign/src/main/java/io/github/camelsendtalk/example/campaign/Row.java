package io.github.camelsendtalk.example.campaign;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a campaign's file.
 *
 * @param line the line of the file on which the row begins, from 1
 * @param name who gets the message; blank if the row can't be read
 * @param message the message with SendTalk's field names, as {@code sendtalk:send} takes it
 * @param key what the journal knows the row by: the same for two rows with the same message to the same number
 * @param problem why the row can't be sent, or null
 */
public record Row(
        int line,
        String name,
        Map<String, String> message,
        String key,
        @Nullable String problem) {

    private static final List<String> FIELDS = List.of("phone", "messageType", "body", "filename", "caption");

    static Row readable(int line, String name, Map<String, String> message) {
        return new Row(line, name, message, keyOf(message), null);
    }

    static Row wrong(int line, String name, String problem) {
        return new Row(line, name, Map.of(), "", problem);
    }

    /** The type of the message, as it is written in the row. */
    String what() {
        return message.getOrDefault("messageType", problem == null ? "text" : "");
    }

    /** The number in one form, however it is written, so that the same person is recognised. */
    String number() {
        return number(message);
    }

    /** Enough of the number for a person who knows it, and too little for anybody else. */
    String maskedNumber() {
        String number = number();
        return !number.matches("\\d{8,}")
                ? "***"
                : number.substring(0, 2) + "***" + number.substring(number.length() - 3);
    }

    private static String keyOf(Map<String, String> message) {
        StringBuilder content = new StringBuilder();
        for (String field : FIELDS) {
            String value = message.getOrDefault(field, "").strip();
            content.append(
                            switch (field) {
                                case "phone" -> number(message);
                                case "messageType" -> value.isEmpty() ? "text" : value.toLowerCase(Locale.ROOT);
                                default -> value;
                            })
                    .append('\0');
        }
        return HexFormat.of().formatHex(sha256(content.toString()), 0, 16);
    }

    private static String number(Map<String, String> message) {
        String written = message.getOrDefault("phone", "").strip();
        StringBuilder digits = new StringBuilder();
        written.codePoints().filter(Character::isDigit).forEach(c -> digits.append(Character.digit(c, 10)));
        if (digits.isEmpty()) {
            return written;
        }
        String number = digits.toString().replaceFirst("^00", "");
        boolean national = number.equals(digits.toString()) && !written.contains("+");
        return number.replaceFirst(national ? "^(0|620)?8" : "^6208", "628");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Without the text and the whole number. */
    @Override
    public String toString() {
        return "Row[line=%d, phone=%s]".formatted(line, maskedNumber());
    }
}
