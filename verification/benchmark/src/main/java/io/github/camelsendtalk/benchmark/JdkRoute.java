package io.github.camelsendtalk.benchmark;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** The JDK's client in a bare processor. */
final class JdkRoute extends ProcessorRoute {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private @Nullable URI target;

    @Override
    void prepare(CamelContext context, URI server) {
        target = server.resolve(SEND_PATH);
    }

    @Override
    void post(byte[] request, CompletableFuture<Answer> answer) {
        HttpRequest post = HttpRequest.newBuilder(target)
                .header("API-Key", API_KEY)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(request))
                .build();
        http.sendAsync(post, BodyHandlers.ofByteArray()).whenComplete((response, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else {
                answer.complete(new Answer(response.statusCode(), response.body()));
            }
        });
    }
}
