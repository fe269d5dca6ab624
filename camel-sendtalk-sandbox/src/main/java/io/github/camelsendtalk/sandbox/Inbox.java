package io.github.camelsendtalk.sandbox;

import com.github.tomakehurst.wiremock.http.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The newest messages that were accepted, and the newest requests that were refused. */
final class Inbox {

    static final int CAPACITY = 100_000;
    private static final long MAX_CHARACTERS = 64 << 20;

    private final Newest<String, Entry> entries = new Newest<>(CAPACITY, MAX_CHARACTERS, Entry::length);
    private final Newest<String, Integer> refusedInARow = new Newest<>(CAPACITY, CAPACITY, count -> 1);
    private long added;
    private long accepted;

    synchronized void add(Entry entry) {
        entries.add(entry.id(), entry);
        added++;
        if (entry.isAccepted()) {
            accepted++;
        }
        notifyAll();
    }

    /** Whether it is the turn of a request for this recipient to be refused: so many times, then not once, and so on. */
    synchronized boolean takesTurnToRefuse(String phone, int times) {
        Integer refused = refusedInARow.get(phone);
        int count = refused == null ? 0 : refused;
        refusedInARow.add(phone, count < times ? count + 1 : 0);
        return count < times;
    }

    @Nullable
    Entry get(String id) {
        return entries.get(id);
    }

    /** The message whose status a request asks for, null if it was never accepted, or is no longer kept. */
    @Nullable
    Entry askedFor(Request request) {
        Entry entry = get(Entry.fieldsOf(request.getBodyAsString()).path("id").asText());
        return entry != null && entry.isAccepted() ? entry : null;
    }

    /** In order of arrival. */
    List<Entry> all() {
        return entries.all();
    }

    /** In order of arrival. */
    List<Entry> matching(Predicate<Entry> condition) {
        return all().stream().filter(condition).toList();
    }

    List<Entry> newestFirst() {
        return entries.newestFirst();
    }

    /** How many entries were dropped for newer ones. */
    synchronized long forgotten() {
        return added - entries.size();
    }

    /**
     * Waits until so many messages were accepted since the start or the last {@link #clear()}.
     *
     * @return whether they were, within the time
     */
    synchronized boolean await(int count, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(atMost);
        while (accepted < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    synchronized void clear() {
        entries.clear();
        refusedInARow.clear();
        added = 0;
        accepted = 0;
    }
}
