package io.github.camelsendtalk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.TestKeys;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Calls over real sockets. */
@Timeout(60)
abstract class WireTestSupport {

    static final String ID = "f26ccf7a-d867-b3a4-d333-117ec668718d";
    static final String PHONE = "6281212345678";
    static final SendTalkMessage MESSAGE = new SendTalkMessage(PHONE, MessageType.OTP, "Kode 482913", null, null);
    static final Duration LONG = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(500);
    static final String TAKEN = """
            {"status": 200, "error": {"code": "", "message": "", "field": ""}, "data": {"success": true, "message": "The message has been added to queue", "reason": "", "id": "%s"}}""".formatted(ID);
    static final String SENT = """
            {"status": 200, "error": {"code": "", "message": "", "field": ""}, "data": {"status": "sent", "isPending": false, "isSent": true, "sentTime": 1635774548482, "currency": "IDR", "price": 100, "createdTime": 1635774547004}}""";
    static final String ACCEPT = RawServer.json(200, TAKEN);

    final String key = TestKeys.next();
    final SendTalkConnections connections = new SendTalkConnections();

    /** Loads what a first call loads, so that deadlines measure calls alone. */
    @BeforeAll
    static void warmUp() {
        try (RawServer server = RawServer.start(RawServer.answering(ACCEPT));
                SendTalkConnections connections = new SendTalkConnections()) {
            connections.open(ConnectionSettings.of("camel-sendtalk/test"));
            result(connections
                    .client(server.url(), TestKeys.next(), Duration.ofSeconds(60))
                    .send(MESSAGE));
        }
    }

    @BeforeEach
    void open() {
        connections.open(ConnectionSettings.of("camel-sendtalk/test"));
    }

    @AfterEach
    void closeConnections() {
        connections.close();
    }

    SendTalkClient client(RawServer server) {
        return client(server.url(), LONG);
    }

    SendTalkClient client(URI url, Duration timeout) {
        return connections.client(url, key, timeout);
    }

    static <T> T result(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(40, TimeUnit.SECONDS).join();
    }

    /** The exception of a call that must fail. */
    static SendTalkException failure(CompletionStage<?> stage) {
        try {
            Object value = result(stage);
            throw new AssertionError("the call succeeded with " + value);
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(SendTalkException.class);
            return (SendTalkException) e.getCause();
        }
    }

    static <E extends SendTalkException> E failure(Class<E> type, CompletionStage<?> stage) {
        SendTalkException failure = failure(stage);
        assertThat(failure).isExactlyInstanceOf(type);
        return type.cast(failure);
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

    static boolean await(CountDownLatch event) {
        try {
            return event.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
