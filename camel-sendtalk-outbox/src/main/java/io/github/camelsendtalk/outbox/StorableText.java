package io.github.camelsendtalk.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** Texts of others for the database: PostgreSQL takes neither a zero character nor half of a pair, and refuses all that comes with it. */
final class StorableText {

    private StorableText() {}

    static @Nullable String of(@Nullable String text) {
        // what has no encoding becomes a question mark
        return text == null ? null : new String(text.getBytes(UTF_8), UTF_8).replace('\0', '?');
    }
}
