package io.github.camelsendtalk.client;

import io.github.camelsendtalk.client.http.Answer;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes exceptions of errors: which status or code becomes which.
 *
 * <p>The API answers errors with HTTP 200 as well, so the envelope counts before the HTTP status.
 */
final class ErrorMapping {

    // what our exceptions depend on is never redacted, so that no message text can change them
    private static final Pattern CODE = Pattern.compile("\\d{5}");
    private static final Pattern FIELD = Pattern.compile("phone|messageType|body|file[nN]ame|caption|id");
    private static final Pattern REASON = Pattern.compile("invalid_recipient|insufficient_balance");

    /** The effective status of an answer with an error code of another form and a status that is not an error. */
    private static final int ERROR_WITHOUT_STATUS = 0;

    private final Operation operation;
    private final Answer answer;
    private final Envelope envelope;
    private final Redactor redactor;
    private final @Nullable String code;

    ErrorMapping(Operation operation, Answer answer, Envelope envelope, Redactor redactor) {
        this.operation = operation;
        this.answer = answer;
        this.envelope = envelope;
        this.redactor = redactor;
        this.code = code();
    }

    /** What is wrong with the answer, or null for a success: in the order of the table in {@code docs/errors.adoc}. */
    @Nullable
    SendTalkException failure() {
        int status = effectiveStatus();
        if (isSuccess(status)) {
            return null;
        }
        ErrorDetails details = details();
        if ((status == 401 || status == 403) && envelope.isOfTheApi() || "40001".equals(code)) {
            return new SendTalkAuthenticationException(
                    failed("SendTalk does not accept the API key", "Check the option apiKey.", details), details);
        }
        if (status == 404 && operation == Operation.status) {
            return new SendTalkMessageNotFoundException(
                    failed(
                            "SendTalk does not know the message",
                            "Check the id and whether the key is the sender's.",
                            details),
                    details);
        }
        if (status == 404 && operation == Operation.check) {
            return new SendTalkApiException(
                    failed(
                            "SendTalk has nothing at the path of the check",
                            "It is a preview: ask SendTalk whether your account has it. If sends end so too, correct the"
                                    + " option baseUrl.",
                            details),
                    details);
        }
        if (status == 400) {
            return new SendTalkValidationException(
                    failed("SendTalk finds the request wrong", "Correct the field that it names.", details), details);
        }
        if (status == 429) {
            return new SendTalkRateLimitException(
                    failed(
                            "SendTalk is asked too often",
                            "Nothing was sent: " + RetryAfter.advice(details.retryAfter()),
                            details),
                    details);
        }
        if (status >= 500 && status < 600) {
            return new SendTalkServerException(failed("SendTalk failed", operation.advice(true), details), details);
        }
        if (envelope.saysSuccess(false)) {
            return refused(details);
        }
        return unexpected(status, details);
    }

    private boolean isSuccess(int status) {
        return status >= 200 && status <= 299 && envelope.isObject() && !envelope.saysSuccess(false);
    }

    private SendTalkException unexpected(int status, ErrorDetails details) {
        if (status == 401 || status == 403) {
            return new SendTalkApiException(
                    failed(
                            "The call was refused on its way, not by SendTalk",
                            "A proxy, a firewall or a portal answered: check the network and the options baseUrl and proxyHost.",
                            details),
                    details);
        }
        if (status == 407) {
            return new SendTalkApiException(
                    failed(
                            "A proxy asks for a login",
                            "Check the options proxyHost, proxyUsername and proxyPassword.",
                            details),
                    details);
        }
        if (status >= 300 && status < 500 && status != 303) {
            return new SendTalkApiException(
                    failed("SendTalk gave an unexpected answer", "Check the options baseUrl and proxyHost.", details),
                    details);
        }
        if (status >= 200 && status <= 299) {
            return unreadable(answer.body() == null ? "it is longer than 1 MiB" : "it is not a JSON object");
        }
        if (status == ERROR_WITHOUT_STATUS && (envelope.saysSuccess(true) || envelope.data("id") != null)) {
            return unreadable("it carries an error code and a success at once");
        }
        return new SendTalkApiException(
                failed("SendTalk gave an unexpected answer", operation.advice(true), details),
                details,
                details.isSend(),
                !details.isSend());
    }

    private static SendTalkRejectedException refused(ErrorDetails details) {
        String reason = details.reason() == null ? "" : details.reason();
        return switch (reason) {
            case "invalid_recipient" ->
                new SendTalkInvalidRecipientException(
                        failed("SendTalk refused the recipient", "Check that the number is on WhatsApp.", details),
                        details);
            case "insufficient_balance" ->
                new SendTalkInsufficientBalanceException(
                        failed("The SendTalk balance is too low for the message", "Top up the account.", details),
                        details);
            default ->
                new SendTalkRejectedException(
                        failed("SendTalk refused the message", "See the reason that it gives.", details), details);
        };
    }

    /**
     * The first three digits of a five-digit error code, else the envelope's status from 400 on, else the HTTP status.
     * {@code 49103} is a wrong key (seen, not documented). An error code of another form is never a success.
     */
    private int effectiveStatus() {
        if ("49103".equals(code)) {
            return 401;
        }
        if (code != null && CODE.matcher(code).matches()) {
            return Integer.parseInt(code.substring(0, 3));
        }
        Integer status = envelope.status();
        if (status != null && status >= 400) {
            return status;
        }
        boolean success = answer.httpStatus() >= 200 && answer.httpStatus() <= 299;
        return code != null && success ? ERROR_WITHOUT_STATUS : answer.httpStatus();
    }

    private ErrorDetails details() {
        String message = envelope.error("message");
        return new ErrorDetails(
                operation,
                answer.httpStatus(),
                envelope.status(),
                code,
                apiWord(envelope.error("field"), FIELD),
                apiWord(envelope.data("reason"), REASON),
                redactor.redact(message != null ? message : envelope.data("message")),
                RetryAfter.parse(answer.retryAfter(), Instant.now()));
    }

    /** The error code; zero says that there is none. */
    private @Nullable String code() {
        String word = apiWord(envelope.error("code"), CODE);
        return word != null && word.matches("0+") ? null : word;
    }

    /** A word of the API's own as it is, and whatever else stands there without what was sent. */
    private @Nullable String apiWord(@Nullable String word, Pattern known) {
        return word != null && known.matcher(word.strip()).matches() ? word.strip() : redactor.redact(word);
    }

    SendTalkResponseException unreadable(String why) {
        ErrorDetails details = details();
        return new SendTalkResponseException(
                failed("SendTalk answered with a success that can't be read: " + why, operation.advice(true), details),
                details);
    }

    private static String failed(String what, String advice, ErrorDetails details) {
        return "%s (%s, %s). %s".formatted(what, details.operation(), details.summary(), advice);
    }
}
