package io.github.camelsendtalk.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsendtalk.docs.Markup.Table;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.StreamSupport;

/** The recipients that misbehave, as a running sandbox lists them. */
final class Recipients {

    private Recipients() {}

    static Table table(Markup markup) throws IOException {
        try (SendTalkSandbox sandbox = SendTalkSandbox.start()) {
            JsonNode answer = new ObjectMapper()
                    .readTree(URI.create(sandbox.baseUrl() + "/_sandbox/recipients")
                            .toURL());
            return new Table(
                    "1,5,1,4",
                    List.of("Number ends in", "What happens", "Accepted", "Exception"),
                    StreamSupport.stream(answer.path("recipients").spliterator(), false)
                            .map(recipient -> row(recipient, markup))
                            .toList());
        }
    }

    private static List<String> row(JsonNode recipient, Markup markup) {
        return List.of(
                markup.code(recipient.path("ending").asText()),
                recipient.path("answer").asText(),
                recipient.path("accepted").asBoolean() ? "yes" : "no",
                recipient.path("exception").asText().replaceFirst("^\\w+", markup.code("$0")));
    }
}
