package io.github.camelsendtalk.client;

import static io.github.camelsendtalk.support.ScriptedServer.answering;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.support.ScriptedServer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A message that says the key is refused before any call. */
@DisplayName("R6: the key in a message's own fields")
class KeyInMessageTest extends WireTestSupport {

    private static final String URL = "https://example.com/a.jpg";

    private static SendTalkMessage message(String field, String value) {
        return new SendTalkMessage(
                field.equals("phone") ? value : PHONE,
                field.equals("filename") || field.equals("caption") ? MessageType.IMAGE : MessageType.TEXT,
                field.equals("body") ? value : URL,
                field.equals("filename") ? value : "a.jpg",
                field.equals("caption") ? value : null);
    }

    private static CompletionStage<?> call(SendTalkClient client, String field, String value) {
        return field.equals("id") ? client.status(value) : client.send(message(field, value));
    }

    @ParameterizedTest(name = "R6: in {0}")
    @ValueSource(strings = {"phone", "body", "filename", "caption", "id"})
    void isRefusedWithTheNameOfTheField(String field) {
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT))) {
            for (String value : List.of(key, " " + key + "\n", "Halo " + key + "!", key + key)) {
                SendTalkException failure = failure(call(client(server), field, value));

                assertThat(failure).isInstanceOf(SendTalkValidationException.class);
                assertThat(failure.getField()).isEqualTo(field);
                assertThat(failure.getMessage()).contains(field).doesNotContain(key);
                assertThat(failure.isOutcomeUnknown()).isFalse();
                assertThat(failure.isRetryable()).isFalse();
            }
            assertThat(server.connections()).isZero();
        }
    }

    @ParameterizedTest(name = "R6: the key {0}, the body <{1}>")
    @CsvSource({
        "secret, secret, true",
        "secret, ' secret ', true",
        "secret, It is no secret, false",
        "123456789012345, a123456789012345, false",
        "123456789012345, 123456789012345, true",
        "1234567890123456, a1234567890123456b, true"
    })
    void aShortKeyIsRefusedOnlyAsTheWholeField(String ownKey, String body, boolean refused) {
        try (ScriptedServer server = ScriptedServer.start(answering(ACCEPT))) {
            SendTalkClient client = connections.client(server.url(), ownKey, LONG, LONG);

            assertThat(failureOrNull(client.send(message("body", body))) instanceof SendTalkValidationException)
                    .isEqualTo(refused);
            assertThat(server.connections()).isEqualTo(refused ? 0 : 1);
        }
    }

    private static @Nullable Throwable failureOrNull(CompletionStage<?> call) {
        return result(call.handle((value, failure) -> failure));
    }
}
