package io.github.camelsendtalk.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.support.Answers;
import io.github.camelsendtalk.support.Await;
import io.github.camelsendtalk.support.ScriptedServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever becomes of a call, nothing of it stays. */
@Timeout(60)
class TransportTest {

    private static final int CALLS = 50;
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);

    @AutoClose
    private final Transport transport = Transport.open(
            ConnectionSettings.of("camel-sendtalk/test"), SystemDefaultDnsResolver.INSTANCE, Duration.ofSeconds(50));

    @Test
    void answeredCallsAreForgotten() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.start(ScriptedServer.answering(ScriptedServer.json(200, Answers.accepted())))) {
            allEnd(server.url(), LONG);
        }
    }

    @Test
    void callsThatMeetTheirDeadlineAreForgotten() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> connection.read())) {
            allEnd(server.url(), SHORT);
        }
    }

    @Test
    void callsToNobodyAreForgotten() throws Exception {
        allEnd(URI.create("http://localhost:1"), LONG);
    }

    private void allEnd(URI url, Duration timeout) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(CALLS);
        RequestTarget target = new RequestTarget(url, List.of());
        for (int i = 0; i < CALLS; i++) {
            transport.post(target, "/", new byte[] {'{', '}'}, new CallTimeouts(timeout, timeout), new Counting(ended));
        }

        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        Await.until(() -> transport.callsUnderWay() == 0);
    }

    private record Counting(CountDownLatch ended) implements AnswerHandler {

        @Override
        public void answered(Answer answer) {
            ended.countDown();
        }

        @Override
        public void failed(TransportFailure failure) {
            ended.countDown();
        }
    }
}
