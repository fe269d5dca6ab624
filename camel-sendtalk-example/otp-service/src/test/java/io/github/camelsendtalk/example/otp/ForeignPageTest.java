package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages elsewhere on the web can't have codes sent by the browser of somebody who reaches the service. And who may see the page of ours. */
class ForeignPageTest {

    private static final String ASK = "{\"phone\": \"0812-1000-0199\", \"purpose\": \"login\", \"language\": \"id\"}";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void nothingWasAskedFor() {
        assertThat(service.jdbc().queryForObject("SELECT count(*) FROM code", Integer.class))
                .isZero();
    }

    /** What a browser sends to strangers without asking them first: the types that forms have, and none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/plain; charset=application/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=application/json"
            })
    @NullSource
    void whatABrowserSendsUnaskedIsRefused(@Nullable String contentType) throws Exception {
        for (String path : new String[] {"/codes", "/codes/" + UUID.randomUUID() + "/check"}) {
            HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(ASK));
            if (contentType != null) {
                request.header("Content-Type", contentType);
            }
            HttpResponse<String> refused = HTTP.send(request.build(), BodyHandlers.ofString());

            assertThat(refused.statusCode()).isEqualTo(415);
            assertAllowsNobody(refused);
        }
    }

    @Test
    void aBrowserThatAsksWhetherItMaySendJsonIsToldNo() throws Exception {
        HttpRequest preflight = request("/codes")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .method("OPTIONS", BodyPublishers.noBody())
                .build();

        HttpResponse<String> refused = HTTP.send(preflight, BodyHandlers.ofString());

        assertThat(refused.statusCode()).isEqualTo(403);
        assertAllowsNobody(refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page.json", "/openapi.yaml", "/codes/123"})
    void noPageElsewhereMayReadAnAnswer(String path) throws Exception {
        assertAllowsNobody(HTTP.send(request(path).build(), BodyHandlers.ofString()));
    }

    @Test
    void whereMessagesAreRealThereIsNoPage() throws Exception {
        try (RunningService real =
                service.another("spring.profiles.active=real", "SENDTALK_API_KEY=test-key-" + UUID.randomUUID())) {
            for (String path : new String[] {"/", "/index.html", "/page.js", "/page.css", "/page.json"}) {
                assertThat(status(real, path)).as(path).isEqualTo(404);
            }
            assertThat(status(real, "/openapi.yaml")).isEqualTo(200);
        }
        for (String path : new String[] {"/", "/page.js", "/page.css", "/page.json", "/openapi.yaml"}) {
            assertThat(status(service, path)).as(path).isEqualTo(200);
        }
    }

    private static int status(RunningService asked, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(asked.url(path))).build();
        return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(service.url(path))).header("Origin", "https://elsewhere.example");
    }

    private static void assertAllowsNobody(HttpResponse<String> response) {
        assertThat(response.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-allow"));
    }
}
