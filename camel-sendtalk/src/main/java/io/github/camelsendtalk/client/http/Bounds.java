package io.github.camelsendtalk.client.http;

import java.time.Duration;

/**
 * How long a call may take.
 *
 * @param write until its request is written
 * @param answer from then on, to the last byte of the answer
 */
public record Bounds(Duration write, Duration answer) {

    /** Whether a timer that was set for the first bound would come too late for the second. */
    boolean isAnswerShorter() {
        return answer.compareTo(write) < 0;
    }
}
