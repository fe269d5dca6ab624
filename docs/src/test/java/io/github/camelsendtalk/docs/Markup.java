package io.github.camelsendtalk.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The two markup languages of the documents: how they mark a region, and how they write a table and a listing. */
enum Markup {
    ASCIIDOC("// ", "", "----") {
        @Override
        List<String> table(Table table) {
            List<String> lines = new ArrayList<>();
            lines.add("[cols=\"%s\",options=\"header\"]".formatted(table.widths()));
            lines.add("|===");
            lines.add(row(table.head()));
            lines.add("");
            table.rows().forEach(row -> lines.add(row(row)));
            lines.add("|===");
            return lines;
        }

        private String row(List<String> cells) {
            return cells.stream().map(cell -> "| " + cell.replace("|", "\\|")).collect(Collectors.joining(" "));
        }

        @Override
        List<String> listing(String language, List<String> code) {
            return fenced(List.of("[source,%s]".formatted(language), "----"), code, "----");
        }

        @Override
        String code(String text) {
            return "`+" + text + "+`";
        }

        @Override
        String strong(String text) {
            return "*" + text + "*";
        }
    },
    MARKDOWN("<!-- ", " -->", "```") {
        @Override
        List<String> table(Table table) {
            List<String> lines = new ArrayList<>();
            lines.add(row(table.head()));
            lines.add(row(table.head().stream().map(cell -> "---").toList()));
            table.rows().forEach(row -> lines.add(row(row)));
            return lines;
        }

        private String row(List<String> cells) {
            return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
        }

        @Override
        List<String> listing(String language, List<String> code) {
            return fenced(List.of("```" + language), code, "```");
        }

        @Override
        String code(String text) {
            return "`" + text + "`";
        }

        @Override
        String strong(String text) {
            return "**" + text + "**";
        }
    };

    private final Pattern start;
    private final String end;
    private final String fence;

    Markup(String commentStart, String commentEnd, String fence) {
        this.start = Pattern.compile(Pattern.quote(commentStart) + "(?<kind>generated|file|openapi):(?<what>\\S+)"
                + Pattern.quote(commentEnd));
        this.end = commentStart + "end" + commentEnd;
        this.fence = fence;
    }

    static Markup of(Path document) {
        return document.toString().endsWith(".adoc") ? ASCIIDOC : MARKDOWN;
    }

    /** @param widths relative column widths, for those that want them */
    record Table(String widths, List<String> head, List<List<String>> rows) {}

    /** What stands between two markers: {@code kind} says from where: the catalog, a file, or the OpenAPI description. */
    record Region(String kind, String what) {
        @Override
        public String toString() {
            return kind + ":" + what;
        }
    }

    /** The region that begins with this line, or null. */
    @Nullable
    Region start(String line) {
        Matcher matcher = start.matcher(line);
        return matcher.matches() ? new Region(matcher.group("kind"), matcher.group("what")) : null;
    }

    boolean isEnd(String line) {
        return line.equals(end);
    }

    /** Whether the line begins or ends a listing. */
    boolean isFence(String line) {
        return this == MARKDOWN ? line.strip().startsWith(fence) : line.equals(fence);
    }

    abstract List<String> table(Table table);

    abstract List<String> listing(String language, List<String> code);

    abstract String code(String text);

    abstract String strong(String text);

    private static List<String> fenced(List<String> before, List<String> code, String after) {
        List<String> lines = new ArrayList<>(before);
        lines.addAll(code);
        lines.add(after);
        return lines;
    }
}
