package io.github.camelsendtalk.ledger.comparison;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where keys, numbers and texts were written to: exceptions, and the log by level. */
final class Traces {

    private static final Pattern LEVEL = Pattern.compile("\\] (ERROR|WARN|INFO|DEBUG) ");
    private static final String NOWHERE = "nowhere";

    private final List<Finding> findings;
    private final String[] log;

    /** @param findings all of one contender */
    Traces(List<Finding> findings, String log) {
        this.findings = findings;
        this.log = log.split("\n");
    }

    boolean isEmpty() {
        return Stream.<Function<Letter, String>>of(Letter::secret, Letter::recipient, Letter::text)
                .allMatch(what -> places(what).isEmpty());
    }

    /** A cell of the table. */
    String cell() {
        return "key: %s +\nnumber: %s +\ntext: %s"
                .formatted(
                        words(places(Letter::secret)), words(places(Letter::recipient)), words(places(Letter::text)));
    }

    private static String words(Set<String> places) {
        return places.isEmpty() ? NOWHERE : "*" + String.join(", ", places) + "*";
    }

    private Set<String> places(Function<Letter, String> what) {
        Set<String> places = new TreeSet<>(levels(what));
        if (findings.stream().anyMatch(finding -> finding.traces().contains(what.apply(finding.letter())))) {
            places.add("exception");
        }
        return places;
    }

    private Set<String> levels(Function<Letter, String> what) {
        List<String> wanted = findings.stream().map(Finding::letter).map(what).toList();
        Set<String> levels = new TreeSet<>();
        String level = "";
        for (String line : log) {
            Matcher matcher = LEVEL.matcher(line);
            level = matcher.find() ? matcher.group(1) : level;
            if (wanted.stream().anyMatch(line::contains)) {
                levels.add("log at " + level);
            }
        }
        return levels;
    }
}
