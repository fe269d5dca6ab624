package io.github.camelsendtalk.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.support.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs after all other tests: what they printed must hold none of the keys that they used. */
class KeyLeakCheck {

    private static final Path OUTPUT = Path.of("target", "surefire-reports");

    @Test
    void theOutputOfTheWholeTestRunHoldsNoApiKey() throws IOException {
        List<String> keys = Files.readAllLines(TestKeys.LIST);
        assertThat(keys).as("the keys that the tests used").hasSizeGreaterThan(50);
        List<Path> outputs = outputs();
        assertThat(outputs).as("the outputs of the test classes").hasSizeGreaterThan(10);
        boolean debugSeen = false;
        for (Path output : outputs) {
            String text = Files.readString(output, StandardCharsets.UTF_8);
            debugSeen |= text.contains("DEBUG org.apache.camel") && text.contains("sendtalk");
            for (String key : keys) {
                assertThat(text.contains(key))
                        .as("%s holds the key %s…", output, key.substring(0, 13))
                        .isFalse();
            }
        }
        assertThat(debugSeen).as("Camel's loggers were at DEBUG").isTrue();
    }

    private static List<Path> outputs() throws IOException {
        try (Stream<Path> files = Files.list(OUTPUT)) {
            return files.filter(file -> !file.getFileName().toString().contains("KeyLeakCheck"))
                    .toList();
        }
    }
}
