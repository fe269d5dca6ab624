package io.github.camelsendtalk.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plays SendTalk well: takes every message, and answers each request after the same time. */
final class PromptApi implements AutoCloseable {

    private static final String SENT = """
            {"status":200,"error":{"code":"","message":"","field":""},"data":{"success":true,"message":"",\
            "reason":"","id":"m-%d"}}""";
    private static final String STATUS = """
            {"status":200,"error":{"code":"","message":"","field":""},"data":{"status":"sent","isPending":false,\
            "isSent":true,"sentTime":1764000000000,"currency":"IDR","price":100,"createdTime":1764000000000}}""";

    private final int delayMillis;
    private final Pattern key;
    private final AtomicLong taken = new AtomicLong();
    private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    /**
     * Starts it.
     *
     * @param delayMillis after how long it answers
     * @param key what in the JSON of a message it is known by: the first group
     */
    PromptApi(int delayMillis, Pattern key) {
        this.delayMillis = delayMillis;
        this.key = key;
        this.server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** When each message that has a key came first, by {@link System#nanoTime()}. */
    Map<String, Long> arrivals() {
        return arrivals;
    }

    private void answer(HttpServerRequest request, Buffer body) {
        String answer = STATUS;
        if (request.path().endsWith("/send_whatsapp")) {
            answer = SENT.formatted(taken.incrementAndGet());
            Matcher known = key.matcher(body.toString());
            if (known.find()) {
                arrivals.putIfAbsent(known.group(1), System.nanoTime());
            }
        }
        String json = answer;
        if (delayMillis == 0) {
            end(request, json);
        } else {
            vertx.setTimer(delayMillis, timer -> end(request, json));
        }
    }

    private static void end(HttpServerRequest request, String json) {
        request.response().putHeader("Content-Type", "application/json").end(json);
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
