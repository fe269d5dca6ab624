package io.github.camelsendtalk.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What each exchange was told, and what the server did with its message; safe for use by many threads. */
final class Ledger {

    /** What the sender of a message was told. */
    enum Told {
        NOTHING,
        SENT,
        NOT_SENT,
        UNKNOWN
    }

    private static final int ATTEMPTS_KEPT = 8;

    private final int sends;
    private final AtomicIntegerArray ended;
    private final AtomicIntegerArray told;
    private final AtomicIntegerArray attempts;
    private final AtomicIntegerArray taken;
    /** For each message its attempts, a byte each: the fault, and whether the message was taken. */
    private final AtomicLongArray faults;

    private final ConcurrentHashMap<Integer, String> words = new ConcurrentHashMap<>();
    private final AtomicInteger endings = new AtomicInteger();
    private final AtomicInteger crossed = new AtomicInteger();

    Ledger(int sends) {
        this.sends = sends;
        ended = new AtomicIntegerArray(sends);
        told = new AtomicIntegerArray(sends);
        attempts = new AtomicIntegerArray(sends);
        taken = new AtomicIntegerArray(sends);
        faults = new AtomicLongArray(sends);
    }

    int sends() {
        return sends;
    }

    /** An exchange ended. */
    void end(int message, Told what, String inWords) {
        if (ended.incrementAndGet(message) == 1) {
            told.set(message, what.ordinal());
            endings.incrementAndGet();
        }
        if (what != Told.SENT) {
            words.put(message, inWords);
        }
    }

    /** An exchange was given the answer to another one. */
    void cross(int message, String inWords) {
        crossed.incrementAndGet();
        words.put(message, inWords);
    }

    /** The server saw a message; gives which attempt it is, from 0. */
    int attempt(int message) {
        return attempts.getAndIncrement(message);
    }

    void record(int message, int attempt, Fault fault, boolean isTaken) {
        if (isTaken) {
            taken.incrementAndGet(message);
        }
        if (attempt < ATTEMPTS_KEPT) {
            long entry = 0x80L | fault.ordinal() << 1 | (isTaken ? 1 : 0);
            faults.accumulateAndGet(message, entry << (8 * attempt), (before, added) -> before | added);
        }
    }

    int endings() {
        return endings.get();
    }

    int crossed() {
        return crossed.get();
    }

    int count(IntPredicate condition) {
        return (int) IntStream.range(0, sends).filter(condition).count();
    }

    List<Integer> find(IntPredicate condition, int limit) {
        return IntStream.range(0, sends).filter(condition).limit(limit).boxed().toList();
    }

    boolean isOpen(int message) {
        return ended.get(message) == 0;
    }

    boolean endedMoreThanOnce(int message) {
        return ended.get(message) > 1;
    }

    boolean wasTold(int message, Told what) {
        return told.get(message) == what.ordinal();
    }

    int taken(int message) {
        return taken.get(message);
    }

    boolean wasRepeated(int message) {
        return attempts.get(message) > 1;
    }

    /** The whole story of a message, on one line. */
    String story(int message) {
        List<String> lines = new ArrayList<>();
        long entries = faults.get(message);
        for (int i = 0; i < ATTEMPTS_KEPT && entries != 0; i++, entries >>>= 8) {
            if ((entries & 0x80) != 0) {
                lines.add(Fault.values()[(int) (entries & 0x7f) >> 1] + ((entries & 1) == 1 ? ", taken" : ""));
            }
        }
        return "message %d: %d attempts seen %s; told %s%s; ended %d times"
                .formatted(
                        message,
                        attempts.get(message),
                        lines,
                        Told.values()[told.get(message)].name().toLowerCase(Locale.ROOT),
                        words.containsKey(message) ? " (" + words.get(message) + ")" : "",
                        ended.get(message));
    }
}
