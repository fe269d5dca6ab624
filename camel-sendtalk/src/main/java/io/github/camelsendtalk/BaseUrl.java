package io.github.camelsendtalk;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the API is: the URL that the paths of its operations are added to. */
final class BaseUrl {

    static final String DEFAULT = "https://sendtalk-api.taptalk.io";

    private static final Pattern BLANK = Pattern.compile("\\s");
    private static final Pattern PORT = Pattern.compile("^\\w+://[^/?#]*:(\\d+)(?=[/?#]|$)");

    /** Where a URL goes on with what every call adds; a path before that is a gateway's, and kept. */
    private static final Pattern OPERATION_PATH = Pattern.compile("(/api/v1(?:/message(?:/\\w+)?)?)/*$");

    private BaseUrl() {}

    /**
     * Reads the option baseUrl.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong with it
     */
    static URI parse(@Nullable String baseUrl) {
        String url = baseUrl == null ? "" : baseUrl.strip();
        Matcher port = PORT.matcher(url);
        if (BLANK.matcher(url).find()) {
            throw wrong(baseUrl, "it holds a blank");
        }
        if (port.find() && !isPort(port.group(1))) {
            throw wrong(baseUrl, "its port is not from 1 to 65535");
        }
        URI uri = httpUri(url);
        if (uri == null) {
            throw wrong(baseUrl, "use an http(s) URL without user, query and fragment, such as " + DEFAULT);
        }
        Matcher operation = OPERATION_PATH.matcher(uri.getRawPath());
        if (operation.find()) {
            throw wrong(baseUrl, "leave %s out, which the component adds itself".formatted(operation.group(1)));
        }
        return uri;
    }

    private static IllegalArgumentException wrong(@Nullable String baseUrl, String why) {
        return new IllegalArgumentException("The option baseUrl is '%s': %s.".formatted(withoutSecrets(baseUrl), why));
    }

    private static boolean isPort(String digits) {
        return digits.length() <= 5 && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= 65535;
    }

    private static @Nullable URI httpUri(String url) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean http = scheme.equals("https") || scheme.equals("http");
            boolean hostAndPathOnly = uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            return http && hostAndPathOnly ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    static @Nullable String withoutSecrets(@Nullable String url) {
        return url == null ? null : url.replaceAll("//[^/]*@", "//***@").replaceAll("[?#].*", "?***");
    }

    /** Whether a host is this machine, without asking a name server. */
    static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return host.matches("[\\d.]+|\\[.*]") && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
