package io.github.camelsendtalk;

import io.github.camelsendtalk.client.SendTalkApiException;
import io.github.camelsendtalk.client.SendTalkAuthenticationException;
import io.github.camelsendtalk.client.SendTalkClient;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkServerException;
import io.github.camelsendtalk.client.SendTalkTransportException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.jspecify.annotations.Nullable;

/**
 * Whether the API can be reached and accepts the key: asks for the status of a message that can't exist, which costs nothing.
 *
 * <p>An answer is kept for a minute, so that frequent probes don't become calls.
 */
final class SendTalkHealthCheck extends AbstractHealthCheck {

    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final Duration CACHE_FOR = Duration.ofMinutes(1);
    private static final String UNKNOWN_ID = "00000000-0000-0000-0000-000000000000";

    private final SendTalkClient client;
    private @Nullable Problem problem;
    private long askedAt;
    private boolean asked;

    SendTalkHealthCheck(String id, SendTalkClient client) {
        super("camel", id);
        this.client = client;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    /** Called under the lock of the base class, by one thread at a time. */
    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        if (!asked || System.nanoTime() - askedAt >= CACHE_FOR.toNanos()) {
            problem = ask();
            askedAt = System.nanoTime();
            asked = true;
        }
        if (problem == null) {
            builder.up();
        } else {
            problem.tell(builder);
        }
    }

    /** Why it is down. */
    private record Problem(String message, @Nullable SendTalkException failure) {

        void tell(HealthCheckResultBuilder builder) {
            builder.message(message);
            if (failure != null) {
                builder.error(failure);
                detail(builder, HTTP_RESPONSE_CODE, failure.getHttpStatus());
                detail(builder, SERVICE_ERROR_CODE, failure.getCode());
            }
            builder.down();
        }

        private static void detail(HealthCheckResultBuilder builder, String name, @Nullable Object value) {
            if (value != null) {
                builder.detail(name, value);
            }
        }
    }

    private @Nullable Problem ask() {
        try {
            client.status(UNKNOWN_ID).toCompletableFuture().get(TIMEOUT.toMillis() + 500, TimeUnit.MILLISECONDS);
            return null;
        } catch (ExecutionException e) {
            return problem(e.getCause());
        } catch (TimeoutException e) {
            return new Problem("SendTalk gave no answer within 5 s.", null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Problem("The check was interrupted.", null);
        }
    }

    private static @Nullable Problem problem(Throwable failure) {
        boolean down = failure instanceof SendTalkTransportException
                || failure instanceof SendTalkAuthenticationException
                || failure instanceof SendTalkServerException
                || failure.getClass() == SendTalkApiException.class && isRefusedOnTheWay((SendTalkException) failure);
        return down ? new Problem(failure.getMessage(), (SendTalkException) failure) : null;
    }

    /** A proxy, a firewall or a portal lets nothing through. */
    private static boolean isRefusedOnTheWay(SendTalkException failure) {
        Integer status = failure.getHttpStatus();
        return status != null && (status == 401 || status == 403 || status == 407);
    }
}
