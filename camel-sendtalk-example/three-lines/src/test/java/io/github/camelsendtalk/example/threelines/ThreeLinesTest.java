package io.github.camelsendtalk.example.threelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.event.ExchangeCompletedEvent;
import org.apache.camel.main.Main;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreeLinesTest {

    @TempDir
    Path outbox;

    @Test
    void aFileInTheOutboxIsSent() throws Exception {
        CountDownLatch completed = new CountDownLatch(1);
        try (SendTalkSandbox sandbox = SendTalkSandbox.start()) {
            Main main = main();
            main.addOverrideProperty("camel.component.sendtalk.api-key", "any-key");
            main.addOverrideProperty("camel.component.sendtalk.base-url", sandbox.baseUrl());
            main.bind("completed", new EventNotifierSupport() {
                @Override
                public void notify(CamelEvent event) {
                    if (event instanceof ExchangeCompletedEvent) {
                        completed.countDown();
                    }
                }
            });
            try {
                main.start();
                Files.writeString(outbox.resolve("halo.txt"), "Halo dari Camel");

                assertThat(completed.await(20, TimeUnit.SECONDS)).isTrue();
                assertThat(main.getCamelContext().resolveLanguage("bean"))
                        .as("what Simple reads an exception's getters with")
                        .isNotNull();
            } finally {
                main.stop();
            }

            assertThat(sandbox.messages())
                    .extracting(SandboxMessage::phone, SandboxMessage::body)
                    .containsExactly(tuple("6281212345678", "Halo dari Camel"));
        }
    }

    private Main main() {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("classpath:application.properties");
        main.addOverrideProperty("outbox", outbox + "?initialDelay=0");
        main.addOverrideProperty("phone", "0812-1234-5678");
        return main;
    }
}
