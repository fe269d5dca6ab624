package io.github.camelsendtalk.example.campaign;

import io.github.camelsendtalk.SendTalkConstants;
import io.github.camelsendtalk.example.campaign.Claimed.Claim;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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

    /** The columns of a row that make its message, and SendTalk's names for them. */
    private static final Map<String, String> FIELDS = Map.of(
            "phone",
            "phone",
            "message_type",
            "messageType",
            "body",
            "body",
            "filename",
            "filename",
            "caption",
            "caption");

    private static final int SLOTS_OF_A_CLAIM = 4;
    private static final String NOT_STARTED = "It has not begun.";

    private final String name = newName();
    private final Duration validity;
    private final AtomicLong lastClaim = new AtomicLong();
    private final Map<String, Claim> asked = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private volatile @Nullable String stopped = NOT_STARTED;

    /** @param validity how long a claimed row may be sent */
    Worker(Duration validity) {
        this.validity = validity;
    }

    /** A name that no other process has, and no other start of this one. */
    String name() {
        return name;
    }

    private static String newName() {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        String host = System.getenv().getOrDefault("HOSTNAME", "worker");
        return "%s-%d-%s"
                .formatted(host, ProcessHandle.current().pid(), HexFormat.of().formatHex(random));
    }

    /** Begins to claim rows. */
    void start() {
        stopped = null;
    }

    /** Claims nothing more. */
    void stop(String reason) {
        stopped = reason;
    }

    /** Whether rows should be claimed now: small claims cost more than they bring, so that a part of the slots has to be free. */
    public boolean isClaiming(String lane, int slots) {
        return stopped == null && underWay(lane).get() <= slots - Math.max(1, slots / SLOTS_OF_A_CLAIM);
    }

    private AtomicInteger underWay(String lane) {
        return underWay.computeIfAbsent(lane, l -> new AtomicInteger());
    }

    /** Why no more rows are claimed, or null. */
    @Nullable
    String stopReason() {
        return stopped;
    }

    /** Claims nothing more: what becomes of rows can't be written down. */
    public void stopClaiming(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        stop("What became of rows can't be written down: " + reason.getMessage());
    }

    /** The number of the claim to ask for: a new one, or the last one again if its reply was lost. */
    public long nextClaim(String lane) {
        return asked.computeIfAbsent(lane, l -> Claim.now(lastClaim.incrementAndGet(), l))
                .number();
    }

    /** For how many seconds the database has owed an answer to a claim. */
    double secondsWithoutAnswer() {
        long now = System.nanoTime();
        return asked.values().stream()
                .mapToDouble(claim -> (now - claim.nanos()) / 1e9)
                .max()
                .orElse(0);
    }

    /** The rows of the claim that was asked for. */
    public List<Claimed> claimed(@Body List<Map<String, Object>> rows, @Variable("lane") String lane) {
        Claim claim = asked.remove(lane);
        underWay(lane).addAndGet(rows.size());
        return rows.stream()
                .map(row -> new Claimed(((Number) row.get("id")).longValue(), claim, message(row)))
                .toList();
    }

    private static Map<String, String> message(Map<String, Object> row) {
        Map<String, String> message = new HashMap<>();
        FIELDS.forEach((column, field) -> {
            if (row.get(column) instanceof String value) {
                message.put(field, value);
            }
        });
        return message;
    }

    /**
     * The message of a row whose turn has come.
     *
     * @throws ClaimExpiredException if it came too late
     */
    public Map<String, String> message(@Variable("row") Claimed row) throws ClaimExpiredException {
        if (row.claim().isOlderThan(validity)) {
            throw new ClaimExpiredException();
        }
        return row.message();
    }

    /** What became of a row that SendTalk took. */
    public Outcome sent(@Variable("row") Claimed row, @Header(SendTalkConstants.MESSAGE_ID) String messageId) {
        underWay(row.claim().lane()).decrementAndGet();
        return Outcome.sent(row, messageId);
    }

    /** What became of any other row. {@code @ExchangeException} would give what the exception has suppressed. */
    public Outcome failed(
            @Variable("row") Claimed row, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        underWay(row.claim().lane()).decrementAndGet();
        return Outcome.failed(row, failure);
    }
}
