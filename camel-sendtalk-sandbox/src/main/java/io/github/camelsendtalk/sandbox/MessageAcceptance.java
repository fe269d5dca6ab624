package io.github.camelsendtalk.sandbox;

import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ServeEventListener;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.time.InstantSource;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/**
 * Keeps the message in a request; works for the mappings that name it.
 *
 * <p>The message gets the id that WireMock gave to the request: a random UUID, and at hand as {@code request.id} where
 * the answer is a template.
 */
final class MessageAcceptance implements ServeEventListener {

    private final Newest<String, SandboxMessage> messages;
    private final InstantSource clock;

    MessageAcceptance(Newest<String, SandboxMessage> messages, InstantSource clock) {
        this.messages = messages;
        this.clock = clock;
    }

    @Override
    public String getName() {
        return "sendtalk-acceptance";
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public void afterMatch(ServeEvent event, Parameters parameters) {
        SandboxMessage message = messageIn(event);
        messages.add(message.id(), message);
    }

    private SandboxMessage messageIn(ServeEvent event) {
        JsonNode request = Json.node(event.getRequest().getBodyAsString());
        return new SandboxMessage(
                event.getId().toString(),
                request.path("phone").asText(),
                request.path("messageType").asText(),
                request.path("body").asText(),
                request.path("filename").asText(null),
                request.path("caption").asText(null),
                clock.millis());
    }
}
