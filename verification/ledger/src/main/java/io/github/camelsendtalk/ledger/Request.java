package io.github.camelsendtalk.ledger;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request, of which the rest is not read yet.
 *
 * @param asksForStatus whether it asks for a status, and sends nothing
 * @param message the message that it is for, by its recipient, or by the id that it asks for
 * @param isMisdirected whether recipient and text don't belong together
 * @param code the code that the text begins with, if it is one of a code
 * @param unread how many bytes are left
 */
record Request(
        String apiKey,
        boolean asksForStatus,
        int message,
        boolean isMisdirected,
        @Nullable String code,
        int unread) {

    private static final Pattern HEAD = Pattern.compile(
            "(?is)POST /api/v1/message/(\\w+) (?=.*\\bapi-key: *(\\S+))(?=.*\\bcontent-length: *(\\d+)).*");
    private static final Pattern SEND = Pattern.compile(
            "\\{\"phone\":\"(\\d{5})(\\d{8})\",\"messageType\":\"(?:text|otp)\",\"body\":\"(?:Pesan (\\d+) |(\\d{6}) )?.*");
    private static final Pattern STATUS = Pattern.compile("\\{\"id\":\"(\\d+)-\\d+\"\\}");

    /** Enough for the phone and for the number of the message in the text. */
    private static final int BEGINNING = 70;

    static Request read(InputStream in) throws IOException {
        Matcher head = match(HEAD, head(in));
        int length = Integer.parseInt(head.group(3));
        byte[] bytes = in.readNBytes(Math.min(length, BEGINNING));
        String beginning = new String(bytes, StandardCharsets.US_ASCII);
        int unread = length - bytes.length;
        if (head.group(1).equals("get_status")) {
            int message = Integer.parseInt(match(STATUS, beginning).group(1));
            return new Request(head.group(2), true, message, false, null, unread);
        }
        Matcher send = match(SEND, beginning);
        int message = Integer.parseInt(send.group(2));
        String code = send.group(4);
        // whose code it is, its service knows
        boolean isRight = send.group(1).equals(Sender.PREFIX)
                && (code != null || String.valueOf(message).equals(send.group(3)));
        return new Request(head.group(2), false, message, !isRight, code, unread);
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static Matcher match(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new EOFException();
        }
        return matcher;
    }
}
