package io.github.camelsendtalk;

import io.github.camelsendtalk.client.MessageStatus;
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
 * Asks for a status again and again until the message is no longer pending or {@code awaitTimeout} has passed.
 *
 * <p>No thread waits. When the time has passed, the last word counts: a status that is still pending, or the failure of
 * the last question. A first question that is still under way then is left to end by its own deadline.
 */
final class StatusWait {

    private final SendTalkClient client;
    private final SendTalkComponent component;
    private final Duration awaitTimeout;
    private final Duration pollInterval;

    StatusWait(SendTalkClient client, SendTalkEndpoint endpoint) {
        this.client = client;
        this.component = endpoint.getComponent();
        this.awaitTimeout = Duration.ofMillis(endpoint.getConfiguration().getAwaitTimeout());
        this.pollInterval = Duration.ofMillis(endpoint.getConfiguration().getPollInterval());
    }

    CompletionStage<MessageStatus> status(String id) {
        return awaitTimeout.isZero() ? client.status(id) : new Wait(id).begin();
    }

    /** One exchange's wait. Its questions follow each other, but the expiry may meet an answer: hence the lock. */
    private final class Wait {

        private final String id;
        private final CompletableFuture<MessageStatus> result = new CompletableFuture<>();
        private boolean expired;
        private @Nullable Runnable lastWord;
        private @Nullable Future<?> expiry;
        private @Nullable Future<?> nextQuestion;

        Wait(String id) {
            this.id = id;
        }

        CompletionStage<MessageStatus> begin() {
            try {
                expiry = component.schedule(this::expire, awaitTimeout);
            } catch (RejectedExecutionException e) {
                return CompletableFuture.failedFuture(
                        new SendTalkTransportException("status", "The sendtalk component is stopped.", false));
            }
            ask();
            return result;
        }

        private void ask() {
            client.status(id).whenComplete(this::answered);
        }

        private void answered(@Nullable MessageStatus status, @Nullable Throwable thrown) {
            Throwable failure = thrown instanceof CompletionException ? thrown.getCause() : thrown;
            if (isLastWord(status, failure)) {
                end();
            }
        }

        private synchronized boolean isLastWord(@Nullable MessageStatus status, @Nullable Throwable failure) {
            lastWord = failure == null ? () -> result.complete(status) : () -> result.completeExceptionally(failure);
            if (expired || isFinal(status, failure)) {
                return true;
            }
            try {
                nextQuestion = component.schedule(this::ask, pause(failure));
                return false;
            } catch (RejectedExecutionException e) {
                return true;
            }
        }

        private void expire() {
            if (isAnswered()) {
                end();
            }
        }

        private synchronized boolean isAnswered() {
            expired = true;
            return lastWord != null;
        }

        private void end() {
            expiry.cancel(false);
            if (nextQuestion != null) {
                nextQuestion.cancel(false);
            }
            lastWord.run();
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
