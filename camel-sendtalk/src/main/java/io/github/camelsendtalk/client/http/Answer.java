package io.github.camelsendtalk.client.http;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer as it came.
 *
 * @param body its bytes, or null if there are more than {@link #MAX_BYTES}
 * @param retryAfter the value of the {@code Retry-After} header
 */
public record Answer(
        int httpStatus, byte @Nullable [] body, @Nullable String retryAfter) {

    /** The most bytes that are read of an answer: 1 MiB. */
    public static final int MAX_BYTES = 1024 * 1024;
}
