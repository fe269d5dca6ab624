package io.github.camelsendtalk.example.campaign;

import static io.github.camelsendtalk.example.campaign.SourceRun.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole application with sources. */
@Timeout(300)
class SourcesTest {

    @RegisterExtension
    final SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    @TempDir
    Path folder;

    private final TestDatabase database = new TestDatabase();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Campaign> begun = new CompletableFuture<>();

    private int run(Map<String, String> more) {
        Map<String, String> options = new TreeMap<>(more);
        options.put("campaign.target", folder.toString());
        options.put("campaign.sandbox", sandbox.baseUrl());
        options.put("db.url", database.url());
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        PrintStream refusal = new PrintStream(err, true, StandardCharsets.UTF_8);
        return CampaignMain.run(Map.of(), options, out, refusal, begun::complete);
    }

    @Test
    void whatComesFromSourcesIsSentAndFollowedUntilTheProcessIsStopped() throws Exception {
        int port = freePort();
        Path inbox = Files.createDirectory(folder.resolve("inbox"));
        CompletableFuture<Integer> run = CompletableFuture.supplyAsync(() -> run(Map.of(
                "sources",
                "rest, folder",
                "camel.server.port",
                String.valueOf(port),
                "folder.path",
                inbox.toString(),
                "folder.quiet",
                "0s")));
        URI rest = URI.create("http://127.0.0.1:" + port + "/messages");
        HttpClient client = HttpClient.newHttpClient();

        String code =
                "{\"key\": \"otp-1\", \"phone\": \"0812-3456-7890\", \"body\": \"482913\", \"messageType\": \"otp\"}";
        HttpRequest post = HttpRequest.newBuilder(rest)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(code))
                .build();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> client.send(post, BodyHandlers.ofString()).statusCode() == 202);
        Files.writeString(inbox.resolve("orders.csv"), "id,phone,body\nA-1,0812-3456-7891,Halo\n");

        HttpRequest get = HttpRequest.newBuilder(URI.create(rest + "/otp-1")).build();
        await().atMost(PATIENCE)
                .until(() -> client.send(get, BodyHandlers.ofString()).body().contains("\"status\": \"sent\""));
        await().atMost(PATIENCE).until(() -> database.count("campaign = 'folder' AND is_sent") == 1);
        assertThat(sandbox.messages())
                .extracting(SandboxMessage::phone)
                .containsExactlyInAnyOrder("6281234567890", "6281234567891");
        begun.join().interrupt(143);
        assertThat(run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(143);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aSourceThatDoesNotExistIsRefused() {
        assertThat(run(Map.of("sources", "rest,fax"))).isEqualTo(CampaignMain.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("-Dsources is 'rest,fax': it may be jms, kafka, folder, rest, table");
    }

    @Test
    void aSourceThatCannotBeginIsARefusalAndNotAStackTrace() {
        assertThat(run(Map.of("sources", "kafka", "kafka.brokers", "nowhere.invalid:9092")))
                .isEqualTo(CampaignMain.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("The routes can't be started (")
                .contains("bootstrap.servers");
    }
}
