package io.github.camelsendtalk;

import org.jspecify.annotations.Nullable;

/**
 * What the options of an endpoint or of the component say of a message, null where they say nothing.
 *
 * <p>Its text form holds none of it, because it travels as an exchange property, which tracers print.
 */
record MessageOptions(
        @Nullable String phone,
        @Nullable String messageType,
        @Nullable String filename,
        @Nullable String caption) {

    /** The exchange property that carries what a dynamic URI ({@code toD}) said. */
    static final String PROPERTY = "CamelSendTalkDynamicOptions";

    static MessageOptions of(SendTalkConfiguration configuration) {
        return new MessageOptions(
                configuration.getPhone(),
                configuration.getMessageType(),
                configuration.getFilename(),
                configuration.getCaption());
    }

    /** Whether they say nothing at all. */
    boolean isEmpty() {
        return phone == null && messageType == null && filename == null && caption == null;
    }

    @Nullable
    String get(MessageField field) {
        return switch (field) {
            case PHONE -> phone;
            case MESSAGE_TYPE -> messageType;
            case FILENAME -> filename;
            case CAPTION -> caption;
        };
    }

    @Override
    public String toString() {
        return "MessageOptions";
    }
}
