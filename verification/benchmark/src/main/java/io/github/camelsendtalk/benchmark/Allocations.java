package io.github.camelsendtalk.benchmark;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * Counts what the whole process allocates: what each collection frees, and what is left. JDK 17 counts by threads only, and
 * forgets those that have ended.
 */
final class Allocations {

    private static final int SECONDS_TO_HEAR = 10;

    private final AtomicLong freed = new AtomicLong();
    private final AtomicLong collections = new AtomicLong();
    private final AtomicLong usedAfter = new AtomicLong();

    Allocations() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (stopsTheWorld(collector)) {
                ((NotificationEmitter) collector).addNotificationListener((event, handback) -> add(event), null, null);
            }
        }
    }

    /** Newer JDKs have one for G1's concurrent cycles, during which the others free as well. */
    private static boolean stopsTheWorld(GarbageCollectorMXBean collector) {
        return !collector.getName().contains("Concurrent");
    }

    private void add(Notification event) {
        if (event.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            GcInfo gc = GarbageCollectionNotificationInfo.from((CompositeData) event.getUserData())
                    .getGcInfo();
            long after = heap(gc.getMemoryUsageAfterGc());
            freed.addAndGet(heap(gc.getMemoryUsageBeforeGc()) - after);
            usedAfter.set(after);
            collections.incrementAndGet();
        }
    }

    private static long heap(Map<String, MemoryUsage> pools) {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pools.get(pool.getName()).getUsed())
                .sum();
    }

    /** The bytes that were allocated so far, but for a constant; collects garbage. */
    long count() {
        long heardOf = collections.get();
        long before = collected();
        System.gc();
        // what was collected meanwhile is heard of as well; each is told of in order
        long due = heardOf + collected() - before;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_HEAR);
        while (collections.get() < due || due == heardOf) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The JVM does not tell of its collections");
            }
            LockSupport.parkNanos(100_000);
        }
        return freed.get() + usedAfter.get();
    }

    private static long collected() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(Allocations::stopsTheWorld)
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
