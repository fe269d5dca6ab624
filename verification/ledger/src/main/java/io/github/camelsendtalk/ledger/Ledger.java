package io.github.camelsendtalk.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** What each exchange was told, and what the server did with its message; safe for use by many threads. */
final class Ledger {

    /** What the sender of a message was told; of what several exchanges were told, the last one here counts. */
    enum Told {
        NOTHING,
        /** That the row had begun before. */
        BEGUN_BEFORE,
        NOT_SENT,
        /** By Camel, that it stops: nothing about the message. */
        STOPPED,
        UNKNOWN,
        SENT,
        /** The id, and by Camel that it stops. */
        SENT_AND_STOPPED,
        /** That it was sent, with an id that is not its own. */
        CROSSED
    }

    private static final int ATTEMPTS_KEPT = 8;

    private final int sends;
    private final AtomicIntegerArray ways;
    private final AtomicIntegerArray offered;
    private final AtomicIntegerArray ended;
    private final AtomicIntegerArray told;
    private final AtomicIntegerArray attempts;
    private final AtomicIntegerArray taken;
    /** For each message its attempts, a byte each: the fault, and whether the message was taken. */
    private final AtomicLongArray faults;

    private final AtomicIntegerArray asked;
    /** When the server received the latest request of a message, and when its exchange was told that its bound had passed. */
    private final AtomicLongArray received;

    private final AtomicLongArray timedOut;

    private final Set<Integer> misdirected = ConcurrentHashMap.newKeySet();
    /** The codes in the texts of a message, in the requests that the server saw. */
    private final Map<Integer, Set<String>> codes = new ConcurrentHashMap<>();

    private final AtomicInteger wrongKeys = new AtomicInteger();
    private final AtomicInteger statuses = new AtomicInteger();
    private final AtomicInteger failedStatuses = new AtomicInteger();
    private final ConcurrentHashMap<Integer, String> words = new ConcurrentHashMap<>();
    private final AtomicInteger endings = new AtomicInteger();

    Ledger(int sends) {
        this.sends = sends;
        ways = new AtomicIntegerArray(sends);
        offered = new AtomicIntegerArray(sends);
        ended = new AtomicIntegerArray(sends);
        told = new AtomicIntegerArray(sends);
        attempts = new AtomicIntegerArray(sends);
        taken = new AtomicIntegerArray(sends);
        faults = new AtomicLongArray(sends);
        asked = new AtomicIntegerArray(sends);
        received = new AtomicLongArray(sends);
        timedOut = new AtomicLongArray(sends);
    }

    int sends() {
        return sends;
    }

    /** An exchange sets out with a message. */
    void begin(int message, Way way) {
        ways.set(message, way.ordinal());
        offered.incrementAndGet(message);
    }

