package io.github.camelsendtalk.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Retry-After} header (RFC 9110, section 10.2.3). */
final class RetryAfter {

    /** The longest wait that is passed on: an hour. */
    static final Duration MAX = Duration.ofHours(1);

    private RetryAfter() {}

    /**
     * @param value seconds or an HTTP date
     * @return the time to wait, at most {@link #MAX}; null for nonsense and for a time that has passed
     */
    static @Nullable Duration parse(@Nullable String value, Instant now) {
        if (value == null || value.isBlank()) {
            return null;
        }
        Duration wait = value.strip().matches("\\d+") ? seconds(value.strip()) : until(value.strip(), now);
        if (wait == null || wait.isNegative() || wait.isZero()) {
            return null;
        }
        return wait.compareTo(MAX) > 0 ? MAX : wait;
    }

    /** What to do after it, as the end of a sentence. */
    static String advice(@Nullable Duration wait) {
        if (wait == null) {
            return "try again later.";
        }
        if (wait.equals(MAX)) {
            return "it asks to wait an hour or longer.";
        }
        // never less than it asks for
        return "it asks to wait %d s.".formatted(wait.plusNanos(999_999_999).toSeconds());
    }

    private static Duration seconds(String digits) {
        return digits.length() > 9 ? MAX : Duration.ofSeconds(Long.parseLong(digits));
    }

    private static @Nullable Duration until(String date, Instant now) {
        try {
            return Duration.between(now, Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
