package io.github.camelsendtalk.client.http;

import java.time.Duration;

/**
 * How long a call may take.
 *
 * @param write until its request is written
 * @param answer from then on, to the last byte of the answer
 */
public record CallTimeouts(Duration write, Duration answer) {}
