package io.github.camelsendtalk.client;

import java.io.Serializable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message to send, with the API's field names.
 *
 * <p>As the body of a Camel message it may be incomplete: what is null is taken from headers and options. Its text form
 * holds neither the text nor the whole number.
 *
 * @param phone the recipient: country code first, digits only ({@code 6281212345678})
 * @param messageType code, text or image
 * @param body the text; for an image its http(s) URL
 * @param filename the name of the file, required for an image and sent for images only
 * @param caption the caption of an image, sent for images only
 */
public record SendTalkMessage(
        @Nullable String phone,
        @Nullable MessageType messageType,
        @Nullable String body,
        @Nullable String filename,
        @Nullable String caption)
        implements Serializable {

    /** The most characters that a body may have: 1 Mi, far above what WhatsApp shows. */
    public static final int MAX_BODY_LENGTH = 1024 * 1024;

    /** What an image is sent by, for complaints. */
    public static final String IMAGE_BODY = "the body of an image is its http(s) URL: SendTalk fetches it";

    private static final int MIN_KEY_INSIDE = 16;
    private static final Pattern HTTP_URL = Pattern.compile("(?i)https?://[^\\s/?#]+\\S*");

    /** A text. */
    public static SendTalkMessage text(String phone, String body) {
        return new SendTalkMessage(phone, MessageType.TEXT, body, null, null);
    }

    /** A one-time code, which SendTalk queues before all other messages; the body is the whole text with the code in it. */
    public static SendTalkMessage otp(String phone, String body) {
        return new SendTalkMessage(phone, MessageType.OTP, body, null, null);
    }

    /**
     * An image without a caption.
     *
     * @param url where SendTalk fetches it, http or https
     * @param filename the name that the recipient sees
     */
    public static SendTalkMessage image(String phone, String url, String filename) {
        return image(phone, url, filename, null);
    }

    /** An image with a caption below it. */
    public static SendTalkMessage image(String phone, String url, String filename, @Nullable String caption) {
        return new SendTalkMessage(phone, MessageType.IMAGE, url, filename, caption);
    }

    /**
     * Finds what the API would refuse, before it costs a request.
     *
     * @throws SendTalkValidationException naming the first field that is missing or wrong
     */
    public void validate() throws SendTalkValidationException {
        requireText("phone", phone);
        if (messageType == null) {
            throw invalid("messageType", "is missing: use otp, text or image");
        }
        requireText("body", body);
        if (body.length() > MAX_BODY_LENGTH) {
            throw invalid("body", "is too long: %,d characters, at most %,d".formatted(body.length(), MAX_BODY_LENGTH));
        }
        if (messageType == MessageType.IMAGE) {
            if (!HTTP_URL.matcher(body.strip()).matches()) {
                throw invalid("body", "is not an http(s) URL; " + IMAGE_BODY);
            }
            requireText("filename", filename);
            requireUnicode(Operation.send, "caption", caption);
        }
    }

    /**
     * Refuses what would send a key to a customer: a value from outside that Camel took for a placeholder.
     *
     * @throws SendTalkValidationException naming the field that holds the key: anywhere, or, of a key of less than 16
     *     characters, which may be a word of a text by chance, as the whole of the field
     */
    public void requireNo(String apiKey) throws SendTalkValidationException {
        requireNo(apiKey, Operation.send, "phone", phone);
        requireNo(apiKey, Operation.send, "body", body);
        requireNo(apiKey, Operation.send, "filename", filename);
        requireNo(apiKey, Operation.send, "caption", caption);
    }

    static void requireNo(String apiKey, Operation operation, String field, @Nullable String value)
            throws SendTalkValidationException {
        if (value == null) {
            return;
        }
        boolean holds = apiKey.length() >= MIN_KEY_INSIDE
                ? value.contains(apiKey)
                : value.strip().equals(apiKey);
        if (holds) {
            throw invalid(
                    operation, field, "holds an API key: give values from outside as headers, never in a dynamic URI");
        }
    }

    /** Finds what is not the id of a message, before it costs a request. */
    static void validateId(@Nullable String id) throws SendTalkValidationException {
        requireText(Operation.status, "id", id);
    }

    /** Finds what is not a number to check, before it costs a request. */
    static void validatePhone(@Nullable String phone) throws SendTalkValidationException {
        requireText(Operation.check, "phone", phone);
    }

    private static void requireText(String field, @Nullable String value) throws SendTalkValidationException {
        requireText(Operation.send, field, value);
    }

    private static void requireText(Operation operation, String field, @Nullable String value)
            throws SendTalkValidationException {
        if (value == null || value.isBlank()) {
            throw invalid(operation, field, value == null ? "is missing" : "is blank");
        }
        requireUnicode(operation, field, value);
    }

    private static void requireUnicode(Operation operation, String field, @Nullable String value)
            throws SendTalkValidationException {
        if (value != null && holdsLoneSurrogate(value)) {
            throw invalid(operation, field, "holds half of a character (a lone surrogate): was an emoji cut in two?");
        }
    }

    private static boolean holdsLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static SendTalkValidationException invalid(String field, String problem) {
        return invalid(Operation.send, field, problem);
    }

    private static SendTalkValidationException invalid(Operation operation, String field, String problem) {
        return new SendTalkValidationException(operation, field, "The message's %s %s.".formatted(field, problem));
    }

    @Override
    public String toString() {
        return "SendTalkMessage[phone=%s, messageType=%s, body=%s]"
                .formatted(
                        phone == null ? null : PhoneNumbers.mask(phone),
                        messageType == null ? null : messageType.value(),
                        body == null ? null : body.length() + " characters");
    }
}
