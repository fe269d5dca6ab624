package io.github.camelsendtalk.client.http;

import java.net.URI;
import java.util.List;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.message.BasicHttpRequest;

/** Where requests go, and which headers all of them have. */
public final class RequestTarget {

    private final HttpHost host;
    private final String pathPrefix;
    private final List<RequestHeader> headers;

    /**
     * @param baseUrl the URL in front of each request's path
     * @param headers in the order in which they are written
     */
    public RequestTarget(URI baseUrl, List<RequestHeader> headers) {
        this.host = HttpHost.create(baseUrl);
        this.pathPrefix =
                baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath().replaceFirst("/+$", "");
        this.headers = List.copyOf(headers);
    }

    HttpRequest post(String path) {
        HttpRequest request = new BasicHttpRequest(Method.POST, host, pathPrefix + path);
        headers.forEach(header -> request.setHeader(header.name(), header.value()));
        return request;
    }

    boolean isTls() {
        return URIScheme.HTTPS.same(host.getSchemeName());
    }

    /** Scheme, host and port. */
    @Override
    public String toString() {
        return host.toString();
    }
}
