package io.github.camelsendtalk.benchmark;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.jspecify.annotations.Nullable;

/** HttpClient 5's asynchronous client in a bare processor; the route goes on on its I/O thread. */
class Hc5Route extends ProcessorRoute {

    private final CloseableHttpAsyncClient http = HttpAsyncClients.custom()
            .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(MAX_CONNECTIONS)
                    .setMaxConnPerRoute(MAX_CONNECTIONS)
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
    private @Nullable URI target;

    @Override
    void prepare(CamelContext context, URI server) {
        target = server.resolve(SEND_PATH);
        http.start();
    }

    @Override
    void post(byte[] request, CompletableFuture<Answer> answer) {
        SimpleHttpRequest post = SimpleRequestBuilder.post(target)
                .setHeader("API-Key", API_KEY)
                .setBody(request, ContentType.APPLICATION_JSON)
                .build();
        http.execute(post, new FutureCallback<>() {
            @Override
            public void completed(SimpleHttpResponse response) {
                answer.complete(new Answer(response.getCode(), response.getBodyBytes()));
            }

            @Override
            public void failed(Exception cause) {
                answer.completeExceptionally(cause);
            }

            @Override
            public void cancelled() {
                answer.completeExceptionally(new IOException("Cancelled"));
            }
        });
    }

    @Override
    public void close() throws IOException {
        super.close();
        http.close();
    }
}
