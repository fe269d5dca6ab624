package io.github.camelsendtalk.client;

import io.github.camelsendtalk.client.HttpCall.Bounds;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.jspecify.annotations.Nullable;

/** The wire: which paths, which headers, which bounds. */
final class HttpSendTalkClient implements SendTalkClient {

    private static final String SEND_PATH = "/api/v1/message/send_whatsapp";
    private static final String STATUS_PATH = "/api/v1/message/get_status";
    private static final Duration MIN_BOUND = Duration.ofMillis(1);
    private static final Duration MAX_BOUND = Duration.ofDays(1);

    private final SendTalkConnections connections;
    private final HttpHost host;
    private final String pathPrefix;
    private final String apiKey;
    private final Bounds bounds;

    HttpSendTalkClient(
            SendTalkConnections connections,
            URI baseUrl,
            String apiKey,
            Duration connectionRequestTimeout,
            Duration requestTimeout) {
        this.connections = connections;
        this.host = HttpHost.create(baseUrl);
        this.pathPrefix =
                baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath().replaceFirst("/+$", "");
        this.apiKey = apiKey;
        this.bounds = new Bounds(
                checked("connectionRequestTimeout", connectionRequestTimeout),
                "connectionRequestTimeout",
                " If calls wait for one another, send more slowly or raise maxConnections.",
                checked("requestTimeout", requestTimeout));
    }

    private static Duration checked(String name, Duration bound) {
        if (bound.isNegative() || bound.isZero() || bound.compareTo(MAX_BOUND) > 0) {
            throw new IllegalArgumentException(
                    "The %s is %s: use more than none and 1 day at most.".formatted(name, bound));
        }
        return bound;
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
        return call(
                "send",
                SEND_PATH,
                bounds,
                RequestEncoder.send(message),
                answer -> ResponseDecoder.send(answer, secrets));
    }

    /** What must not be repeated of the API's words: the key, and what was said to it. */
    private List<String> secrets(@Nullable String... sent) {
        List<String> secrets = new ArrayList<>(sent.length + 1);
        secrets.add(apiKey);
        for (String said : sent) {
            if (said != null) {
                secrets.add(said);
            }
        }
        return secrets;
    }

    @Override
    public CompletionStage<MessageStatus> status(String id) {
        return status(id, bounds);
    }

    @Override
    public CompletionStage<MessageStatus> status(String id, Duration writeWithin) {
        return status(
                id,
                writeWithin.compareTo(bounds.write()) < 0
                        ? new Bounds(
                                writeWithin.compareTo(MIN_BOUND) < 0 ? MIN_BOUND : writeWithin,
                                "all that was left of awaitTimeout",
                                "",
                                bounds.answer())
                        : bounds);
    }

    private CompletionStage<MessageStatus> status(String id, Bounds within) {
        try {
            SendTalkMessage.validateId(id);
            SendTalkMessage.requireNo(apiKey, "status", "id", id);
        } catch (SendTalkValidationException e) {
            return CompletableFuture.failedFuture(e);
        }
        // what was given as the id may be anything, such as the text of a message
        List<String> secrets = secrets(id);
        return call(
                "status",
                STATUS_PATH,
                within,
                RequestEncoder.status(id),
                answer -> ResponseDecoder.status(answer, secrets));
    }

    private <T> CompletionStage<T> call(
            String operation, String path, Bounds within, byte[] body, HttpCall.Decoder<T> decoder) {
        HttpCall<T> call = new HttpCall<>(connections, operation, host, within, decoder);
        call.start(request(path), body);
        return call.result();
    }

    private HttpRequest request(String path) {
        HttpRequest request = new BasicHttpRequest(Method.POST, host, pathPrefix + path);
        request.setHeader("API-Key", apiKey);
        request.setHeader(HttpHeaders.ACCEPT, "application/json");
        return request;
    }
}
