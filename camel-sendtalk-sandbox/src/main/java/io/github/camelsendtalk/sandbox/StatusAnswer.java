package io.github.camelsendtalk.sandbox;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Picks the file to answer a question for a status with, by the message's age; works for the mappings that name it.
 *
 * <p>The mapping's own answer stays where there is no such message.
 */
final class StatusAnswer implements ResponseDefinitionTransformerV2 {

    private final Newest<String, SandboxMessage> messages;
    private final InstantSource clock;
    private final long pendingMillis;

    StatusAnswer(Newest<String, SandboxMessage> messages, InstantSource clock, Duration sentAfter) {
        this.messages = messages;
        this.clock = clock;
        this.pendingMillis = sentAfter.toMillis();
    }

    @Override
    public String getName() {
        return "sendtalk-status";
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        String id = Json.node(event.getRequest().getBodyAsString()).path("id").asText();
        SandboxMessage message = messages.get(id);
        return message == null ? event.getResponseDefinition() : statusOf(message, event.getResponseDefinition());
    }

    private ResponseDefinition statusOf(SandboxMessage message, ResponseDefinition answer) {
        boolean pending = clock.millis() - message.createdTime() < pendingMillis;
        return ResponseDefinitionBuilder.like(answer)
                .withBodyFile(pending ? "pending.json" : "sent.json")
                .withTransformerParameter("createdTime", message.createdTime())
                .withTransformerParameter("sentTime", message.createdTime() + pendingMillis)
                .build();
    }
}
