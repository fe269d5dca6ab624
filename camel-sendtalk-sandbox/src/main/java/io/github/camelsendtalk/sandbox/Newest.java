package io.github.camelsendtalk.sandbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A map that keeps its newest entries, in the order in which they came; safe for use by many threads.
 *
 * <p>Bounded by number and by weight, so that neither many small entries nor a few huge ones fill the memory.
 */
final class Newest<K, V> {

    private final int capacity;
    private final long maxWeight;
    private final ToLongFunction<V> weigher;
    private final Map<K, V> entries = new LinkedHashMap<>();
    private long weight;

    Newest(int capacity, long maxWeight, ToLongFunction<V> weigher) {
        this.capacity = capacity;
        this.maxWeight = maxWeight;
        this.weigher = weigher;
    }

    /** The newest entry stays, however heavy it is. */
    synchronized void add(K key, V value) {
        remove(key);
        entries.put(key, value);
        weight += weigher.applyAsLong(value);
        while (entries.size() > capacity || (weight > maxWeight && entries.size() > 1)) {
            removeOldest();
        }
    }

    /** Does nothing where the key is not there, or no longer. */
    synchronized void replace(K key, V value) {
        V before = entries.replace(key, value);
        if (before != null) {
            weight += weigher.applyAsLong(value) - weigher.applyAsLong(before);
        }
    }

    synchronized @Nullable V get(K key) {
        return entries.get(key);
    }

    /** A copy, the oldest first. */
    synchronized List<V> all() {
        return new ArrayList<>(entries.values());
    }

    /** A copy, the newest first. */
    List<V> newestFirst() {
        List<V> all = all();
        Collections.reverse(all);
        return all;
    }

    synchronized int size() {
        return entries.size();
    }

    synchronized void remove(K key) {
        V removed = entries.remove(key);
        if (removed != null) {
            weight -= weigher.applyAsLong(removed);
        }
    }

    synchronized void removeOldest() {
        entries.keySet().stream().findFirst().ifPresent(this::remove);
    }

    synchronized void clear() {
        entries.clear();
        weight = 0;
    }
}
