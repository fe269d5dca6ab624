package io.github.camelsendtalk;

import org.jspecify.annotations.Nullable;

/**
 * What an endpoint's URI says of the message, null where it says nothing.
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

    @Override
    public String toString() {
        return "MessageOptions";
    }
}
