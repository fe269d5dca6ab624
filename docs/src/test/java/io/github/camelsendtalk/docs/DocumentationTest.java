package io.github.camelsendtalk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.SendTalkException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name exists, and what they show is what is there. */
class DocumentationTest {

    private static final String COMMAND = "mvn -q -pl docs -am test -Ddocs.update=true";
    private static final String REFERENCE = "docs/sendtalk-component.adoc";
    private static final String ERRORS = "docs/errors.adoc";
    private static final String PRODUCTION = "docs/production.adoc";
    private static final int MAX_LINES = 500;

    private static final Pattern EXCEPTION = Pattern.compile("\\bSendTalk\\w*Exception\\b");
    private static final Pattern HEADER = Pattern.compile("\\bCamelSendTalk\\w+");
    private static final Pattern CLASS = Pattern.compile("\\bio\\.github(?:\\.[a-z]+)+\\.[A-Z]\\w+");
    private static final Pattern PROPERTY = Pattern.compile("camel\\.component\\.sendtalk\\.([\\w-]+)");
    private static final Pattern URI =
            Pattern.compile("(?<![\\w-])sendtalk:(?!operation)(\\w+(?:\\?(?:[^\\s\"'`<\\[{$]|\\$\\{[^}]*})*)?)");
    private static final Pattern OPTION = Pattern.compile("\\boptions? `(\\w+)`");

    private static Catalog catalog;

    @BeforeAll
    static void readCatalog() throws IOException {
        catalog = Catalog.read();
    }

    static List<Document> documents() throws IOException {
        return Document.all();
    }

    @Test
    void thereAreDocuments() throws IOException {
        assertThat(documents()).extracting(Document::toString).contains(REFERENCE, "docs/README.md", "docs/api.adoc");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void showsWhatIsThere(Document document) throws IOException {
        if (Boolean.getBoolean("docs.update")) {
            document.fill(DocumentationTest::content);
        }
        assertThat(Document.read(document.toString()).stale(DocumentationTest::content))
                .as("The regions of %s that are out of date; to bring them up to date: %s", document, COMMAND)
                .isEmpty();
    }

    private static List<String> content(Markup.Region region, Markup markup) throws IOException {
        return switch (region.kind()) {
            case "file" -> Listings.listing(region.what(), markup);
            case "openapi" -> OpenApiExamples.listing(region.what(), markup);
            default -> new CatalogContent(catalog, markup).of(region.what());
        };
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksToWhatExists(Document document) throws IOException {
        assertThat(Links.broken(document))
                .as("The links of %s that lead nowhere", document)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void namesWhatExists(Document document) {
        String text = document.text().replace("&amp;", "&");
        List<String> unknown = new ArrayList<>();
        unknown.addAll(unknown(EXCEPTION, text, exceptions()::contains));
        unknown.addAll(unknown(CLASS, text, DocumentationTest::isClass));
        unknown.addAll(unknown(HEADER, text, catalog::hasHeader));
        unknown.addAll(unknown(PROPERTY, text, name -> catalog.hasComponentOption(camelCase(name))));
        unknown.addAll(unknown(OPTION, text, DocumentationTest::isOption));
        unknown.addAll(unknown(URI, text, DocumentationTest::isUri));
        assertThat(unknown)
                .as("The exceptions, classes, headers, options and URIs that %s names and that do not exist", document)
                .isEmpty();
    }

    private static List<String> unknown(Pattern pattern, String text, Predicate<String> exists) {
        return found(pattern, text).stream().filter(exists.negate()).toList();
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        pattern.matcher(text).results().forEach(match -> found.add(match.group(match.groupCount())));
        return found;
    }

    private static boolean isClass(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static boolean isOption(String name) {
        return catalog.hasComponentOption(name) || catalog.hasQueryParameter(name);
    }

    private static boolean isUri(String uri) {
        String[] parts = uri.split("\\?", 2);
        return Stream.of(Operation.values()).map(Enum::name).anyMatch(parts[0]::equals)
                && (parts.length == 1
                        || Stream.of(parts[1].split("&"))
                                .map(parameter -> parameter.replaceFirst("=.*", ""))
                                .allMatch(catalog::hasQueryParameter));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void isNoLongerThanAReaderBears(Document document) {
        assertThat(document.lines())
                .as("The lines of %s: cut it into pages", document)
                .hasSizeLessThanOrEqualTo(MAX_LINES);
    }

    @Test
    void thePagesExplainEveryOptionOfOurs() throws IOException {
        String text = Document.read(REFERENCE).writtenText()
                + Document.read(PRODUCTION).writtenText();
        assertThat(catalog.ownOptions())
                .extracting(Catalog.Entry::name)
                .as("The options that %s and %s name in generated tables only", REFERENCE, PRODUCTION)
                .filteredOn(name -> !text.contains(name) && !text.contains(kebabCase(name)))
                .isEmpty();
    }

    @Test
    void theReferenceExplainsEveryHeader() throws IOException {
        String text = Document.read(REFERENCE).writtenText();
        assertThat(catalog.headers())
                .extracting(Catalog.Entry::name)
                .as("The headers that %s names in its generated table only", REFERENCE)
                .filteredOn(name -> !text.contains(name))
                .isEmpty();
    }

    @Test
    void thePageOnErrorsNamesEveryException() throws IOException {
        assertThat(found(EXCEPTION, Document.read(ERRORS).text())).containsAll(exceptions());
    }

    /** The exception that all extend, and all that extend it. */
    static List<String> exceptions() {
        return withSubclasses(SendTalkException.class).map(Class::getSimpleName).toList();
    }

    private static Stream<Class<?>> withSubclasses(Class<?> type) {
        List<Class<?>> permitted = new ArrayList<>();
        if (type.isSealed()) {
            permitted.addAll(Arrays.asList(type.getPermittedSubclasses()));
        }
        return Stream.concat(Stream.of(type), permitted.stream().flatMap(DocumentationTest::withSubclasses));
    }

    private static String camelCase(String name) {
        return Pattern.compile("-(\\w)")
                .matcher(name)
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    private static String kebabCase(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
