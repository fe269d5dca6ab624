package io.github.camelsendtalk.sandbox;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

/** Gives the status of the message in question to the template of the answer; works for the mappings that name it. */
final class StatusAnswer implements ResponseDefinitionTransformerV2 {

    private final Inbox inbox;
    private final Statuses statuses;

    StatusAnswer(Inbox inbox, Statuses statuses) {
        this.inbox = inbox;
        this.statuses = statuses;
    }

    @Override
    public String getName() {
        return "sandbox-status";
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        ResponseDefinitionBuilder answer = ResponseDefinitionBuilder.like(event.getResponseDefinition());
        Entry message = inbox.askedFor(event.getRequest());
        if (message == null) { // Dropped since the mapping was chosen.
            return answer.withBodyFile("not-found.json").build();
        }
        Json.objectToMap(statuses.of(message)).forEach(answer::withTransformerParameter);
        return answer.build();
    }
}
