package io.github.camelsendtalk.client;

import java.io.Serializable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the API says of a message: its {@code data}, field by field, null where absent.
 *
 * <p>{@code status} is an open vocabulary ({@code sent} is documented, {@code read} and {@code acknowledged} were seen):
 * branch on {@code isPending} and {@code isSent} instead. Source: <em>Get Send Status API</em> on the vendor's page.
 *
 * @param status the message's status, such as {@code pending}, as the API names it
 * @param isPending whether the message still waits to be sent
 * @param isSent whether the message was handed to WhatsApp
 * @param sentTime when it was sent, in epoch milliseconds
 * @param currency the currency of the price, such as {@code IDR}
 * @param price what was charged
 * @param createdTime when it was created, in epoch milliseconds
 */
public record MessageStatus(
        @Nullable String status,
        @Nullable Boolean isPending,
        @Nullable Boolean isSent,
        @Nullable Long sentTime,
        @Nullable String currency,
        @Nullable BigDecimal price,
        @Nullable Long createdTime)
        implements Serializable {}
