package io.github.camelsendtalk.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An expression of PromQL, and where it stands. */
public record Query(String where, String expression) {

    private static final Set<String> WORDS_OF_PROMQL =
            Set.of("max", "sum", "rate", "increase", "absent", "avg_over_time", "by", "and", "or", "offset");

    /** {@code name{label="value",label=~"one|another"}} */
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_]\\w*)\\{([^}]*)}");

    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|=)\"([^\"]*)\"");

    /** The rules of the first group of a file, each with its {@code alert} and {@code annotations}. */
    public static Stream<JsonNode> rules(Path file) {
        try {
            JsonNode rules = new YAMLMapper().readTree(file.toFile()).at("/groups/0/rules");
            return StreamSupport.stream(rules.spliterator(), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Stream<Query> ofAlerts(Path file) {
        return rules(file)
                .map(rule -> new Query(
                        "alert " + rule.get("alert").asText(), rule.get("expr").asText()));
    }

    /** Fails if a metric or a selector finds nothing in what is shown. */
    public void findsAllIn(List<Series> shown) {
        assertThat(metrics())
                .as(where)
                .isNotEmpty()
                .isSubsetOf(shown.stream().map(Series::name).collect(Collectors.toSet()));
        assertThat(SELECTOR.matcher(expression).results())
                .as(where)
                .allMatch(selector -> shown.stream().anyMatch(series -> isSelected(series, selector)));
    }

    /** What is neither a string, a label, a duration, nor a word of the language, is the name of a metric. */
    private Set<String> metrics() {
        String names = expression
                .replaceAll("\"[^\"]*\"", "")
                .replaceAll("\\{[^}]*}", "")
                .replaceAll("\\[[^]]*]", "")
                .replaceAll("offset \\w+", "")
                .replaceAll("by \\([^)]*\\)", "");
        Set<String> metrics = Pattern.compile("[a-zA-Z_]\\w*")
                .matcher(names)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(HashSet::new));
        metrics.removeAll(WORDS_OF_PROMQL);
        return metrics;
    }

    private static boolean isSelected(Series series, MatchResult selector) {
        return series.name().equals(selector.group(1))
                && MATCHER.matcher(selector.group(2)).results().allMatch(matcher -> isMatched(series, matcher));
    }

    private static boolean isMatched(Series series, MatchResult matcher) {
        String value = series.labels().get(matcher.group(1));
        String wanted = matcher.group(3);
        return value != null
                && (wanted.startsWith("$")
                        || (matcher.group(2).equals("=") ? value.equals(wanted) : value.matches(wanted)));
    }
}
