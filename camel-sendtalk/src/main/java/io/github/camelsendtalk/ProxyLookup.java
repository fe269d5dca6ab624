package io.github.camelsendtalk;

import io.github.camelsendtalk.client.http.ConnectionSettings.Proxy;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.jspecify.annotations.Nullable;

/**
 * Finds the forward proxy that the context knows for its own calls. It is not used for hosts that the context calls
 * directly, nor for this machine.
 */
final class ProxyLookup {

    private ProxyLookup() {}

    /** @return the proxy for calls to a host, or null for none */
    static @Nullable Proxy find(CamelContext context, String host) {
        return BaseUrl.isLoopback(host) ? null : ofContext(context, host);
    }

    private static @Nullable Proxy ofContext(CamelContext context, String host) {
        for (String name : new String[] {"https", "http"}) {
            if (context.hasComponent(name) instanceof HttpComponent http
                    && http.getProxyHost() != null
                    && http.getProxyPort() != null) {
                return isDirect(host, nonProxyHosts(http)) ? null : ofHttpComponent(name, http);
            }
        }
        String proxy = context.getGlobalOption("http.proxyHost");
        String port = context.getGlobalOption("http.proxyPort");
        if (proxy == null || proxy.isBlank() || port == null || port.isBlank()) {
            return null;
        }
        String scheme = context.getGlobalOption("http.proxyScheme");
        return isDirect(host, context.getGlobalOption("http.nonProxyHosts"))
                ? null
                : new Proxy(scheme == null ? "http" : scheme, proxy, Integer.parseInt(port.strip()), null, null);
    }

    private static Proxy ofHttpComponent(String name, HttpComponent http) {
        String method = method(http);
        if (http.getProxyAuthUsername() != null && !method.equalsIgnoreCase("Basic")) {
            throw new IllegalArgumentException(
                    "The %s component logs in to its proxy %s:%d by %s, which sendtalk does not do, and its password is not sent in another way: set the options proxyHost and proxyPort of the sendtalk component, with proxyUsername and proxyPassword if that proxy takes Basic."
                            .formatted(name, http.getProxyHost(), http.getProxyPort(), method));
        }
        return new Proxy(
                "http",
                http.getProxyHost(),
                http.getProxyPort(),
                http.getProxyAuthUsername(),
                http.getProxyAuthPassword());
    }

    private static String method(HttpComponent http) {
        if (http.getProxyAuthMethod() != null) {
            return http.getProxyAuthMethod();
        }
        return http.getProxyAuthDomain() != null || http.getProxyAuthNtHost() != null ? "NTLM" : "Basic";
    }

    private static @Nullable String nonProxyHosts(HttpComponent http) {
        try {
            return http.getNonProxyHosts();
        } catch (NoSuchMethodError e) {
            // of a Camel that does not have the option yet
            return null;
        }
    }

    /** Whether a host is in a list of names and patterns such as {@code localhost,*.example.com}, or with Java's bars. */
    private static boolean isDirect(String host, @Nullable String nonProxyHosts) {
        return nonProxyHosts != null
                && Stream.of(nonProxyHosts.split("[,|]"))
                        .map(pattern -> Pattern.quote(pattern.strip()).replace("*", "\\E.*\\Q"))
                        .anyMatch(pattern -> Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
                                .matcher(host)
                                .matches());
    }
}
