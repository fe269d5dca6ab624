package io.github.camelsendtalk.client;

import io.github.camelsendtalk.client.http.Answer;
import java.util.List;

/** Turns an HTTP answer into a value or one of our exceptions, and throws nothing else. */
final class ResponseDecoder {

    private final Envelope envelope;
    private final Redactor redactor;
    private final ErrorMapping errors;

    private ResponseDecoder(Operation operation, Answer answer, List<String> secrets) {
        this.envelope = Envelope.of(answer);
        this.redactor = new Redactor(secrets);
        this.errors = new ErrorMapping(operation, answer, envelope, redactor);
    }

    /** @param secrets what must not be repeated of the answer's text: the key, the number, the text */
    static SendResult send(Answer answer, List<String> secrets) throws SendTalkException {
        return new ResponseDecoder(Operation.send, answer, secrets).sendResult();
    }

    /** @param secrets what must not be repeated of the answer's text: the key, what was asked for */
    static MessageStatus status(Answer answer, List<String> secrets) throws SendTalkException {
        return new ResponseDecoder(Operation.status, answer, secrets).messageStatus();
    }

    /** @param secrets what must not be repeated of the answer's text: the key, the number */
    static PhoneCheck check(Answer answer, List<String> secrets) throws SendTalkException {
        return new ResponseDecoder(Operation.check, answer, secrets).phoneCheck();
    }

    private SendResult sendResult() throws SendTalkException {
        throwFailure();
        String id = envelope.data("id");
        if (!envelope.saysSuccess(true) || id == null) {
            throw errors.unreadable("it does not say that the message was taken and under which id");
        }
        return new SendResult(id, redactor.redact(envelope.data("message")));
    }

    private MessageStatus messageStatus() throws SendTalkException {
        throwFailure();
        MessageStatus status = new MessageStatus(
                envelope.data("status"),
                envelope.flag("isPending"),
                envelope.flag("isSent"),
                envelope.time("sentTime"),
                envelope.data("currency"),
                envelope.decimal("price"),
                envelope.time("createdTime"));
        if (status.status() == null && status.isPending() == null && status.isSent() == null) {
            throw errors.unreadable("it does not say how the message stands");
        }
        return status;
    }

    private PhoneCheck phoneCheck() throws SendTalkException {
        throwFailure();
        Boolean isRegistered = envelope.flag("isRegistered");
        if (isRegistered == null) {
            throw errors.unreadable("it does not say whether the number is on WhatsApp");
        }
        return new PhoneCheck(isRegistered, redactor.redact(envelope.data("message")));
    }

    private void throwFailure() throws SendTalkException {
        SendTalkException failure = errors.failure();
        if (failure != null) {
            throw failure;
        }
    }
}
