package io.github.camelsendtalk.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendResult;
import io.github.camelsendtalk.client.SendTalkClient;
import io.github.camelsendtalk.client.SendTalkConnections;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkTransportException;
import io.github.camelsendtalk.support.Answers;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.TestKeys;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections are made on threads that may be short. */
@Timeout(60)
class BackgroundConnectTest {

    private static final SendTalkMessage MESSAGE =
            new SendTalkMessage("6281212345678", MessageType.OTP, "Kode 482913", null, null);

    @AutoClose("shutdownNow")
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AutoClose
    private final SendTalkConnections connections = new SendTalkConnections();

    @Test
    void aThreadThatCannotBeStartedCostsOneCallAndNoPlaceInThePool() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        Executor threads = task -> {
            if (first.getAndSet(false)) {
                throw new InternalError("unable to create native thread");
            }
            task.run();
        };
        try (ScriptedServer server =
                        ScriptedServer.start(ScriptedServer.answering(ScriptedServer.json(200, Answers.accepted())));
                CloseableHttpAsyncClient http = HttpAsyncClients.custom()
                        .setConnectionManager(BackgroundConnect.managerOn(threads, timer)
                                .setMaxConnTotal(1)
                                .setMaxConnPerRoute(1)
                                .build())
                        .build()) {
            http.start();
            connections.open(http, "camel-sendtalk/test");
            SendTalkClient client =
                    connections.client(server.url(), TestKeys.next(), Duration.ofSeconds(20), Duration.ofSeconds(20));

            assertThatThrownBy(() -> send(client).join())
                    .cause()
                    .isInstanceOfSatisfying(
                            SendTalkTransportException.class,
                            failure -> assertThat(failure.isOutcomeUnknown()).isFalse())
                    .hasMessageContaining("unable to create native thread");
            assertThat(send(client).join().id()).isEqualTo(Answers.ID);
        }
    }

    private static CompletableFuture<SendResult> send(SendTalkClient client) {
        return client.send(MESSAGE).toCompletableFuture();
    }
}
