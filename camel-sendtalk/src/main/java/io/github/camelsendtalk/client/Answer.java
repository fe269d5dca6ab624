package io.github.camelsendtalk.client;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer as it came.
 *
 * @param body its bytes, or null if it was larger than a sane answer is
 * @param retryAfter the value of the {@code Retry-After} header
 */
record Answer(
        int httpStatus, byte @Nullable [] body, @Nullable String retryAfter) {

    /** The most bytes that are read of an answer: 1 MiB, some thousand times what the API sends. */
    static final int MAX_BYTES = 1024 * 1024;
}
