package io.github.camelsendtalk.sandbox;

import com.github.tomakehurst.wiremock.common.Metadata;
import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ServeEventListener;
import com.github.tomakehurst.wiremock.http.LoggedResponse;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/**
 * Remembers each request before it is answered: as an accepted message if its mapping says so in its metadata
 * ({@code "accepts": true}), else as refused if the answer is an error.
 *
 * <p>The message gets the id that WireMock gave to the request: a random UUID, and at hand as {@code request.id} where
 * the answer is a template.
 */
final class Reception implements ServeEventListener {

    private final Inbox inbox;
    private final InstantSource clock;

    Reception(Inbox inbox, InstantSource clock) {
        this.inbox = inbox;
        this.clock = clock;
    }

    @Override
    public String getName() {
        return "sandbox-reception";
    }

    @Override
    public void beforeResponseSent(ServeEvent event, Parameters parameters) {
        LoggedRequest request = event.getRequest();
        if (!RequestMethod.POST.equals(request.getMethod()) || SandboxApi.isItsPath(request.getUrl())) {
            return;
        }
        String id = event.getId().toString();
        Metadata metadata = metadataOf(event);
        if (metadata.getBoolean("accepts", false)) {
            inbox.add(Entry.accepted(id, request, clock.millis(), lifeIn(metadata), metadata.getString("note", null)));
            return;
        }
        String reason = refusalIn(event.getResponse());
        if (reason == null) {
            return;
        }
        if (metadata.containsKey("recipient")) {
            // Test data often end in 0001 without meaning it.
            reason += ", on purpose: the number ends in "
                    + metadata.getMetadata("recipient").getString("ending");
        }
        inbox.add(Entry.refused(id, request, clock.millis(), reason));
    }

    private static Metadata metadataOf(ServeEvent event) {
        Metadata metadata = event.getStubMapping().getMetadata();
        return metadata == null ? new Metadata() : metadata;
    }

    private static Entry.Life lifeIn(Metadata metadata) {
        return Entry.Life.valueOf(metadata.getString("life", "read").toUpperCase(Locale.ROOT));
    }

    private static @Nullable String refusalIn(LoggedResponse answer) {
        if (answer.getFault() != null) {
            return "No answer: " + answer.getFault();
        }
        JsonNode envelope = Entry.fieldsOf(answer.getBodyAsString());
        String code = envelope.at("/error/code").asText();
        if (!code.isEmpty()) {
            return envelope.at("/error/message").asText() + " (" + code + ")";
        }
        JsonNode data = envelope.path("data");
        if (data.has("success") && !data.path("success").asBoolean()) {
            return data.path("message").asText() + " (" + data.path("reason").asText() + ")";
        }
        return answer.getStatus() >= 400 ? "HTTP " + answer.getStatus() : null;
    }
}
