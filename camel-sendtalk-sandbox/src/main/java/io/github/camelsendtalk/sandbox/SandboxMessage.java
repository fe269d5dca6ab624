package io.github.camelsendtalk.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * A message that the sandbox accepted, as it came.
 *
 * @param id          the id that the sandbox answered with, also that of the request in WireMock's journal
 * @param phone       the recipient
 * @param messageType {@code otp}, {@code text} or {@code image}
 * @param body        the text, or the URL of the image
 * @param filename    the file name, null if there was none
 * @param caption     the caption, null if there was none
 * @param createdTime when it was accepted, in Unix milliseconds
 */
public record SandboxMessage(
        String id,
        String phone,
        String messageType,
        String body,
        @Nullable String filename,
        @Nullable String caption,
        long createdTime) {}
