package io.github.camelsendtalk.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The links of a document to others and to its own parts. */
final class Links {

    private static final Pattern ASCIIDOC = Pattern.compile("(?:link:|xref:|image::?)([^\\[\\s]+)\\[|<<([^,>]+)[,>]");
    private static final Pattern MARKDOWN =
            Pattern.compile("]\\(([^)\\s]+)\\)|^\\[[^]]+]:\\s*(\\S+)", Pattern.MULTILINE);
    private static final Pattern ASCIIDOC_ANCHOR = Pattern.compile("\\[\\[([^],]+)|\\[#([^],.%]+)");
    private static final Pattern MARKDOWN_HEADING = Pattern.compile("^#+ +(.+)$", Pattern.MULTILINE);

    private Links() {}

    /** The links that lead nowhere. */
    static List<String> broken(Document document) throws IOException {
        List<String> broken = new ArrayList<>();
        for (String link : links(document)) {
            if (!link.matches("[a-z]+:.*") && !leadsSomewhere(document, link)) {
                broken.add(link);
            }
        }
        return broken;
    }

    private static List<String> links(Document document) {
        boolean asciidoc = document.markup() == Markup.ASCIIDOC;
        return (asciidoc ? ASCIIDOC : MARKDOWN)
                .matcher(document.prose().replaceAll("`[^`\\n]*`", ""))
                .results()
                .map(link -> link.group(1) != null ? link.group(1) : (asciidoc ? "#" : "") + link.group(2))
                .toList();
    }

    private static boolean leadsSomewhere(Document document, String link) throws IOException {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty()
                ? document.path()
                : document.path().resolveSibling(path).normalize();
        if (!Files.exists(Document.ROOT.resolve(target))) {
            return false;
        }
        return hash < 0 || anchors(Document.read(target.toString())).anyMatch(link.substring(hash + 1)::equals);
    }

    private static Stream<String> anchors(Document document) {
        return switch (document.markup()) {
            case ASCIIDOC -> ASCIIDOC_ANCHOR.matcher(document.prose()).results().map(Links::firstGroup);
            case MARKDOWN ->
                MARKDOWN_HEADING.matcher(document.prose()).results().map(heading -> slug(heading.group(1)));
        };
    }

    private static @Nullable String firstGroup(MatchResult match) {
        return match.group(1) != null ? match.group(1) : match.group(2);
    }

    /** The anchor that GitHub gives a heading. */
    private static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
    }
}
