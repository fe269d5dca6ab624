package io.github.camelsendtalk;

import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.PhoneReader;
import io.github.camelsendtalk.client.SendTalkConnections;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.hc.client5.http.async.HttpAsyncClient;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the values of options, found at start: each complaint is a sentence that names the option, what it is,
 * and what it may be. It quotes no value that may be a secret.
 *
 * <p>All throw an {@link IllegalArgumentException}.
 */
final class OptionChecks {

    private static final Duration MAX_TIME = Duration.ofDays(1);

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7e]+");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[\\w.-]+}");

    /** A name, or an IPv6 address with its many colons. */
    private static final Pattern HOST = Pattern.compile("[^\\s/:@?#]+|\\[?[0-9a-fA-F]*:[0-9a-fA-F]*:[^\\s/@?#]*");

    private OptionChecks() {}

    /** Checks everything but that there is a key. */
    static void check(SendTalkConfiguration options) {
        String apiKey = options.getApiKey();
        if (apiKey != null && !apiKey.isBlank()) {
            checkKey(apiKey);
        }
        String messageType = options.getMessageType();
        if (messageType != null && !messageType.isBlank()) {
            checkMessageType(messageType);
        }
        String phoneRegion = options.getPhoneRegion();
        if (phoneRegion != null && !phoneRegion.isBlank() && !PhoneReader.knows(phoneRegion)) {
            throw new IllegalArgumentException("The option phoneRegion is %s: use an ISO 3166 country code such as ID."
                    .formatted(shown(phoneRegion)));
        }
        checkTime("connectionRequestTimeout", options.getConnectionRequestTimeout(), 1);
        checkTime("requestTimeout", options.getRequestTimeout(), 1);
        checkTime("awaitTimeout", options.getAwaitTimeout(), 0);
        checkTime("pollInterval", options.getPollInterval(), 1);
    }

    /** A word in quotes; a longer value may be anything, such as a secret that a placeholder brought. */
    static String shown(String value) {
        return value.matches("[A-Za-z_-]{1,12}")
                ? "'" + value + "'"
                : "a value of %d characters".formatted(value.length());
    }

    private static void checkKey(String apiKey) {
        if (PLACEHOLDER.matcher(apiKey).matches()) {
            // Spring Boot leaves it as it is
            throw new IllegalArgumentException(
                    "The option apiKey is the placeholder %s, for which there is no value: set the variable or property that it names."
                            .formatted(apiKey));
        }
        if (!VISIBLE_ASCII.matcher(apiKey).matches()) {
            throw new IllegalArgumentException(
                    "The option apiKey holds a blank, a line break or another character that no API key has: check where it"
                            + " is read from.");
        }
    }

    private static void checkMessageType(String messageType) {
        try {
            MessageType.of(messageType);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The option messageType %s is unknown: use otp, text or image.".formatted(shown(messageType)));
        }
    }

    /** A timeout must pass some day; and what is larger than a long of nanoseconds fails each call. */
    static void checkTime(String option, long millis, long least) {
        atLeast(option, millis, least);
        if (millis > MAX_TIME.toMillis()) {
            throw new IllegalArgumentException(
                    "The option %s is %d: use %d (1 day) or less.".formatted(option, millis, MAX_TIME.toMillis()));
        }
    }

    static void atLeast(String option, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException("The option %s is %d: use %d or more.".formatted(option, value, least));
        }
    }

    /** Checks the number of an endpoint; that of the component counts where the URI has none. */
    static void checkPhone(SendTalkConfiguration own, SendTalkConfiguration component) {
        String phone = own.getPhone() != null ? own.getPhone() : component.getPhone();
        if (phone != null) {
            try {
                new PhoneReader(
                                own.getPhone() != null
                                        ? own.getPhoneRegion()
                                        : component.phoneRegionOr(own.getPhoneRegion()))
                        .read(phone);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "The phone number in the option phone %s.".formatted(e.getMessage()));
            }
        }
    }

    static void requireKey(SendTalkConfiguration configuration, CamelContext context, String component) {
        if (configuration.getApiKey() == null || configuration.getApiKey().isBlank()) {
            throw new IllegalArgumentException(
                    "The option apiKey is missing: set %s (for all endpoints), or the endpoint's option apiKey."
                            .formatted(placeOfKey(context, component)));
        }
    }

    /** Where the key is configured in the runtime at hand, which is recognized by its context's class. */
    private static String placeOfKey(CamelContext context, String component) {
        if (!component.equals("sendtalk")) {
            return "the apiKey of the component " + component;
        }
        String runtime = context.getClass().getName();
        if (runtime.startsWith("org.apache.camel.spring.boot.")) {
            return "camel.component.sendtalk.api-key=${SENDTALK_API_KEY} in Spring Boot's application.properties, with"
                    + " camel-sendtalk-starter as a dependency";
        }
        if (runtime.startsWith("org.apache.camel.quarkus.")) {
            return "camel.component.sendtalk.api-key=${SENDTALK_API_KEY} in Quarkus' application.properties, and that"
                    + " variable";
        }
        return "camel.component.sendtalk.api-key={{env:SENDTALK_API_KEY}} in application.properties";
    }

    static void checkUserAgent(String userAgent) {
        if (!userAgent.matches("[\\x20-\\x7e]*[\\x21-\\x7e][\\x20-\\x7e]*")) {
            throw new IllegalArgumentException(
                    "The option userAgent is blank or holds a line break or another character that no header may hold.");
        }
    }

    static void checkProxy(String host, @Nullable Integer port) {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "The option proxyHost is '%s': use the name of the host alone, such as proxy.example, and the option proxyPort for its port."
                            .formatted(BaseUrl.withoutSecrets(host)));
        }
        if (port == null || port < 1 || port > 65535) {
            throw new IllegalArgumentException(
                    "The option proxyPort is %s: use a port from 1 to 65535 beside proxyHost.".formatted(port));
        }
    }

    static void checkHttpClient(HttpAsyncClient httpClient) {
        if (!SendTalkConnections.isStarted(httpClient)) {
            throw new IllegalArgumentException(
                    "The option httpClient is a client that was never started, or is closed: call its start() before the context starts.");
        }
    }

    static void checkWorkerPool(ExecutorService workerPool) {
        if (workerPool instanceof ThreadPoolExecutor pool && drops(pool)) {
            throw new IllegalArgumentException(
                    "The option workerPool has a policy that drops tasks, which would leave exchanges open: use AbortPolicy.");
        }
    }

    private static boolean drops(ThreadPoolExecutor pool) {
        return pool.getRejectedExecutionHandler() instanceof ThreadPoolExecutor.DiscardPolicy
                || pool.getRejectedExecutionHandler() instanceof ThreadPoolExecutor.DiscardOldestPolicy;
    }
}
