package io.github.camelsendtalk.example.threelines;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
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

    @Test
    void aFileWhoseOutcomeIsUnknownIsNotSentAgain() throws Exception {
        try (SendTalkSandbox sandbox = SendTalkSandbox.start()) {
            sandbox.wireMock()
                    .stubFor(post("/api/v1/message/send_whatsapp")
                            .willReturn(aResponse().withStatus(503)));
            Main main = main();
            main.addOverrideProperty("camel.component.sendtalk.api-key", "any-key");
            main.addOverrideProperty("camel.component.sendtalk.base-url", sandbox.baseUrl());
            try {
                main.start();
                Files.writeString(outbox.resolve("one.txt"), "Halo");
                awaitFile(outbox.resolve(".failed/one.txt"));
                // the file component polls in order: when the second is taken, the first had its chance to be taken
                // again
                Files.writeString(outbox.resolve("two.txt"), "Halo");
                awaitFile(outbox.resolve(".failed/two.txt"));
            } finally {
                main.stop();
            }

            sandbox.wireMock().verify(2, postRequestedFor(urlEqualTo("/api/v1/message/send_whatsapp")));
        }
    }

    private static void awaitFile(Path file) {
        long begin = System.nanoTime();
        while (!Files.exists(file)) {
            assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(20));
            Thread.onSpinWait();
        }
    }

    private Main main() {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("classpath:application.properties");
        main.addOverrideProperty("outbox", outbox.toString());
        main.addOverrideProperty("phone", "0812-1234-5678");
        return main;
    }
}
