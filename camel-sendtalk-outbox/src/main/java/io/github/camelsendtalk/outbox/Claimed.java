package io.github.camelsendtalk.outbox;

import java.time.Duration;
import java.util.Map;

/**
 * A row that this worker may send, for a while.
 *
 * @param id the row
 * @param claim the claim by which the worker has it
 * @param message the message, with SendTalk's field names, as {@code sendtalk:send} takes it
 */
public record Claimed(long id, Claim claim, Map<String, Object> message) {

    /**
     * A claim of a worker.
     *
     * @param number differs from that of all other claims of this worker
     * @param nanos when it was asked for, by the clock that is never set
     * @param millis when it was asked for, by the clock that goes on while a machine sleeps
     */
    record Claim(long number, String lane, long nanos, long millis) {

        static Claim now(long number, String lane) {
            return new Claim(number, lane, System.nanoTime(), System.currentTimeMillis());
        }

        boolean isOlderThan(Duration validity) {
            long age = Math.max((System.nanoTime() - nanos) / 1_000_000, System.currentTimeMillis() - millis);
            return age >= validity.toMillis();
        }
    }

    /** Without the message. */
    @Override
    public String toString() {
        return "Claimed[id=%d, claim=%d]".formatted(id, claim.number());
    }
}
