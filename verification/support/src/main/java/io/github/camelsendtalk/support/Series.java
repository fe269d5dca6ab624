package io.github.camelsendtalk.support;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A line of what Prometheus scrapes. */
public record Series(String name, Map<String, String> labels, double value) {

    private static final Pattern LINE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    public static List<Series> parse(String scraped) {
        return LINE.matcher(scraped).results().map(Series::of).toList();
    }

    private static Series of(MatchResult line) {
        return new Series(
                line.group(1),
                line.group(2) == null ? Map.of() : labels(line.group(2)),
                Double.parseDouble(line.group(3)));
    }

    private static Map<String, String> labels(String text) {
        return LABEL.matcher(text).results().collect(Collectors.toMap(l -> l.group(1), l -> l.group(2)));
    }

    /** Whether it has this name, and these labels beside others. */
    public boolean is(String otherName, Map<String, String> some) {
        return name.equals(otherName) && labels.entrySet().containsAll(some.entrySet());
    }
}
