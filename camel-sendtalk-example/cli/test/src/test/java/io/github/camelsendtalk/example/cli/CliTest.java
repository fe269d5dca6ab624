package io.github.camelsendtalk.example.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types what the README says, in a copy of its folder. */
class CliTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What a URI reads in another way, where it is not told to leave it alone. */
    private static final String ODD_KEY = "a+b/c=d&e%20f";

    private static final String REPOSITORY = "-Dmaven.repo.local=" + System.getProperty("localRepository");

    /** What the processes print. */
    private static final File LOG = new File("target/cli.log");

    @RegisterExtension
    static SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    @TempDir
    Path folder;

    private String key = "any-key";

    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void copyTheFolder() throws IOException {
        for (String file :
                List.of("outbox.camel.yaml", "hello.camel.yaml", "menu.pipe.yaml", "application.properties")) {
            Files.copy(Path.of("..", file), folder.resolve(file));
        }
    }

    @AfterEach
    void endWhatRuns() throws InterruptedException {
        for (Process process : processes) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void aFileInTheOutboxIsSent() throws Exception {
        Files.createDirectory(folder.resolve("outbox"));
        Files.writeString(folder.resolve("outbox/halo.txt"), "Halo");

        run("outbox.camel.yaml", "application.properties");

        theMessageIs("Halo");
    }

    @Test
    @DisplayName("R43: a kamelet says hello, with a key as it is written")
    void aKameletSaysHello() throws Exception {
        key = ODD_KEY;

        run("hello.camel.yaml", "application.properties");

        theMessageIs("Halo dari Camel");
        theKeyArrived();
    }

    @Test
    @DisplayName("R43: a pipe brings key and caption as they are written")
    void aPipeBringsKeyAndCaptionAsTheyAreWritten() throws Exception {
        key = ODD_KEY;

        run("menu.pipe.yaml", "application.properties");

        assertThat(sandbox.await(1, PATIENCE))
                .extracting(SandboxMessage::phone, SandboxMessage::caption)
                .containsExactly(tuple("6281212345678", "Diskon 50% & gratis + ongkir"));
        theKeyArrived();
    }

    @Test
    void aRouteAloneNeedsTheDependencyOnTheCommandLine() throws Exception {
        Files.delete(folder.resolve("application.properties"));

        run(
                "hello.camel.yaml",
                "--dep=mvn:io.github.camel-sendtalk:camel-sendtalk:1.0.0-SNAPSHOT",
                "--prop=camel.component.sendtalk.phone-region=ID");

        theMessageIs("Halo dari Camel");
    }

    @Test
    void theDeveloperConsoleShowsHowSendsEnd() throws Exception {
        int port = freePort();

        run(
                "hello.camel.yaml",
                "application.properties",
                "--dep=camel:platform-http-main",
                "--prop=camel.main.dev-console-enabled=true",
                "--prop=camel.management.enabled=true",
                "--prop=camel.management.dev-console-enabled=true",
                "--prop=camel.management.port=" + port);

        theMessageIs("Halo dari Camel");
        assertThat(textOnce("http://localhost:" + port + "/q/dev/sendtalk", "Accepted: 1"))
                .contains("SendTalk:", "Base URL: " + sandbox.baseUrl(), "In flight: 0")
                .doesNotContain(key, "6281212345678", "Halo");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** What is at a URL, as soon as that holds a text: the answer to a send comes a little after its message. */
    private static String textOnce(String url, String expected) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        HttpClient client = HttpClient.newHttpClient();
        long end = System.nanoTime() + PATIENCE.toNanos();
        String text = "";
        while (!text.contains(expected) && System.nanoTime() < end) {
            text = client.send(request, BodyHandlers.ofString()).body();
        }
        return text;
    }

    private void run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("run", "--prop=phone=0812-1234-5678"));
        command.add("--prop=camel.component.sendtalk.base-url=" + sandbox.baseUrl());
        command.addAll(List.of(arguments));
        camel(command.toArray(String[]::new));
    }

    private void theKeyArrived() {
        assertThat(sandbox.wireMock().findAll(anyRequestedFor(anyUrl())))
                .extracting(request -> request.getHeader("API-Key"))
                .containsExactly(key);
    }

    private void theMessageIs(String text) {
        assertThat(sandbox.await(1, PATIENCE))
                .extracting(SandboxMessage::phone, SandboxMessage::body)
                .containsExactly(tuple("6281212345678", text));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"main,camel-sendtalk", "quarkus,camel-sendtalk", "spring-boot,camel-sendtalk-starter"})
    void anExportedProjectCompiles(String runtime, String dependency) throws Exception {
        Path project = export(runtime);

        end(start(project, System.getProperty("mvn"), "-B", "-q", REPOSITORY, "compile"));

        assertThat(dependencies(project)).contains(dependency);
        assertThat(project.resolve("target/classes/application.properties"))
                .content()
                .contains("camel.component.sendtalk.api-key={{env:SENDTALK_API_KEY}}");
    }

    private Path export(String runtime) throws Exception {
        end(camel("export", "outbox.camel.yaml", "application.properties", "--runtime=" + runtime, "--dir=project"));
        return folder.resolve("project");
    }

    private static List<String> dependencies(Path project) throws Exception {
        return Pattern.compile("<groupId>io.github.camel-sendtalk</groupId>\\s*<artifactId>(.*)</artifactId>")
                .matcher(Files.readString(project.resolve("pom.xml")))
                .results()
                .map(dependency -> dependency.group(1))
                .toList();
    }

    private Process camel(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                REPOSITORY,
                "-cp",
                System.getProperty("java.class.path"),
                Cli.class.getName()));
        command.addAll(List.of(arguments));
        command.add("--kamelets-version=" + System.getProperty("camel.version"));
        return start(folder, command.toArray(String[]::new));
    }

    private Process start(Path directory, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG));
        builder.environment().put("SENDTALK_API_KEY", key);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static void end(Process process) throws InterruptedException {
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ended in time").isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
