package org.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(OutboxTest.Sandbox.class)
class OutboxTest {

    SendTalkSandbox sandbox;

    @ConfigProperty(name = "outbox")
    Path outbox;

    @Test
    void aFileInTheOutboxIsSent() throws Exception {
        Files.createDirectories(outbox);
        Files.writeString(outbox.resolve("halo.txt"), "Halo dari Quarkus");

        SandboxMessage message = sandbox.await(1, Duration.ofSeconds(20)).get(0);
        assertEquals("6281212345678", message.phone());
        assertEquals("Halo dari Quarkus", message.body());
    }

    /** A SendTalk for the application under test. */
    public static class Sandbox implements QuarkusTestResourceLifecycleManager {

        private final SendTalkSandbox sandbox = SendTalkSandbox.start();

        @Override
        public Map<String, String> start() {
            return Map.of(
                    "camel.component.sendtalk.base-url", sandbox.baseUrl(),
                    "camel.component.sendtalk.api-key", "any-key",
                    "outbox", "target/outbox",
                    "phone", "0812-1234-5678");
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(sandbox, new TestInjector.MatchesType(SendTalkSandbox.class));
        }

        @Override
        public void stop() {
            sandbox.close();
        }
    }
}
