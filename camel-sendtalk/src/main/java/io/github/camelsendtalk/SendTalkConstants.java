package io.github.camelsendtalk;

import org.apache.camel.spi.Metadata;

/** The headers that the component reads and sets. */
public final class SendTalkConstants {

    @Metadata(
            label = "producer send check",
            description =
                    "The recipient's phone number, or the number to check. An option phone in the endpoint's URI stands above it, and so does a field phone in the body.",
            javaType = "String",
            important = true)
    public static final String PHONE = "CamelSendTalkPhone";

    @Metadata(
            label = "producer send",
            description =
                    "The message type: otp (a one-time code, queued first), text or image. An option messageType in the endpoint's URI stands above it.",
            javaType = "String",
            enums = "otp,text,image",
            important = true)
    public static final String MESSAGE_TYPE = "CamelSendTalkMessageType";

    @Metadata(
            label = "producer send",
            description = "The name of an image's file. An option filename in the endpoint's URI stands above it.",
            javaType = "String")
    public static final String FILENAME = "CamelSendTalkFilename";

    @Metadata(
            label = "producer send",
            description = "The caption of an image. An option caption in the endpoint's URI stands above it.",
            javaType = "String")
    public static final String CAPTION = "CamelSendTalkCaption";

    @Metadata(
            label = "producer send status",
            description = "The id of the message: set by send and status, and read by status.",
            javaType = "String",
            important = true)
    public static final String MESSAGE_ID = "CamelSendTalkMessageId";

    @Metadata(
            label = "producer send check",
            description =
                    "Set by send and check: the number that the message was sent to, or that was asked for, country code first. It is never read.",
            javaType = "String")
    public static final String RECIPIENT = "CamelSendTalkRecipient";

    @Metadata(
            label = "producer send check",
            description =
                    "Set by send and check: the API's words about an accepted message, or about a number, without the number.",
            javaType = "String")
    public static final String RESPONSE_MESSAGE = "CamelSendTalkResponseMessage";

    @Metadata(
            label = "producer status",
            description =
                    "Set by status: the status as the API names it, such as pending, sent or read. The vocabulary is open; branch on CamelSendTalkIsPending and CamelSendTalkIsSent.",
            javaType = "String")
    public static final String STATUS = "CamelSendTalkStatus";

    @Metadata(
            label = "producer status",
            description = "Set by status: whether the message still waits to be sent.",
            javaType = "Boolean")
    public static final String IS_PENDING = "CamelSendTalkIsPending";

    @Metadata(
            label = "producer status",
            description = "Set by status: whether the message was handed to WhatsApp.",
            javaType = "Boolean")
    public static final String IS_SENT = "CamelSendTalkIsSent";

    @Metadata(
            label = "producer status",
            description = "Set by status: when the message was sent, in epoch milliseconds.",
            javaType = "Long")
    public static final String SENT_TIME = "CamelSendTalkSentTime";

    @Metadata(
            label = "producer status",
            description = "Set by status: the currency of the price, such as IDR.",
            javaType = "String")
    public static final String CURRENCY = "CamelSendTalkCurrency";

    @Metadata(
            label = "producer status",
            description = "Set by status: the price that was charged.",
            javaType = "java.math.BigDecimal")
    public static final String PRICE = "CamelSendTalkPrice";

    @Metadata(
            label = "producer status",
            description = "Set by status: when the message was created, in epoch milliseconds.",
            javaType = "Long")
    public static final String CREATED_TIME = "CamelSendTalkCreatedTime";

    private SendTalkConstants() {}
}
