package io.github.camelsendtalk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case has its tests, and the tests that are named beside it know it by its number. */
class CasesTest {

    private static final Pattern ROW = Pattern.compile("^\\| (R?\\d+) \\|.*\\| ([^|]+) \\|$", Pattern.MULTILINE);
    private static final Pattern CLASS = Pattern.compile("`(\\w+)`");
    /** As in "case 24", "case30_", "case 10, 15" and "cases 1 to 9, 11 and 14", but not in a switch. */
    private static final Pattern HARD = Pattern.compile("\\bcases? ?(\\d++(?:(?:, | and | to )\\d++)*+)(?! ->)");

    private static final Pattern ROUTE = Pattern.compile("\\b[Rr](\\d++)(?: to R(\\d++))?");
    private static final Pattern RANGE = Pattern.compile("(\\d+)(?: to (\\d+))?");

    /** The numbers of the cases that each test class names. */
    private static Map<String, Set<String>> numbers;

    record Case(String number, List<String> tests) {
        @Override
        public String toString() {
            return number;
        }
    }

    static List<Case> cases() throws IOException {
        return ROW.matcher(Document.read("docs/cases.md").text())
                .results()
                .map(row -> new Case(row.group(1), classes(row.group(2))))
                .toList();
    }

    private static List<String> classes(String cell) {
        return CLASS.matcher(cell).results().map(name -> name.group(1)).toList();
    }

    @BeforeAll
    static void readTests() throws IOException {
        try (Stream<Path> files = Files.walk(Document.ROOT)) {
            List<Path> tests = files.filter(CasesTest::isTest).toList();
            numbers = tests.stream()
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            CasesTest::numbersIn,
                            (one, other) ->
                                    Stream.of(one, other).flatMap(Set::stream).collect(Collectors.toSet())));
        }
    }

    private static boolean isTest(Path file) {
        String path = Document.ROOT.relativize(file).toString().replace('\\', '/');
        return path.contains("src/test/java/") && path.endsWith("Test.java") && !path.contains("target/");
    }

    private static Set<String> numbersIn(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set<String> numbers = new TreeSet<>();
        HARD.matcher(text)
                .results()
                .flatMap(found -> RANGE.matcher(found.group(1)).results())
                .forEach(range -> addTo(numbers, "", range));
        ROUTE.matcher(text).results().forEach(range -> addTo(numbers, "R", range));
        return numbers;
    }

    private static void addTo(Set<String> numbers, String prefix, MatchResult range) {
        int first = Integer.parseInt(range.group(1));
        int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
        IntStream.rangeClosed(first, last).forEach(number -> numbers.add(prefix + number));
    }

    @Test
    void allCasesAreThere() throws IOException {
        List<String> all = new ArrayList<>();
        IntStream.rangeClosed(1, 40).forEach(number -> all.add("" + number));
        IntStream.rangeClosed(1, 50).forEach(number -> all.add("R" + number));

        assertThat(cases()).extracting(Case::number).containsExactlyElementsOf(all);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isNamedByTheTestsThatHoldIt(Case held) {
        assertThat(held.tests()).isNotEmpty().allSatisfy(test -> {
            assertThat(numbers).as("the tests of the repository").containsKey(test);
            assertThat(numbers.get(test)).as("the cases that %s names", test).contains(held.number());
        });
    }
}
