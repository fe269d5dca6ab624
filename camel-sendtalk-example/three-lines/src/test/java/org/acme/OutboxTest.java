package org.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {

    @RegisterExtension
    static SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    @TempDir
    Path outbox;

    private final Main main = new Main();

    @BeforeEach
    void start() {
        main.setDefaultPropertyPlaceholderLocation("classpath:application.properties");
        main.addOverrideProperty("camel.component.sendtalk.api-key", "any-key");
        main.addOverrideProperty("camel.component.sendtalk.base-url", sandbox.baseUrl());
        main.addOverrideProperty("outbox", outbox.toString());
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void aFileInTheOutboxIsSent() throws Exception {
        main.addOverrideProperty("phone", "0812-1234-5678");
        main.start();

        Files.writeString(outbox.resolve("halo.txt"), "Halo dari Camel");

        SandboxMessage message = sandbox.await(1, Duration.ofSeconds(20)).get(0);
        assertEquals("6281212345678", message.phone());
        assertEquals("Halo dari Camel", message.body());
    }

    @Test
    void aFileWhoseOutcomeIsUnknownIsKeptAndNotSentAgain() throws Exception {
        // the sandbox takes the message to this number, and cuts its answer off
        main.addOverrideProperty("phone", "6281200000021");
        main.start();

        Files.writeString(outbox.resolve("one.txt"), "One");
        awaitFiles(".unknown", 1);
        // files are taken in turns: when the second one is, the first one had its chance to be taken again
        Files.writeString(outbox.resolve("two.txt"), "Two");
        awaitFiles(".unknown", 2);

        assertEquals(
                List.of("One", "Two"),
                sandbox.messages().stream().map(SandboxMessage::body).toList());
    }

    private void awaitFiles(String folder, int count) {
        long begin = System.nanoTime();
        while (!hasFiles(outbox.resolve(folder), count)) {
            assertTrue(System.nanoTime() - begin < 20_000_000_000L, "no " + count + " files in " + folder);
            Thread.onSpinWait();
        }
    }

    private static boolean hasFiles(Path folder, int count) {
        String[] files = folder.toFile().list();
        return files != null && files.length == count;
    }
}