    /** An exchange ended. */
    void end(int message, Told what, String inWords) {
        told.accumulateAndGet(message, what.ordinal(), Math::max);
        if (what != Told.SENT && what != Told.BEGUN_BEFORE) {
            words.merge(message, inWords, (before, now) -> before + ", " + now);
        }
        if (ended.incrementAndGet(message) == 1) {
            endings.incrementAndGet();
        }
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

    /** The server has a request as far as it reads it. */
    void received(int message, long nanoTime) {
        received.set(message, nanoTime);
    }

    /** An exchange was told that no answer came within the bound. */
    void timedOut(int message, long nanoTime) {
        timedOut.set(message, nanoTime);
    }

    /** The server saw a message whose text or recipient is that of another one. */
    void misdirected(int message) {
        misdirected.add(message);
    }

    /** The server saw a code in the text of a message. */
    void code(int message, String code) {
        codes.computeIfAbsent(message, m -> ConcurrentHashMap.newKeySet()).add(code);
    }

    Set<String> codes(int message) {
        return codes.getOrDefault(message, Set.of());
    }

    /** The server was shown the key of another account. */
    void wrongKey() {
        wrongKeys.incrementAndGet();
    }

    /** The server was asked for the status of a message; gives how often before. */
    int asked(int message) {
        return asked.getAndIncrement(message);
    }

    /** An exchange was told a status, which says in its time for which message it is. */
    void status(int message, long messageOfStatus) {
        statuses.incrementAndGet();
        if (message != messageOfStatus) {
            told.accumulateAndGet(message, Told.CROSSED.ordinal(), Math::max);
            words.merge(message, "status of " + messageOfStatus, (before, now) -> before + ", " + now);
        }
    }

    void statusFailed() {
        failedStatuses.incrementAndGet();
    }

    int statuses() {
        return statuses.get();
    }

    int failedStatuses() {
        return failedStatuses.get();
    }

    int wrongKeys() {
        return wrongKeys.get();
    }

    boolean wasMisdirected(int message) {
        return misdirected.contains(message);
    }

    /** Whether an exchange waited in vain for the answer to a request that the server has. */
    boolean waitedForAnAnswer(int message) {
        return received.get(message) != 0 && timedOut.get(message) != 0;
    }

    /** How long it waited after the server had the request. */
    long waitedMillis(int message) {
        return (timedOut.get(message) - received.get(message)) / 1_000_000;
    }

    int endings() {
        return endings.get();
    }

    int count(IntPredicate condition) {
        return (int) IntStream.range(0, sends).filter(condition).count();
    }

    int least(IntPredicate condition, IntToLongFunction figure) {
        return (int) IntStream.range(0, sends)
                .filter(condition)
                .mapToLong(figure)
                .min()
                .orElse(0);
    }

    List<Integer> find(IntPredicate condition, int limit) {
        return IntStream.range(0, sends).filter(condition).limit(limit).boxed().toList();
    }

    boolean isOpen(int message) {
        return ended.get(message) < offered.get(message);
    }

    boolean endedMoreThanOnce(int message) {
        return ended.get(message) > offered.get(message);
    }

    boolean wasTold(int message, Told what) {
        return told.get(message) == what.ordinal();
    }

    Way way(int message) {
        return Way.values()[ways.get(message)];
    }

    boolean wasSeen(int message) {
        return attempts.get(message) > 0;
    }

    int taken(int message) {
        return taken.get(message);
    }

    boolean wasOfferedAgain(int message) {
        return offered.get(message) > 1;
    }

    boolean wasRepeated(int message) {
        return attempts.get(message) > 1;
    }

    /** The attempts that the server saw of a message, and its fault in each. */
    String attemptsSeen(int message) {
        List<String> lines = new ArrayList<>();
        long entries = faults.get(message);
        for (int i = 0; i < ATTEMPTS_KEPT && entries != 0; i++, entries >>>= 8) {
            if ((entries & 0x80) != 0) {
                lines.add(Fault.values()[(int) (entries & 0x7f) >> 1] + ((entries & 1) == 1 ? ", taken" : ""));
            }
        }
        return "%d attempts seen %s".formatted(attempts.get(message), lines);
    }

    /** The attempts in which the server took a message, from 0. */
    IntStream takenIn(int message) {
        return IntStream.range(0, ATTEMPTS_KEPT).filter(attempt -> (faults.get(message) >> (8 * attempt) & 1) == 1);
    }

    /** The whole story of a message, on one line. */
    String story(int message) {
        return "message %d by %s: %s; told %s%s; %d of %d exchanges ended%s%s"
                .formatted(
                        message,
                        way(message),
                        attemptsSeen(message),
                        Told.values()[told.get(message)].name().toLowerCase(Locale.ROOT),
                        words.containsKey(message) ? " (" + words.get(message) + ")" : "",
                        ended.get(message),
                        offered.get(message),
                        waitedForAnAnswer(message) ? "; waited %d ms".formatted(waitedMillis(message)) : "",
                        wasMisdirected(message) ? "; received by the wrong one" : "");
    }
}
