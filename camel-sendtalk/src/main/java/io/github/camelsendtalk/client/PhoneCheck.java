package io.github.camelsendtalk.client;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the API says of a number: its {@code data}, field by field. A preview, as {@link SendTalkClient#check} is.
 *
 * @param isRegistered whether the number is on WhatsApp
 * @param message the API's words, without the key and the number, or null
 */
public record PhoneCheck(boolean isRegistered, @Nullable String message) implements Serializable {}
