package io.github.camelsendtalk.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Makes API keys that nothing else contains, and keeps a list of them for {@link KeyLeakCheck}. */
public final class TestKeys {

    public static final Path LIST = Path.of("target", "test-keys.txt");

    private TestKeys() {}

    /** A key that was not used before. */
    public static synchronized String next() {
        String key = "test-key-" + UUID.randomUUID();
        try {
            Files.createDirectories(LIST.getParent());
            Files.writeString(LIST, key + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return key;
    }
}
