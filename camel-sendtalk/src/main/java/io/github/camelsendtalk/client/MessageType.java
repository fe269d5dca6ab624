package io.github.camelsendtalk.client;

import java.util.Locale;

/** The kinds of messages that the API knows. */
public enum MessageType {
    /** A one-time code; the vendor queues it before all other messages. */
    OTP,
    /** A text. */
    TEXT,
    /** An image, whose body is its URL. */
    IMAGE;

    /** The API's word for this type: {@code otp}, {@code text} or {@code image}. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the API's word, without regard to case and surrounding blanks.
     *
     * @throws IllegalArgumentException if there is no such type
     */
    public static MessageType of(String value) {
        for (MessageType type : values()) {
            if (type.name().equalsIgnoreCase(value.strip())) {
                return type;
            }
        }
        throw new IllegalArgumentException("the messageType is unknown: use otp, text or image");
    }
}
