package io.github.camelsendtalk.sandbox;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.LoggedResponse;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came and its answer as it went out, but for the API key.
 *
 * @param answer null while it is held back
 */
record RawExchange(Sent request, @Nullable Answer answer) {

    /** A request. */
    record Sent(String method, String url, List<Header> headers, String body) {}

    /** An answer, or the fault that came instead of one. */
    record Answer(int status, @Nullable Fault fault, List<Header> headers, String body) {}

    /** A header with one value. */
    record Header(String name, String value) {}

    static RawExchange of(ServeEvent event) {
        return new RawExchange(of(event.getRequest()), isHeldBack(event) ? null : of(event.getResponse()));
    }

    /** WireMock has an answer in its journal before the delay begins. */
    private static boolean isHeldBack(ServeEvent event) {
        Integer delay = event.getResponseDefinition().getFixedDelayMilliseconds();
        return delay != null
                && System.currentTimeMillis()
                        < event.getRequest().getLoggedDate().getTime() + delay;
    }

    private static Sent of(LoggedRequest request) {
        return new Sent(
                request.getMethod().value(),
                request.getUrl(),
                headersOf(request.getHeaders()),
                request.getBodyAsString());
    }

    private static Answer of(LoggedResponse response) {
        return new Answer(
                response.getStatus(),
                response.getFault(),
                headersOf(response.getHeaders()),
                response.getBodyAsString());
    }

    private static List<Header> headersOf(@Nullable HttpHeaders headers) {
        return headers == null
                ? List.of()
                : headers.all().stream()
                        .flatMap(header -> valuesOf(header).stream())
                        .toList();
    }

    private static List<Header> valuesOf(HttpHeader header) {
        return header.values().stream()
                .map(value -> new Header(header.key(), header.keyEquals("API-Key") ? "****" : value))
                .toList();
    }
}
