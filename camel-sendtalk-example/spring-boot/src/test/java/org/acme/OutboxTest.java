package org.acme;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@CamelSpringBootTest
@SpringBootTest(properties = {"SENDTALK_API_KEY=any-key", "outbox=target/outbox", "phone=0812-1234-5678"})
class OutboxTest {

    @RegisterExtension
    static SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    @DynamicPropertySource
    static void sendToTheSandbox(DynamicPropertyRegistry settings) {
        settings.add("camel.component.sendtalk.base-url", sandbox::baseUrl);
    }

    @Test
    void aFileInTheOutboxIsSent(@Value("${outbox}") Path outbox) throws Exception {
        Files.writeString(outbox.resolve("halo.txt"), "Halo dari Spring Boot");

        SandboxMessage message = sandbox.await(1, Duration.ofSeconds(20)).get(0);
        assertThat(message.phone()).isEqualTo("6281212345678");
        assertThat(message.body()).isEqualTo("Halo dari Spring Boot");
    }
}
