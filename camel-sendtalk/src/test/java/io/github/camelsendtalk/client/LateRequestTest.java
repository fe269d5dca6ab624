package io.github.camelsendtalk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsendtalk.support.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hc.client5.http.async.HttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.HandlerFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The first bound and the connection may come at the same time: what was told "not sent" must not leave afterwards, and what
 * leaves has the whole second bound.
 */
class LateRequestTest {

    /** An HTTP client whose connection comes when the test says. */
    private static final class LateClient implements HttpAsyncClient {
        private AsyncRequestProducer request;
        private AsyncResponseConsumer<?> answer;
        private Runnable onExecute = () -> {};

        @Override
        public <T> Future<T> execute(
                AsyncRequestProducer request,
                AsyncResponseConsumer<T> answer,
                HandlerFactory<AsyncPushConsumer> push,
                HttpContext context,
                FutureCallback<T> callback) {
            this.request = request;
            this.answer = answer;
            onExecute.run();
            return new CompletableFuture<>();
        }

        private void produceTo(DataStreamChannel channel) {
            try {
                request.produce(channel);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static class Wire implements DataStreamChannel {
        private int bytes;

        @Override
        public int write(ByteBuffer buffer) {
            int written = buffer.remaining();
            bytes += written;
            buffer.position(buffer.limit());
            return written;
        }

        @Override
        public void requestOutput() {}

        @Override
        public void endStream() {}

        @Override
        public void endStream(List<? extends Header> trailers) {}
    }

    private final LateClient http = new LateClient();
    private final Wire wire = new Wire();

    @Test
    void aCallThatWasToldNotSentGivesItsContentToNobody() {
        try (SendTalkConnections connections = new SendTalkConnections()) {
            CompletableFuture<SendResult> call = send(connections, Duration.ofMillis(50));

            SendTalkException failure = failure(call);
            assertThat(failure).isInstanceOf(SendTalkTimeoutException.class);
            assertThat(failure.isOutcomeUnknown()).isFalse();

            assertThatThrownBy(() -> http.request.produce(wire)).isInstanceOf(IOException.class);
            assertThat(wire.bytes).isZero();
        }
    }

    @Test
    void aCallWhoseContentWasAskedForIsUnknown() throws Exception {
        try (SendTalkConnections connections = new SendTalkConnections()) {
            CompletableFuture<SendResult> call = send(connections, Duration.ofMillis(500));
            http.request.produce(wire);

            assertThat(failure(call).isOutcomeUnknown()).isTrue();
            assertThat(wire.bytes).isPositive();
        }
    }

    static Stream<Arguments> bounds() {
        return Stream.of(
                Arguments.of(Duration.ofMillis(400), Duration.ofMillis(700)),
                Arguments.of(Duration.ofSeconds(30), Duration.ofMillis(300)));
    }

    @ParameterizedTest(name = "R18: written within {0}, it has {1} for its answer")
    @MethodSource("bounds")
    void aRequestThatIsWrittenLateHasTheWholeRequestTimeout(Duration write, Duration answer) throws Exception {
        try (SendTalkConnections connections = new SendTalkConnections()) {
            CompletableFuture<SendResult> call = send(connections, write, answer);
            CountDownLatch later = new CountDownLatch(1);
            connections.schedule(later::countDown, Duration.ofMillis(200));
            later.await();
            long written = System.nanoTime();
            http.request.produce(wire);

            SendTalkException failure = failure(call);

            assertThat(failure)
                    .isInstanceOf(SendTalkTimeoutException.class)
                    .hasMessageContaining("within %d ms (send, requestTimeout)", answer.toMillis());
            assertThat(failure.isOutcomeUnknown()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - written)).isBetween(answer, answer.plusSeconds(5));
        }
    }

    @Test
    void r41_anErrorBeforeTheContentWasTakenMeansNotSent() {
        http.onExecute = () -> {
            throw new NoClassDefFoundError("a class of the client");
        };
        try (SendTalkConnections connections = new SendTalkConnections()) {
            SendTalkException failure = failure(send(connections, Duration.ofSeconds(20)));

            assertThat(failure)
                    .isExactlyInstanceOf(SendTalkTransportException.class)
                    .hasMessageContaining("NoClassDefFoundError: a class of the client");
            assertThat(failure.isOutcomeUnknown()).isFalse();
            assertThat(failure.isRetryable()).isTrue();
        }
    }

    @Test
    void r41_anErrorAfterTheContentWasTakenMeansUnknown() {
        http.onExecute = () -> {
            http.produceTo(wire);
            throw new StackOverflowError();
        };
        try (SendTalkConnections connections = new SendTalkConnections()) {
            assertUnknown(failure(send(connections, Duration.ofSeconds(20))));
        }
    }

    @Test
    void r41_anErrorWhileTheContentIsTakenMeansUnknownAndDoesNotEndTheIoThread() {
        try (SendTalkConnections connections = new SendTalkConnections()) {
            CompletableFuture<SendResult> call = send(connections, Duration.ofSeconds(20));
            Wire broken = new Wire() {
                @Override
                public int write(ByteBuffer buffer) {
                    throw new StackOverflowError();
                }
            };

            assertThatThrownBy(() -> http.request.produce(broken)).isInstanceOf(IOException.class);

            assertUnknown(failure(call));
        }
    }

    @Test
    void r41_anErrorInTheAnswerMeansUnknownAndDoesNotEndTheIoThread() {
        HttpResponse broken = new BasicHttpResponse(200) {
            @Override
            public Header getFirstHeader(String name) {
                throw new StackOverflowError();
            }
        };
        try (SendTalkConnections connections = new SendTalkConnections()) {
            CompletableFuture<SendResult> call = send(connections, Duration.ofSeconds(20));
            http.produceTo(wire);

            assertThatThrownBy(() -> http.answer.consumeResponse(broken, null, HttpCoreContext.create(), null))
                    .isInstanceOf(IOException.class);

            assertUnknown(failure(call));
        }
    }

    private static void assertUnknown(SendTalkException failure) {
        assertThat(failure).isExactlyInstanceOf(SendTalkTransportException.class);
        assertThat(failure.isOutcomeUnknown()).isTrue();
        assertThat(failure.isRetryable()).isFalse();
    }

    private CompletableFuture<SendResult> send(SendTalkConnections connections, Duration timeout) {
        return send(connections, timeout, timeout);
    }

    private CompletableFuture<SendResult> send(SendTalkConnections connections, Duration write, Duration answer) {
        connections.open(http, "test");
        return connections
                .client(URI.create("http://localhost"), TestKeys.next(), write, answer)
                .send(new SendTalkMessage("6281212345678", MessageType.TEXT, "Halo", null, null))
                .toCompletableFuture();
    }

    private static SendTalkException failure(CompletableFuture<?> call) {
        Throwable thrown = catchThrowable(call::get);
        assertThat(thrown).isInstanceOf(ExecutionException.class);
        return (SendTalkException) thrown.getCause();
    }
}
