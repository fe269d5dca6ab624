package io.github.camelsendtalk;

import io.github.camelsendtalk.client.MessageStatus;
import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.SendTalkClient;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkRateLimitException;
import io.github.camelsendtalk.client.SendTalkServerException;
import io.github.camelsendtalk.client.SendTalkTransportException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Polls for a status until the message is no longer pending or {@code awaitTimeout} has passed.
 *
 * <p>No thread waits. At expiry the last outcome counts: a status that is still pending, or the failure of the last poll. A
 * poll that is not written by then is withdrawn; a first poll that is written is left to end by its own timeout.
 */
final class StatusPoller {

    private final SendTalkClient client;
    private final Scheduler scheduler;
    private final Duration awaitTimeout;
    private final Duration pollInterval;

    /** @param awaitTimeout zero to ask once */
    StatusPoller(SendTalkClient client, Scheduler scheduler, Duration awaitTimeout, Duration pollInterval) {
        this.client = client;
        this.scheduler = scheduler;
        this.awaitTimeout = awaitTimeout;
        this.pollInterval = pollInterval;
    }

    CompletionStage<MessageStatus> status(String id) {
        return awaitTimeout.isZero() ? client.status(id) : new Wait(id).begin();
    }

    /** One exchange's wait. Its polls follow each other, but the expiry may meet an answer: hence the lock. */
    private final class Wait {

        private final String id;
        private final long begin = System.nanoTime();
        private final CompletableFuture<MessageStatus> result = new CompletableFuture<>();
        private boolean expired;
        private @Nullable Runnable lastOutcome;
        private @Nullable Future<?> expiry;
        private @Nullable Future<?> nextPoll;

        Wait(String id) {
            this.id = id;
        }

        CompletionStage<MessageStatus> begin() {
            try {
                expiry = scheduler.schedule(this::expire, awaitTimeout);
            } catch (RejectedExecutionException e) {
                return CompletableFuture.failedFuture(
                        new SendTalkTransportException(Operation.status, "The sendtalk component is stopped.", false));
            }
            poll();
            return result;
        }

        private Duration left() {
            return awaitTimeout.minusNanos(System.nanoTime() - begin);
        }

        private void poll() {
            client.status(id, left()).whenComplete(this::polled);
        }

        private void polled(@Nullable MessageStatus status, @Nullable Throwable thrown) {
            Throwable failure = thrown instanceof CompletionException ? thrown.getCause() : thrown;
            if (isLastOutcome(status, failure)) {
                end();
            }
        }

        private synchronized boolean isLastOutcome(@Nullable MessageStatus status, @Nullable Throwable failure) {
            // an earlier outcome counts more than that of a poll that expired with the wait
            boolean late = expired || left().isNegative();
            if (lastOutcome == null || !late) {
                lastOutcome =
                        failure == null ? () -> result.complete(status) : () -> result.completeExceptionally(failure);
            }
            if (late || isFinal(status, failure)) {
                return true;
            }
            try {
                nextPoll = scheduler.schedule(this::poll, pause(failure));
                return false;
            } catch (RejectedExecutionException e) {
                return true;
            }
        }

        private void expire() {
            if (hasOutcome()) {
                end();
            }
        }

        private synchronized boolean hasOutcome() {
            expired = true;
            return lastOutcome != null;
        }

        private void end() {
            expiry.cancel(false);
            if (nextPoll != null) {
                nextPoll.cancel(false);
            }
            lastOutcome.run();
        }
    }

    private static boolean isFinal(@Nullable MessageStatus status, @Nullable Throwable failure) {
        if (failure == null) {
            return !Boolean.TRUE.equals(status.isPending());
        }
        return !(failure instanceof SendTalkTransportException
                || failure instanceof SendTalkRateLimitException
                || failure instanceof SendTalkServerException);
    }

    /** The poll interval, or longer where the API asks for it. */
    private Duration pause(@Nullable Throwable failure) {
        if (failure instanceof SendTalkException asked
                && asked.getRetryAfter() != null
                && asked.getRetryAfter().compareTo(pollInterval) > 0) {
            return asked.getRetryAfter();
        }
        return pollInterval;
    }
}
