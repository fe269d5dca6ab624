package io.github.camelsendtalk.sandbox;

import com.github.tomakehurst.wiremock.common.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/** Talks to a sandbox as any HTTP client would. */
final class SandboxClient {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String baseUrl;
    private final String apiKey = "sandbox-test-" + UUID.randomUUID();

    SandboxClient(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    String apiKey() {
        return apiKey;
    }

    /** The answer to a send, on one line; the order of the fields is kept. */
    String send(String json) {
        return compact(post("/api/v1/message/send_whatsapp", json).join().body());
    }

    /** The answer to a question for a status, on one line; the order of the fields is kept. */
    String status(String json) {
        return compact(post("/api/v1/message/get_status", json).join().body());
    }

    String statusOf(String id) {
        return status("{\"id\": \"" + id + "\"}");
    }

    CompletableFuture<HttpResponse<String>> sendText(String phone, String body) {
        return post("/api/v1/message/send_whatsapp", text(phone, body));
    }

    CompletableFuture<HttpResponse<String>> post(String path, String body) {
        return HTTP.sendAsync(
                request(path)
                        .header("API-Key", apiKey)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> postWithoutKey(String path, String... headers) {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString("{}"));
        return now(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> get(String path) {
        return call("GET", path, "");
    }

    HttpResponse<String> call(String method, String path, String body) {
        return now(request(path).header("API-Key", apiKey).method(method, BodyPublishers.ofString(body)));
    }

    /** What the sandbox's own API answers. */
    JsonNode ask(String path) {
        return Json.node(get(path).body());
    }

    static String text(String phone, String body) {
        return "{\"phone\": \"%s\", \"messageType\": \"text\", \"body\": \"%s\"}".formatted(phone, body);
    }

    static String idIn(String answer) {
        JsonNode envelope = Json.node(answer);
        return envelope.at("/data/id").asText();
    }

    static String compact(String json) {
        return Json.node(json).toString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(20));
    }

    private static HttpResponse<String> now(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
