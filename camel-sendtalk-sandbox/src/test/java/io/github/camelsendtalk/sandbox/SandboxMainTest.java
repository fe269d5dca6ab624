package io.github.camelsendtalk.sandbox;

import static io.github.camelsendtalk.sandbox.SandboxClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the sandbox in a process of its own. */
class SandboxMainTest {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void itSaysWhereItListensAndTakesMessagesUntilItIsEnded() throws Exception {
        Process process = run("--port", "0");
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);

        String baseUrl = baseUrlIn(output.readLine());
        assertThat(output.readLine()).isEqualTo("Routes: camel.component.sendtalk.base-url = " + baseUrl);
        assertThat(output.readLine()).isEqualTo("Ctrl-C ends it.");
        assertThat(new SandboxClient(baseUrl).send(text("62811001234", "Hi"))).contains("\"success\":true");
        assertThat(process.isAlive()).isTrue();

        process.toHandle().destroy(); // Process.destroy() would close the streams as well.

        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(output.readLine()).isNull();
        assertThat(errorsOf(process)).isEmpty();
    }

    @Test
    void itTakesTheKeyThatItIsTold() throws IOException {
        Process process = run("--port=0", "--api-key=sandbox-test-1");
        SandboxClient client = new SandboxClient(baseUrlOf(process));

        assertThat(client.send(text("62811001234", "Hi"))).contains("\"code\":\"49103\"");
        HttpResponse<String> answer =
                client.postWithoutKey("/api/v1/message/send_whatsapp", "API-Key", "sandbox-test-1");
        assertThat(answer.body()).contains("Phone is required");
    }

    /** With the machine for itself: {@code mvn -P load -pl camel-sendtalk-sandbox verify}. */
    @Tag("load")
    @Test
    void itStartsInLessThanTwoSeconds() throws IOException {
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            Process process = run("--port=0");
            baseUrlOf(process);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            process.destroy();

            System.out.printf("started in %d ms%n", time.toMillis());
            assertThat(time).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void helpListsTheOptions() throws Exception {
        Process process = run("--help");

        assertThat(textOf(process.getInputStream())).contains("--port", "8062", "--host", "127.0.0.1", "--api-key");
        assertThat(process.waitFor()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --prot=0    | Unknown option: '--prot=0'; --help lists the options.
                    --port=many | Invalid value for option '--port': 'many' is not an int; --help lists the options.
                    """)
    void aWrongOptionIsNamedInASentence(String option, String sentence) throws Exception {
        assertThat(complaintAbout(option)).isEqualTo(sentence);
    }

    @Test
    void aTakenPortIsNamedInASentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(complaintAbout("--port=" + taken.getLocalPort()))
                    .startsWith("The sandbox can't listen on port " + taken.getLocalPort() + " of 127.0.0.1 (")
                    .endsWith("): choose another port or address.");
        }
    }

    private String complaintAbout(String option) throws Exception {
        Process process = run(option);
        assertThat(textOf(process.getInputStream())).isEmpty();
        String errors = errorsOf(process);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(errors.lines()).hasSize(1);
        return errors.strip();
    }

    private Process run(String... options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(JAVA.toString(), "-cp", System.getProperty("java.class.path"), SandboxMain.class.getName()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // The JVM would print it.
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static String baseUrlOf(Process process) throws IOException {
        return baseUrlIn(process.inputReader(StandardCharsets.UTF_8).readLine());
    }

    private static String baseUrlIn(String line) {
        assertThat(line).matches("Inbox: http://127\\.0\\.0\\.1:\\d+/");
        return line.substring("Inbox: ".length(), line.length() - 1);
    }

    private static String errorsOf(Process process) throws IOException {
        return textOf(process.getErrorStream());
    }

    private static String textOf(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
}
