package io.github.camelsendtalk.cluster.otp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelsendtalk.ledger.FaultyApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Asks the instances in turn; one that does not answer, or is out of order, is left for the next, with the same request. */
final class Client {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final int ADDRESSES_OF_A_NET = 250;

    private final List<String> urls;
    private final HttpClient http = HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicInteger unavailable = new AtomicInteger();

    Client(List<String> urls) {
        this.urls = urls;
    }

    /** @param body its JSON */
    record Answer(int status, JsonNode body) {

        String text(String member) {
            return body.path(member).asText();
        }
    }

    /** How often no answer came. */
    int broken() {
        return broken.get();
    }

    /** How often an instance said that it is out of order. */
    int unavailable() {
        return unavailable.get();
    }

    /** Asks for the code of a number, of any instance that can. */
    Answer ask(int number) {
        return untilAnswered(number, url -> request(url, "/codes", number, asked(number)));
    }

    static Map<String, String> asked(int number) {
        return Map.of("phone", FaultyApi.phone(number), "purpose", "login", "language", number % 2 == 0 ? "id" : "en");
    }

    /** Whether it is the code of an id, and counts as used from now on. */
    Answer check(int number, UUID id, String code) {
        return untilAnswered(number, url -> request(url, "/codes/" + id + "/check", number, Map.of("code", code)));
    }

    Answer show(int number, UUID id) {
        return untilAnswered(number, url -> request(url, "/codes/" + id, number, null));
    }

    CompletableFuture<Integer> askAsync(int number) {
        return http.sendAsync(request(number, "/codes", number, asked(number)), BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    Answer guess(UUID id, String code) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                http.send(request(0, "/codes/" + id + "/check", 0, Map.of("code", code)), BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    private Answer untilAnswered(int first, IntFunction<HttpRequest> request) {
        AtomicInteger url = new AtomicInteger(first);
        return Awaitility.await("an answer for number " + first)
                .pollDelay(Duration.ZERO)
                .pollInterval(BETWEEN)
                .atMost(PATIENCE)
                .until(() -> answer(request.apply(url.getAndIncrement())), answer -> answer.status() != 0);
    }

    private Answer answer(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            JsonNode body = JSON.readTree(response.body());
            if (response.statusCode() == 503 && body.path("type").asText().equals("urn:otp:unavailable")) {
                unavailable.incrementAndGet();
                return new Answer(0, body);
            }
            return new Answer(response.statusCode(), body);
        } catch (IOException e) {
            broken.incrementAndGet();
            return new Answer(0, JSON.nullNode());
        }
    }

    private HttpRequest request(int url, String path, int number, @Nullable Map<String, String> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(urls.get(Math.floorMod(url, urls.size())) + path))
                .timeout(PATIENCE)
                .header("X-Forwarded-For", address(number));
        if (body != null) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json(body)));
        }
        return request.build();
    }

    /** An address for each number. */
    private static String address(int number) {
        return "198.%d.%d.%d"
                .formatted(
                        18 + number / ADDRESSES_OF_A_NET / ADDRESSES_OF_A_NET,
                        number / ADDRESSES_OF_A_NET % ADDRESSES_OF_A_NET,
                        1 + number % ADDRESSES_OF_A_NET);
    }

    private static String json(Map<String, String> body) {
        return JSON.valueToTree(body).toString();
    }
}
