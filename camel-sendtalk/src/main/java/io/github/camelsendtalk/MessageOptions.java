package io.github.camelsendtalk;

import org.jspecify.annotations.Nullable;

/** What the options of an endpoint or of the component say of a message, null where they say nothing. */
record MessageOptions(
        @Nullable String phone,
        @Nullable String messageType,
        @Nullable String filename,
        @Nullable String caption) {

    static MessageOptions of(SendTalkConfiguration configuration) {
        return new MessageOptions(
                configuration.getPhone(),
                configuration.getMessageType(),
                configuration.getFilename(),
                configuration.getCaption());
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

    /** Holds none of it. */
    @Override
    public String toString() {
        return "MessageOptions";
    }
}
