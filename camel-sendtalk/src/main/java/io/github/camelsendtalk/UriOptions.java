package io.github.camelsendtalk;

import io.github.camelsendtalk.client.Operation;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * The options in an endpoint's URI, before they are set.
 *
 * <p>No complaint quotes a value, which may be a key, a text or a number; nor a name that no option could have.
 */
final class UriOptions {

    /** What does not have an effect on each operation. */
    private static final Map<Operation, Set<String>> OWN = Map.of(
            Operation.send,
            Set.of("phone", "messageType", "filename", "caption", "phoneRegion", "plainHeaders"),
            Operation.status,
            Set.of("awaitTimeout", "pollInterval"),
            Operation.check,
            Set.of("phone", "phoneRegion", "plainHeaders"));

    private static final String URIS =
            Stream.of(Operation.values()).map(known -> "sendtalk:" + known).collect(Collectors.joining(", "));

    /** Milliseconds, a time as Camel writes it ({@code 1m30s}) or ISO 8601's; or a bean. */
    private static final Pattern TIME =
            Pattern.compile("\\s*[-+]?\\d[\\d.\\s]*(?:(?:ms|[dhmsDHMS])[\\d.\\s]*)*|[-+]?[Pp].*|#.*");

    private static final Set<String> OF_IMAGES = Set.of("filename", "caption");

    private UriOptions() {}

    /**
     * Reads the operation in an endpoint's URI, such as {@code sendtalk://send?phone=…}, without regard to case.
     *
     * @throws IllegalArgumentException if there is no such operation, or none at all
     */
    static Operation operation(String uri) {
        String path = StringHelper.after(StringHelper.before(uri, "?", uri), ":", "");
        String operation = path.startsWith("//") ? path.substring(2) : path;
        if (operation.isBlank()) {
            throw new IllegalArgumentException("The operation is missing: use one of %s.".formatted(URIS));
        }
        return Stream.of(Operation.values())
                .filter(known -> known.name().equalsIgnoreCase(operation.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The operation %s is unknown: use one of %s.".formatted(OptionChecks.shown(operation), URIS)));
    }

    /**
     * Finds what is certainly a mistake, and removes empty options: a blank in {@code RAW()} is what a kamelet writes
     * where it was given nothing.
     *
     * @param names of all options of an endpoint; any other name would reach further than the endpoint, since Camel takes
     *     {@code component.baseUrl} for a property of its component
     * @param ofComponent whether a name is that of an option of the component, which stands in no URI
     * @throws IllegalArgumentException for an option that does not exist, is given twice, is blank, or has no effect
     */
    static void check(
            Operation operation,
            String uri,
            Map<String, Object> options,
            Set<String> names,
            Predicate<String> ofComponent) {
        OptionNames.requireKnown(options.keySet(), names, ofComponent, StringHelper.before(uri, ":"));
        options.forEach(UriOptions::requireOnce);
        options.forEach(UriOptions::requireTime);
        options.entrySet().removeIf(option -> saysNothing(option.getKey(), option.getValue(), uri));
        options.keySet().forEach(option -> requireEffect(option, operation));
        requireImage(options);
    }

    private static void requireImage(Map<String, Object> options) {
        String type =
                options.get("messageType") instanceof String text ? text.strip().toLowerCase(Locale.ROOT) : "";
        for (String option : OF_IMAGES) {
            if (options.containsKey(option) && (type.equals("text") || type.equals("otp"))) {
                throw new IllegalArgumentException(
                        "The option %s has no effect beside the messageType %s: only images have it."
                                .formatted(option, type));
            }
        }
    }

    private static void requireOnce(String option, Object value) {
        if (value instanceof Collection<?>) {
            throw new IllegalArgumentException(
                    "The option %s is given twice: keep one.".formatted(OptionNames.shown(option)));
        }
    }

    /** Camel reads what is not a time as 0. */
    private static void requireTime(String option, Object value) {
        boolean time = option.endsWith("Timeout") || option.endsWith("Interval");
        if (time
                && value instanceof String text
                && !text.isBlank()
                && !TIME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "The option %s is not a time: use milliseconds, or a time such as 10s.".formatted(option));
        }
    }

    private static boolean saysNothing(String option, Object value, String uri) {
        // a blank key is complained of as a missing one
        if (!(value instanceof String text) || !text.isBlank() || option.equals("apiKey")) {
            return false;
        }
        if (uri.contains(option + "=RAW()") || uri.contains(option + "=RAW{}")) {
            return true;
        }
        throw new IllegalArgumentException(
                "The option %s is blank: give it a value, or leave it out.".formatted(OptionNames.shown(option)));
    }

    static void requireEffect(String option, Operation operation) {
        if (!hasEffect(option, operation)) {
            throw new IllegalArgumentException(
                    "The option %s has no effect on sendtalk:%s: leave it out.".formatted(option, operation));
        }
    }

    static boolean hasEffect(String option, Operation operation) {
        return OWN.get(operation).contains(option) || OWN.values().stream().noneMatch(own -> own.contains(option));
    }

    /** Camel reads the plus in {@code phone=+81…} as a blank; nobody writes a blank in front of a number in a URI. */
    static @Nullable String withPlus(@Nullable String phone) {
        return phone != null && phone.matches("\\s\\d.*") ? "+" + phone.substring(1) : phone;
    }

    /** The parameters in a URI as its author wrote it, with the expressions in their values left out. */
    static Map<String, Object> written(String uri) {
        try {
            return URISupport.parseQuery(URISupport.extractQuery(withoutExpressions(uri)), true);
        } catch (URISyntaxException e) {
            // such as an expression that stands for all parameters: then the author has named none
            return Map.of();
        }
    }

    private static String withoutExpressions(String uri) {
        StringBuilder text = new StringBuilder(uri.length());
        int depth = 0;
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c == '{' && (depth > 0 || uri.startsWith("$", i - 1) || uri.startsWith("$simple", i - 7))) {
                depth++;
            } else if (c == '}' && depth > 0) {
                depth--;
            } else if (depth == 0) {
                text.append(c);
            }
        }
        return text.toString();
    }
}
