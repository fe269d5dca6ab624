package io.github.camelsendtalk.sandbox;

import com.github.tomakehurst.wiremock.common.Json;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The inbox as the page shows it: the newest messages, and the conversations that they are part of. */
final class InboxView {

    /** The newest messages that match, the oldest of them first, and how many match in all. */
    record Messages(List<Map<String, Object>> messages, int total, long forgotten, long now) {}

    /** Conversations, the one with the newest entry first. */
    record Conversations(
            List<Conversation> conversations,
            int total,
            int messages,
            int refused,
            long forgotten,
            int capacity,
            long now) {}

    /** All entries of a recipient. */
    record Conversation(String phone, int count, Map<String, Object> last) {}

    private final Inbox inbox;
    private final Statuses statuses;
    private final InstantSource clock;

    InboxView(Inbox inbox, Statuses statuses, InstantSource clock) {
        this.inbox = inbox;
        this.statuses = statuses;
        this.clock = clock;
    }

    Messages messages(Predicate<Entry> condition, String before, int limit) {
        List<Entry> all = inbox.all();
        List<Entry> matching = all.stream().filter(condition).toList();
        List<Entry> older = before.isEmpty()
                ? matching
                : all.subList(0, positionOf(before, all)).stream()
                        .filter(condition)
                        .toList();
        List<Entry> newest = older.subList(Math.max(0, older.size() - limit), older.size());
        return new Messages(
                newest.stream().map(this::show).toList(), matching.size(), inbox.forgotten(), clock.millis());
    }

    /** 0 for an id that is no longer there: what is older than that is gone as well. */
    private static int positionOf(String id, List<Entry> entries) {
        for (int i = entries.size() - 1; i > 0; i--) {
            if (entries.get(i).id().equals(id)) {
                return i;
            }
        }
        return 0;
    }

    Conversations conversations(Predicate<Entry> condition, int limit) {
        Map<String, Entry> last = new LinkedHashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        List<Entry> entries = inbox.newestFirst();
        int accepted = 0;
        for (Entry entry : entries) {
            accepted += entry.isAccepted() ? 1 : 0;
            if (entry.phone() != null && condition.test(entry)) {
                last.putIfAbsent(entry.phone(), entry);
                counts.merge(entry.phone(), 1, Integer::sum);
            }
        }
        List<Conversation> newest = last.entrySet().stream()
                .limit(limit)
                .map(each -> new Conversation(each.getKey(), counts.get(each.getKey()), show(each.getValue())))
                .toList();
        return new Conversations(
                newest,
                last.size(),
                accepted,
                entries.size() - accepted,
                inbox.forgotten(),
                Inbox.CAPACITY,
                clock.millis());
    }

    /** The fields of an entry, and those of its status if it has one. */
    Map<String, Object> show(Entry entry) {
        Map<String, Object> fields = new LinkedHashMap<>(Json.objectToMap(entry));
        fields.remove("life");
        if (entry.isAccepted()) {
            fields.putAll(Json.objectToMap(statuses.of(entry)));
        }
        return fields;
    }
}
