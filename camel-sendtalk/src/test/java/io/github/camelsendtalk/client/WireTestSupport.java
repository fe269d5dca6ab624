package io.github.camelsendtalk.client;

import static io.github.camelsendtalk.support.ScriptedServer.answering;
import static io.github.camelsendtalk.support.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.http.ConnectionSettings;
import io.github.camelsendtalk.support.Answers;
import io.github.camelsendtalk.support.Await;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.TestKeys;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Calls over real sockets. */
@Timeout(60)
abstract class WireTestSupport {

    static final String ID = Answers.ID;
    static final String PHONE = "6281212345678";
    static final SendTalkMessage MESSAGE = new SendTalkMessage(PHONE, MessageType.OTP, "Kode 482913", null, null);
    static final Duration LONG = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(500);
    static final String TAKEN = Answers.accepted();
    static final String ACCEPT = json(200, TAKEN);

    final String key = TestKeys.next();

    @AutoClose
    final SendTalkConnections connections = new SendTalkConnections();

    /** Loads what a first call loads, so that deadlines measure calls alone. */
    @BeforeAll
    static void warmUp() {
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT));
                SendTalkConnections connections = new SendTalkConnections()) {
            connections.open(ConnectionSettings.of("camel-sendtalk/test"));
            result(connections.client(server.url(), TestKeys.next(), LONG, LONG).send(MESSAGE));
        }
    }

    @BeforeEach
    void open() {
        connections.open(ConnectionSettings.of("camel-sendtalk/test"));
    }

    SendTalkClient client(ScriptedServer server) {
        return client(server.url(), LONG);
    }

    SendTalkClient client(URI url, Duration timeout) {
        return connections.client(url, key, timeout, timeout);
    }

    static <T> T result(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(40, TimeUnit.SECONDS).join();
    }

    /** The exception of a call that must fail. */
    static SendTalkException failure(CompletionStage<?> stage) {
        Object end = result(stage.handle((value, failure) -> failure == null ? value : failure));
        assertThat(end).isInstanceOf(SendTalkException.class);
        return (SendTalkException) end;
    }

    static <E extends SendTalkException> E failure(Class<E> type, CompletionStage<?> stage) {
        SendTalkException failure = failure(stage);
        assertThat(failure).isExactlyInstanceOf(type);
        return type.cast(failure);
    }

    /** What a call was told of its message. */
    enum Told {
        SENT,
        NOT_SENT,
        UNKNOWN
    }

    /** Sends these texts one after another, each of them once, and gives what was told of each. */
    static Map<String, Told> send(SendTalkClient client, String... texts) {
        Map<String, Told> told = new LinkedHashMap<>();
        for (String text : texts) {
            told.put(
                    text,
                    result(client.send(new SendTalkMessage(PHONE, MessageType.TEXT, text, null, null))
                            .handle((result, failure) -> told(failure))));
        }
        return told;
    }

    static Told told(@Nullable Throwable failure) {
        if (failure == null) {
            return Told.SENT;
        }
        assertThat(failure).isInstanceOf(SendTalkTransportException.class);
        SendTalkTransportException broken = (SendTalkTransportException) failure;
        assertThat(broken.isRetryable()).isNotEqualTo(broken.isOutcomeUnknown());
        return broken.isOutcomeUnknown() ? Told.UNKNOWN : Told.NOT_SENT;
    }

    /**
     * What was told must fit what the server saw. It is asked once it has read all that was on its way, which it has when the
     * clients have left: so this closes the connections.
     */
    final void assertFitsWhatArrived(Map<String, Told> told, ScriptedServer server) {
        connections.close();
        server.awaitClientsLeft();
        told.forEach((text, what) -> {
            long arrivals = server.requests().stream()
                    .filter(request -> request.text().contains("\"" + text + "\""))
                    .count();
            assertThat(arrivals)
                    .as("arrivals of \"%s\", of which was told: %s", text, what)
                    .isBetween(what == Told.SENT ? 1L : 0L, what == Told.NOT_SENT ? 0L : 1L);
        });
    }

    /** The call ended before the request left: repeating is safe. */
    static void assertNotSent(SendTalkException failure) {
        assertThat(failure.isOutcomeUnknown())
                .as("outcome unknown: %s", failure)
                .isFalse();
        assertThat(failure.isRetryable()).as("retryable: %s", failure).isTrue();
        assertThat(failure.getCause()).isNull();
    }

    /** The request may have arrived: repeating is not safe. */
    static void assertUnknown(SendTalkException failure) {
        assertThat(failure.isOutcomeUnknown())
                .as("outcome unknown: %s", failure)
                .isTrue();
        assertThat(failure.isRetryable()).as("retryable: %s", failure).isFalse();
        assertThat(failure.getCause()).isNull();
    }

    /** Waits until that has happened, and fails where it does not. */
    static void await(CountDownLatch event) {
        Await.until(() -> event.getCount() == 0);
    }
}
