package io.github.camelsendtalk;

import io.github.camelsendtalk.client.MessageStatus;
import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.PhoneCheck;
import io.github.camelsendtalk.client.SendResult;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Reads requests from exchanges, and writes results into them. */
final class SendTalkBinding {

    private static final List<String> SEND_OUTPUT =
            List.of(SendTalkConstants.MESSAGE_ID, SendTalkConstants.RECIPIENT, SendTalkConstants.RESPONSE_MESSAGE);

    private static final List<String> STATUS_OUTPUT = List.of(
            SendTalkConstants.STATUS,
            SendTalkConstants.IS_PENDING,
            SendTalkConstants.IS_SENT,
            SendTalkConstants.SENT_TIME,
            SendTalkConstants.CURRENCY,
            SendTalkConstants.PRICE,
            SendTalkConstants.CREATED_TIME);

    private static final List<String> CHECK_OUTPUT =
            List.of(SendTalkConstants.RECIPIENT, SendTalkConstants.RESPONSE_MESSAGE);

    private final KnownApiKeys knownKeys;
    private final SendTalkConfiguration endpoint;
    private final Supplier<SendTalkConfiguration> component;
    private final RecipientReader recipients;

    /**
     * @param endpoint the options of the endpoint, read for each message
     * @param component gives those of the component
     */
    SendTalkBinding(KnownApiKeys knownKeys, SendTalkConfiguration endpoint, Supplier<SendTalkConfiguration> component) {
        this.knownKeys = knownKeys;
        this.endpoint = endpoint;
        this.component = component;
        this.recipients = new RecipientReader(endpoint, component.get());
    }

    /**
     * The message to send, complete and checked.
     *
     * @throws SendTalkValidationException naming the field, and where a missing one can be set
     */
    SendTalkMessage message(Exchange exchange) throws SendTalkValidationException {
        SEND_OUTPUT.forEach(exchange.getMessage()::removeHeader);
        MessageFields fields = new MessageFields(exchange, endpoint, component.get(), Operation.send);
        MessageType type = type(fields.get(MessageField.MESSAGE_TYPE));
        boolean image = type == MessageType.IMAGE;
        SendTalkMessage message = new SendTalkMessage(
                recipients.read(fields),
                type,
                fields.body(),
                image ? fields.text(MessageField.FILENAME) : null,
                image ? fields.text(MessageField.CAPTION) : null);
        try {
            message.validate();
        } catch (SendTalkValidationException e) {
            throw withAdvice(e, message);
        }
        LeftoverChecks.requireText(message.body(), exchange);
        knownKeys.requireNoneIn(message);
        return message;
    }

    /** What is missing can be set somewhere; what is there and wrong must be corrected where it is. */
    private static SendTalkValidationException withAdvice(
            SendTalkValidationException missing, SendTalkMessage message) {
        if ("body".equals(missing.getField())) {
            boolean blank = message.body() == null || message.body().isBlank();
            return blank ? with(missing, "Put it into the message body, or into the field body of a map.") : missing;
        }
        for (MessageField field : MessageField.values()) {
            // a phone or file name that is there was complained of where it was read
            if (field.apiName().equals(missing.getField()) && field != MessageField.CAPTION) {
                return with(
                        missing,
                        "Set it in the header %s or the option %s.".formatted(field.header(), field.apiName()));
            }
        }
        return missing;
    }

    private static SendTalkValidationException with(SendTalkValidationException complaint, String advice) {
        return new SendTalkValidationException(
                Operation.send, complaint.getField(), complaint.getMessage() + " " + advice);
    }

    private static MessageType type(MessageFields.@Nullable Found found) throws SendTalkValidationException {
        if (found == null) {
            return MessageType.TEXT;
        }
        try {
            return MessageType.of(found.text());
        } catch (IllegalArgumentException e) {
            throw MessageField.MESSAGE_TYPE.invalid(
                    "The messageType in %s is unknown: use otp, text or image.".formatted(found.place()));
        }
    }

    /**
     * The id to ask for.
     *
     * @throws SendTalkValidationException if there is none, or header and body differ
     */
    String messageId(Exchange exchange) throws SendTalkValidationException {
        STATUS_OUTPUT.forEach(exchange.getMessage()::removeHeader);
        return MessageIdReader.read(exchange);
    }

    /**
     * The number to check.
     *
     * @throws SendTalkValidationException if there is none, or it can't be one
     */
    String phone(Exchange exchange) throws SendTalkValidationException {
        CHECK_OUTPUT.forEach(exchange.getMessage()::removeHeader);
        try {
            String phone = recipients.read(new MessageFields(exchange, endpoint, component.get(), Operation.check));
            if (phone == null) {
                throw MessageField.PHONE.invalid(
                        "There is no phone number: put it into the body, the header %s or the option phone."
                                .formatted(SendTalkConstants.PHONE));
            }
            return phone;
        } catch (SendTalkValidationException e) {
            // a number is read, and complained of, as that of a message to send
            throw new SendTalkValidationException(Operation.check, e.getField(), e.getMessage());
        }
    }

    void sent(Exchange exchange, SendResult result, String recipient) {
        SentIds.add(exchange, result.id());
        Message out = exchange.getMessage();
        out.setBody(result.id());
        out.setHeader(SendTalkConstants.MESSAGE_ID, result.id());
        out.setHeader(SendTalkConstants.RECIPIENT, recipient);
        set(out, SendTalkConstants.RESPONSE_MESSAGE, result.message());
    }

    void status(Exchange exchange, MessageStatus status, String id) {
        Message out = exchange.getMessage();
        out.setBody(status);
        out.setHeader(SendTalkConstants.MESSAGE_ID, id);
        set(out, SendTalkConstants.STATUS, status.status());
        set(out, SendTalkConstants.IS_PENDING, status.isPending());
        set(out, SendTalkConstants.IS_SENT, status.isSent());
        set(out, SendTalkConstants.SENT_TIME, status.sentTime());
        set(out, SendTalkConstants.CURRENCY, status.currency());
        set(out, SendTalkConstants.PRICE, status.price());
        set(out, SendTalkConstants.CREATED_TIME, status.createdTime());
    }

    void checked(Exchange exchange, PhoneCheck check, String phone) {
        Message out = exchange.getMessage();
        out.setBody(check.isRegistered());
        out.setHeader(SendTalkConstants.RECIPIENT, phone);
        set(out, SendTalkConstants.RESPONSE_MESSAGE, check.message());
    }

    private static void set(Message message, String header, @Nullable Object value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}
