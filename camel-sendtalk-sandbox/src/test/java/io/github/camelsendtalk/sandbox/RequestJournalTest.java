package io.github.camelsendtalk.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestJournalTest {

    private final RequestJournal journal = new RequestJournal(2);
    private final ServeEvent first = event();
    private final ServeEvent second = event();
    private final ServeEvent third = event();

    @Test
    void itKeepsTheNewestRequestsAndListsThemNewestFirst() {
        journal.add(first);
        journal.add(second);
        journal.add(third);

        assertThat(journal.getAll()).containsExactly(third, second);
        assertThat(journal.getAllKeys()).containsExactly(third.getId(), second.getId());
        assertThat(journal.get(first.getId())).isEmpty();
        assertThat(journal.get(third.getId())).contains(third);
    }

    @Test
    void requestsCanBeRemoved() {
        journal.add(first);
        journal.add(second);

        journal.remove(second.getId());
        assertThat(journal.getAll()).containsExactly(first);

        journal.removeLast();
        assertThat(journal.getAll()).isEmpty();
    }

    @Test
    void aRequestThatIsGoneDoesNotComeBack() {
        journal.add(first);
        journal.clear();
        journal.put(first.getId(), first);

        assertThat(journal.getAll()).isEmpty();
    }

    @Test
    void whatThePageAsksForIsLeftOut() {
        journal.add(event("/"));
        journal.add(event("/_sandbox/messages?limit=10"));

        assertThat(journal.getAll()).isEmpty();
    }

    private static ServeEvent event() {
        return event("/api/v1/message/send_whatsapp");
    }

    private static ServeEvent event(String url) {
        return Json.read(
                "{\"id\": \"%s\", \"request\": {\"url\": \"%s\", \"method\": \"POST\", \"bodyAsBase64\": \"e30=\"}}"
                        .formatted(UUID.randomUUID(), url),
                ServeEvent.class);
    }
}
