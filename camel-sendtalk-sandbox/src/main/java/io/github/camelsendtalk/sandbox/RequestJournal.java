package io.github.camelsendtalk.sandbox;

import com.github.tomakehurst.wiremock.store.RequestJournalStore;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * WireMock's request journal, with a bound of its own.
 *
 * <p>WireMock's {@code maxRequestJournalEntries} counts the whole journal at each request: with 1,000 entries that
 * takes longer than the rest of the answer.
 */
final class RequestJournal implements RequestJournalStore {

    private static final long MAX_BYTES = 64 << 20;

    private final Newest<UUID, ServeEvent> events;

    RequestJournal(int capacity) {
        events = new Newest<>(capacity, MAX_BYTES, RequestJournal::lengthOf);
    }

    /** What the inbox page asks for is left out: a test counts the requests of its route. */
    @Override
    public void add(ServeEvent event) {
        if (!SandboxApi.isItsPath(event.getRequest().getUrl())) {
            events.add(event.getId(), event);
        }
    }

    private static long lengthOf(ServeEvent event) {
        return event.getRequest().getBody().length;
    }

    /** The newest first, as WireMock expects. */
    @Override
    public Stream<ServeEvent> getAll() {
        return events.newestFirst().stream();
    }

    @Override
    public Stream<UUID> getAllKeys() {
        return getAll().map(ServeEvent::getId);
    }

    @Override
    public Optional<ServeEvent> get(UUID id) {
        return Optional.ofNullable(events.get(id));
    }

    @Override
    public void put(UUID id, ServeEvent event) {
        events.replace(id, event);
    }

    @Override
    public void remove(UUID id) {
        events.remove(id);
    }

    @Override
    public void removeLast() {
        events.removeOldest();
    }

    @Override
    public void clear() {
        events.clear();
    }
}
