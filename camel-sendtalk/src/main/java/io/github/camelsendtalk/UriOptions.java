package io.github.camelsendtalk;

import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * The options in an endpoint's URI, before they are set.
 *
 * <p>No complaint quotes a value, which may be a key, a text or a number; nor a name that no option could have.
 */
final class UriOptions {

    /** What has an effect on one operation alone. */
    private static final Map<SendTalkOperation, Set<String>> OWN = Map.of(
            SendTalkOperation.send,
            Set.of("phone", "messageType", "filename", "caption", "phoneRegion", "plainHeaders"),
            SendTalkOperation.status,
            Set.of("awaitTimeout", "pollInterval"));

    private static final Set<String> OF_IMAGES = Set.of("filename", "caption");
    private static final int MAX_DISTANCE = 3;

    private UriOptions() {}

    /**
     * Finds what is certainly a mistake, and takes away what says nothing: a blank in {@code RAW()} is what a kamelet writes
     * where it was given nothing.
     *
     * @throws IllegalArgumentException for an option that is given twice, is blank, or has no effect
     */
    static void check(SendTalkOperation operation, String uri, Map<String, Object> options) {
        options.forEach(UriOptions::requireOnce);
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
            throw new IllegalArgumentException("The option %s is given twice: keep one.".formatted(shown(option)));
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
                "The option %s is blank: give it a value, or leave it out.".formatted(shown(option)));
    }

    static void requireEffect(String option, SendTalkOperation operation) {
        for (Map.Entry<SendTalkOperation, Set<String>> own : OWN.entrySet()) {
            if (own.getKey() != operation && own.getValue().contains(option)) {
                throw new IllegalArgumentException(
                        "The option %s has no effect on sendtalk:%s: leave it out.".formatted(option, operation));
            }
        }
    }

    /** Camel reads the plus in {@code phone=+81…} as a blank; nobody writes a blank in front of a number in a URI. */
    static @Nullable String withPlus(@Nullable String phone) {
        return phone != null && phone.matches("\\s\\d.*") ? "+" + phone.substring(1) : phone;
    }

    /**
     * A complaint of options that an endpoint does not have.
     *
     * @param ofComponent whether a name is that of an option of the component, which stands in no URI
     */
    static IllegalArgumentException unknown(
            Set<String> names, Set<String> ofEndpoint, Predicate<String> ofComponent, String scheme) {
        return new IllegalArgumentException(names.stream()
                .sorted()
                .map(name -> unknown(name, ofEndpoint, ofComponent, scheme))
                .collect(Collectors.joining(" ")));
    }

    private static String unknown(String name, Set<String> ofEndpoint, Predicate<String> ofComponent, String scheme) {
        if (ofComponent.test(name)) {
            return "The option %s is an option of the component, not of an endpoint: set camel.component.%s.%s; for another value set up another component."
                    .formatted(name, scheme, StringHelper.camelCaseToDash(name));
        }
        String meant = ofEndpoint.stream()
                .sorted()
                .filter(option -> distance(name, option) <= MAX_DISTANCE)
                .min(Comparator.comparingInt(option -> distance(name, option)))
                .map(" Did you mean %s?"::formatted)
                .orElse("");
        return "There is no option %s.%s".formatted(shown(name), meant);
    }

    private static String shown(String name) {
        return name.matches("[A-Za-z][A-Za-z0-9.-]{0,39}")
                ? name
                : "of this name (%d characters)".formatted(name.length());
    }

    /** How many letters must be put in, taken out or replaced to make one of the other, in any case (Levenshtein). */
    private static int distance(String one, String other) {
        if (Math.abs(one.length() - other.length()) > MAX_DISTANCE) {
            return Integer.MAX_VALUE;
        }
        int[] last = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[last.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                boolean same = Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
            }
            last = row;
        }
        return last[other.length()];
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
