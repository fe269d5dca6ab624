package io.github.camelsendtalk.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map that keeps its newest entries, in the order in which they came; safe for use by many threads. */
final class Newest<K, V> {

    private final int capacity;
    private final Map<K, V> entries = new LinkedHashMap<>();

    Newest(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(K key, V value) {
        entries.put(key, value);
        if (entries.size() > capacity) {
            removeOldest();
        }
    }

    /** Does nothing where the key is not there, or no longer. */
    synchronized void replace(K key, V value) {
        entries.replace(key, value);
    }

    synchronized @Nullable V get(K key) {
        return entries.get(key);
    }

    /** A copy, the oldest first. */
    synchronized List<V> all() {
        return List.copyOf(entries.values());
    }

    synchronized void remove(K key) {
        entries.remove(key);
    }

    synchronized void removeOldest() {
        entries.keySet().stream().findFirst().ifPresent(entries::remove);
    }

    synchronized void clear() {
        entries.clear();
    }
}
