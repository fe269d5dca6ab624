package io.github.camelsendtalk.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what was packaged: the jar that has all in it, as its users and its image run it. */
class StandaloneCheck {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path JAR = Path.of(System.getProperty("standalone"));
    private static final Path DOCKERFILE = Path.of("src/main/docker/Dockerfile");

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void javaJarRunsItAnywhere(@TempDir Path folder) throws IOException {
        Files.copy(JAR, folder.resolve("sandbox.jar"));

        answersAfter(folder, JAVA.toString(), "-jar", "sandbox.jar", "--port=0");
    }

    /** With the machine for itself: {@code mvn -P load -pl camel-sendtalk-sandbox verify}. */
    @Tag("load")
    @RepeatedTest(5)
    void itAnswersWithinTwoSecondsOfJavaJar(@TempDir Path folder) throws IOException {
        long start = System.nanoTime();
        answersAfter(folder, JAVA.toString(), "-jar", JAR.toString(), "--port=0");
        Duration time = Duration.ofNanos(System.nanoTime() - start);

        System.out.printf("java -jar: answered after %d ms%n", time.toMillis());
        assertThat(time).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void itHasTheLicencesOfAllThatIsInIt() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(textOf(jar, "META-INF/LICENSE")).contains("Apache License", "Eclipse Public License");
            assertThat(textOf(jar, "META-INF/NOTICE")).contains("Jackson");
            assertThat(jar.stream().filter(entry -> entry.getName().equals("module-info.class")))
                    .isEmpty();
        }
    }

    /** There is no Docker here; the steps of its file are taken as it would take them, but for the image that it begins with. */
    @Test
    void theImageCopiesTheJarAndRunsIt(@TempDir Path root) throws IOException {
        List<String> steps = Files.readAllLines(DOCKERFILE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        assertThat(steps)
                .extracting(step -> step.split(" ")[0])
                .containsExactly("FROM", "COPY", "USER", "WORKDIR", "EXPOSE", "ENTRYPOINT");

        String[] copy = argument(steps, "COPY").split(" ");
        assertThat(copy).hasSize(2);
        Path target = root.resolve(copy[1].substring(1));
        Files.copy(theOnlyFile(JAR.getParent(), copy[0]), target);
        List<String> command = new ArrayList<>(Arrays.asList(
                argument(steps, "ENTRYPOINT").replaceAll("[\\[\\]\"]", "").split(", ")));
        assertThat(command.set(0, JAVA.toString())).isEqualTo("java");
        assertThat(command.set(2, target.toString())).isEqualTo(copy[1]);
        command.add("--port=0"); // The one that it exposes may be taken here.

        answersAfter(root, command.toArray(String[]::new));
    }

    @Test
    void theImageExposesThePortThatIsTheDefault() throws IOException {
        Process help = run(JAR.getParent(), JAVA.toString(), "-jar", JAR.toString(), "--help");

        assertThat(new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("(default: " + argument(Files.readAllLines(DOCKERFILE), "EXPOSE") + ")");
    }

    private void answersAfter(Path folder, String... command) throws IOException {
        SandboxClient client = new SandboxClient(baseUrlOf(run(folder, command)));
        assertThat(client.send(SandboxClient.text("62811001234", "Hi"))).contains("\"success\":true");
    }

    private static String argument(List<String> steps, String instruction) {
        return steps.stream()
                .filter(step -> step.startsWith(instruction + " "))
                .findFirst()
                .orElseThrow()
                .substring(instruction.length() + 1);
    }

    private static Path theOnlyFile(Path folder, String pattern) throws IOException {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> matcher.matches(file.getFileName())).toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private static String textOf(JarFile jar, String entry) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Process run(Path folder, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // The JVM would print it.
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static String baseUrlOf(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        assertThat(line).matches("Inbox: http://127\\.0\\.0\\.1:\\d+/");
        return line.substring("Inbox: ".length(), line.length() - 1);
    }
}
