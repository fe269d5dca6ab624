package io.github.camelsendtalk.client;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Sends messages through the SendTalk API, asks for their status, and asks whether a number is on WhatsApp.
 *
 * <p>Implementations are safe for use by many threads. Each call makes at most one HTTP request, and its stage ends
 * once, when its timeouts have passed at the latest: with a value, or with a {@link SendTalkException} (never wrapped in a
 * {@code CompletionException} by the client itself). Dependent stages run on an I/O thread and must not block it.
 */
public interface SendTalkClient {

    /**
     * Hands a message over for sending.
     *
     * <p>Source: <em>Send Message API</em> on the vendor's page, {@code POST /api/v1/message/send_whatsapp}.
     *
     * @param message with phone, type and body, and a file name for an image
     * @return the id of the queued message; or one of the exceptions, where
     *     {@link SendTalkException#isOutcomeUnknown()} says whether the message may have been taken all the same
     */
    CompletionStage<SendResult> send(SendTalkMessage message);

    /**
     * Asks once what has become of a message.
     *
     * <p>Source: <em>Get Send Status API</em> on the vendor's page, {@code POST /api/v1/message/get_status}.
     *
     * @param id the id that {@link #send} gave
     */
    CompletionStage<MessageStatus> status(String id);

    /**
     * Asks as {@link #status(String)} does, unless the request can't be written within a time that may be shorter than
     * that of the client.
     *
     * @return the status; or a {@link SendTalkTimeoutException} if nothing was written within that time
     */
    CompletionStage<MessageStatus> status(String id, Duration writeWithin);

    /**
     * Asks whether a number is on WhatsApp. Nothing is sent, so that no outcome is unknown and asking again is safe.
     *
     * <p>A preview: the API's description is of 2023, and what a check costs, how many are allowed and whether it is there for
     * every account is not documented. Where it is not, the stage ends with a {@link SendTalkApiException} of the status 404.
     *
     * <p>Source: <em>Check WhatsApp Phone</em> in the vendor's public documentation repository, {@code POST
     * /api/v1/message/check_whatsapp_phone}.
     *
     * @param phone the number: country code first, digits only, as {@link PhoneNumbers#read} gives it
     */
    CompletionStage<PhoneCheck> check(String phone);
}
