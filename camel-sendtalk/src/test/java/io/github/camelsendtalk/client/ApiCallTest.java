package io.github.camelsendtalk.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsendtalk.client.ApiCall.NamedTimeouts;
import io.github.camelsendtalk.client.http.CallTimeouts;
import io.github.camelsendtalk.client.http.ConnectionSettings;
import io.github.camelsendtalk.client.http.RequestTarget;
import io.github.camelsendtalk.client.http.Transport;
import io.github.camelsendtalk.support.Answers;
import io.github.camelsendtalk.support.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ApiCallTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @AutoClose
    private final Transport transport =
            Transport.open(ConnectionSettings.of("camel-sendtalk/test"), SystemDefaultDnsResolver.INSTANCE, LONG);

    /** As with no memory left: what can't be read can't be described either. */
    private static final class Indescribable extends Error {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no words");
        }
    }

    @Test
    void aFailureThatCannotBeDescribedEndsTheCallAsUnknown() {
        try (ScriptedServer server =
                ScriptedServer.start(ScriptedServer.answering(ScriptedServer.json(200, Answers.accepted())))) {
            ApiCall<String> call = new ApiCall<>(
                    Operation.send,
                    new RequestTarget(server.url(), List.of()),
                    transport,
                    new NamedTimeouts(new CallTimeouts(LONG, LONG), "connectionRequestTimeout", ""),
                    answer -> {
                        throw new Indescribable();
                    });

            assertThatThrownBy(() -> call.start(new byte[] {'{', '}'})
                            .toCompletableFuture()
                            .get(LONG.toMillis(), TimeUnit.MILLISECONDS))
                    .cause()
                    .isInstanceOf(SendTalkTransportException.class)
                    .hasFieldOrPropertyWithValue("outcomeUnknown", true);
        }
    }
}
