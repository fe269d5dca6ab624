package io.github.camelsendtalk;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.util.StringHelper;

/** The names in a URI: which are options, and which may have been meant. */
final class OptionNames {

    private static final int MAX_DISTANCE = 3;

    /** Camel counts the operation among the options, though it stands in front of them. */
    private static final String PATH = "operation";

    private OptionNames() {}

    static void requireKnown(Set<String> given, Set<String> names, Predicate<String> ofComponent, String scheme) {
        String complaints = given.stream()
                .filter(name -> !names.contains(name) || name.equals(PATH))
                .sorted()
                .map(name -> unknown(name, names, ofComponent, scheme))
                .collect(Collectors.joining(" "));
        if (!complaints.isEmpty()) {
            throw new IllegalArgumentException(complaints);
        }
    }

    private static String unknown(String name, Set<String> names, Predicate<String> ofComponent, String scheme) {
        List<String> options =
                names.stream().filter(option -> !option.equals(PATH)).sorted().toList();
        String near = options.stream()
                .filter(option -> distance(name, option) <= MAX_DISTANCE)
                .min(Comparator.comparingInt(option -> distance(name, option)))
                .orElse(null);
        if (ofComponent.test(name) && (near == null || distance(name, near) > 0)) {
            return "The option %s is an option of the component, not of an endpoint: set camel.component.%s.%s; for another value set up another component."
                    .formatted(name, scheme, StringHelper.camelCaseToDash(name));
        }
        return "There is no option %s.%s"
                .formatted(
                        shown(name),
                        near != null
                                ? " Did you mean %s?".formatted(near)
                                : " There are %s.".formatted(String.join(", ", options)));
    }

    /** The name, unless no option could have it, such as a secret in its place. */
    static String shown(String name) {
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
}
