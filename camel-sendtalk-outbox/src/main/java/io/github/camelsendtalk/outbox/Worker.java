package io.github.camelsendtalk.outbox;

import io.github.camelsendtalk.SendTalkConstants;
import io.github.camelsendtalk.client.SendTalkValidationException;
import io.github.camelsendtalk.outbox.Claimed.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** What a sending process knows of its claims. The routes call it with many threads at a time. */
public final class Worker {

    private static final int SLOTS_OF_A_CLAIM = 4;

    /** No other process has it, and no other start of this one. */
    private final String name = "%s-%d-%.8s"
            .formatted(
                    System.getenv().getOrDefault("HOSTNAME", "worker"),
                    ProcessHandle.current().pid(),
                    UUID.randomUUID());

    private final Duration validity;
    private final MessageWriter writer;
    private final AtomicLong lastClaim = new AtomicLong();
    private final Map<String, Claim> asked = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private volatile @Nullable String stopped = "It has not begun.";

    /**
     * For rows that hold their messages.
     *
     * @param validity how long a claimed row may be sent
     */
    public Worker(Duration validity) {
        this(validity, row -> row);
    }

    /**
     * For rows of which a message is made only when it is sent, such as one that no table is to hold.
     *
     * @param validity how long a claimed row may be sent
     * @param writer makes the messages
     */
    public Worker(Duration validity, MessageWriter writer) {
        this.validity = validity;
        this.writer = writer;
    }

    public String name() {
        return name;
    }

    /** Begins to claim rows. */
    public void start() {
        stopped = null;
    }

    /** Claims nothing more. */
    public void stop(String reason) {
        stopped = reason;
    }

    /** Why no more rows are claimed, or null. */
    public @Nullable String stopReason() {
        return stopped;
    }

    /** Claims nothing more: what becomes of rows can't be written down. */
    public void stopClaiming(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        stop("What becomes of rows can't be written down: " + cause.getMessage());
    }

    /** Whether rows should be claimed now: small claims cost more than they bring, so that a part of the slots has to be free. */
    public boolean isClaiming(String lane, int slots) {
        return stopped == null && underWay(lane).get() <= slots - Math.max(1, slots / SLOTS_OF_A_CLAIM);
    }

    private AtomicInteger underWay(String lane) {
        return underWay.computeIfAbsent(lane, l -> new AtomicInteger());
    }

    /** The number of the claim to ask for: a new one, or the last one again if its reply was lost. */
    public long nextClaim(String lane) {
        return asked.computeIfAbsent(lane, l -> Claim.now(lastClaim.incrementAndGet(), l))
                .number();
    }

    /** For how many seconds the database has owed an answer to a claim. */
    public double secondsWithoutAnswer() {
        long now = System.nanoTime();
        return asked.values().stream()
                .mapToDouble(claim -> (now - claim.nanos()) / 1e9)
                .max()
                .orElse(0);
    }

    /** The rows of the claim that was asked for. All but their {@code row} are fields of the message. */
    public List<Claimed> claimed(@Body List<Map<String, Object>> rows, @Variable("lane") String lane) {
        Claim claim = asked.remove(lane);
        underWay(lane).addAndGet(rows.size());
        return rows.stream()
                .map(row -> new Claimed(((Number) row.remove("row")).longValue(), claim, withoutNulls(row)))
                .toList();
    }

    private static Map<String, Object> withoutNulls(Map<String, Object> row) {
        row.values().removeIf(Objects::isNull);
        return row;
    }

    /**
     * The message of a row whose turn has come.
     *
     * @throws ClaimExpiredException if it came too late
     * @throws SendTalkValidationException if no message can be made of it
     */
    public Map<String, Object> message(@Variable("row") Claimed row)
            throws ClaimExpiredException, SendTalkValidationException {
        Map<String, Object> message = writer.messageOf(row.message());
        // last, so that nothing takes time between this look and the send
        if (row.claim().isOlderThan(validity)) {
            throw new ClaimExpiredException();
        }
        return message;
    }

    /** What became of a row: SendTalk took it, or there was an exception. */
    public Outcome ended(
            @Variable("row") Claimed row,
            @Header(SendTalkConstants.MESSAGE_ID) @Nullable String messageId,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) @Nullable Throwable cause) {
        underWay(row.claim().lane()).decrementAndGet();
        return Outcome.of(row, messageId, cause == null ? null : Failure.of(cause));
    }
}
