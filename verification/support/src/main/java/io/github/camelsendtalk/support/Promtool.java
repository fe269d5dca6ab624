package io.github.camelsendtalk.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' own tool for its rules. Tests that need it are left out where it is not there. */
public final class Promtool {

    public static final String MISSING = "promtool is not there: apt-get install prometheus";

    private static final Path PROMTOOL = Path.of(System.getProperty("promtool", "/usr/bin/promtool"));

    private Promtool() {}

    public static boolean isThere() {
        return Files.isExecutable(PROMTOOL);
    }

    /** Fails if it says anything else than success. */
    public static void succeeds(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROMTOOL.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("SUCCESS");
    }
}
