package io.github.camelsendtalk.client;

import org.jspecify.annotations.Nullable;

/**
 * The API's answer to an accepted message.
 *
 * @param id the message's id, to ask for its status by
 * @param message the API's message, such as "The message has been added to queue", without the key, the text and long numbers
 */
public record SendResult(String id, @Nullable String message) {}
