package io.github.camelsendtalk.client;

import io.github.camelsendtalk.client.ApiCall.NamedTimeouts;
import io.github.camelsendtalk.client.http.CallTimeouts;
import io.github.camelsendtalk.client.http.RequestHeader;
import io.github.camelsendtalk.client.http.RequestTarget;
import io.github.camelsendtalk.client.http.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends what the records say to the API, and reads what it answers. */
final class HttpSendTalkClient implements SendTalkClient {

    private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
    private static final Duration MAX_TIMEOUT = Duration.ofDays(1);

    private final Supplier<@Nullable Transport> transport;
    private final RequestTarget target;
    private final String apiKey;
    private final NamedTimeouts timeouts;

    /** @param transport gives the one to use at each call, or null while there is none */
    HttpSendTalkClient(
            Supplier<@Nullable Transport> transport,
            URI baseUrl,
            String apiKey,
            Duration connectionRequestTimeout,
            Duration requestTimeout) {
        this.transport = transport;
        this.target = new RequestTarget(
                baseUrl,
                List.of(new RequestHeader("API-Key", apiKey), new RequestHeader("Accept", "application/json")));
        this.apiKey = apiKey;
        this.timeouts = new NamedTimeouts(
                new CallTimeouts(
                        checked("connectionRequestTimeout", connectionRequestTimeout),
                        checked("requestTimeout", requestTimeout)),
                "connectionRequestTimeout",
                " If calls wait for one another, send more slowly or raise maxConnections.");
    }

    private static Duration checked(String name, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "The %s is %s: use more than none and 1 day at most.".formatted(name, timeout));
        }
        return timeout;
    }

    @Override
    public CompletionStage<SendResult> send(SendTalkMessage message) {
        try {
            message.validate();
            message.requireNo(apiKey);
        } catch (SendTalkValidationException e) {
            return CompletableFuture.failedFuture(e);
        }
        List<String> secrets = secrets(message.phone(), message.body(), message.filename(), message.caption());
        return call(Operation.send, timeouts, answer -> ResponseDecoder.send(answer, secrets))
                .start(RequestEncoder.send(message));
    }

    @Override
    public CompletionStage<MessageStatus> status(String id) {
        return status(id, timeouts);
    }

    @Override
    public CompletionStage<MessageStatus> status(String id, Duration writeWithin) {
        if (writeWithin.compareTo(timeouts.values().write()) >= 0) {
            return status(id);
        }
        Duration left = writeWithin.compareTo(MIN_TIMEOUT) < 0 ? MIN_TIMEOUT : writeWithin;
        CallTimeouts own = new CallTimeouts(left, timeouts.values().answer());
        return status(id, new NamedTimeouts(own, "all that was left of awaitTimeout", ""));
    }

    private CompletionStage<MessageStatus> status(String id, NamedTimeouts within) {
        try {
            SendTalkMessage.validateId(id);
            SendTalkMessage.requireNo(apiKey, Operation.status, "id", id);
        } catch (SendTalkValidationException e) {
            return CompletableFuture.failedFuture(e);
        }
        // what was given as the id may be anything, such as the text of a message
        List<String> secrets = secrets(id);
        return call(Operation.status, within, answer -> ResponseDecoder.status(answer, secrets))
                .start(RequestEncoder.status(id));
    }

    @Override
    public CompletionStage<PhoneCheck> check(String phone) {
        try {
            SendTalkMessage.validatePhone(phone);
            SendTalkMessage.requireNo(apiKey, Operation.check, "phone", phone);
        } catch (SendTalkValidationException e) {
            return CompletableFuture.failedFuture(e);
        }
        List<String> secrets = secrets(phone);
        return call(Operation.check, timeouts, answer -> ResponseDecoder.check(answer, secrets))
                .start(RequestEncoder.check(phone));
    }

    private <T> ApiCall<T> call(Operation operation, NamedTimeouts within, ApiCall.Decoder<T> decoder) {
        return new ApiCall<>(operation, target, transport.get(), within, decoder);
    }

    /** What must not be repeated of an answer's text: the key, and what was sent. */
    private List<String> secrets(@Nullable String... sent) {
        List<String> secrets = new ArrayList<>(sent.length + 1);
        secrets.add(apiKey);
        for (String field : sent) {
            if (field != null) {
                secrets.add(field);
            }
        }
        return secrets;
    }
}
