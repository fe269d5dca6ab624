package io.github.camelsendtalk.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A document of the repository.
 *
 * @param path its path in the repository
 */
record Document(Path path, List<String> lines) {

    static final Path ROOT = root();

    /** Finds the repository from wherever the tests are run. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/sendtalk-component.adoc"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("The tests do not run inside the repository");
            }
        }
        return folder;
    }

    /** All documents: every AsciiDoc and Markdown file outside of sources, build results and hidden folders. */
    static List<Document> all() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Document> documents = new ArrayList<>();
            for (Path file : files.filter(Document::isDocument).sorted().toList()) {
                documents.add(new Document(ROOT.relativize(file), Files.readAllLines(file)));
            }
            return documents;
        }
    }

    static Document read(String path) throws IOException {
        return new Document(Path.of(path), Files.readAllLines(ROOT.resolve(path)));
    }

    private static boolean isDocument(Path file) {
        for (Path part : ROOT.relativize(file)) {
            String name = part.toString();
            if (name.equals("target") || name.equals("src") || name.startsWith(".")) {
                return false;
            }
        }
        return file.toString().matches(".*\\.(adoc|md)");
    }

    Markup markup() {
        return Markup.of(path);
    }

    String text() {
        return String.join("\n", lines);
    }

    /** The text without the generated tables. */
    String writtenText() {
        List<String> written = new ArrayList<>(lines);
        List<Part> parts = parts();
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (parts.get(i).region().kind().equals("generated")) {
                written.subList(parts.get(i).begin(), parts.get(i).end()).clear();
            }
        }
        return String.join("\n", written);
    }

    /** The text without listings. */
    String prose() {
        List<String> kept = new ArrayList<>();
        boolean listing = false;
        for (String line : lines) {
            if (markup().isFence(line)) {
                listing = !listing;
            } else if (!listing) {
                kept.add(line);
            }
        }
        return String.join("\n", kept);
    }

    /** Says what has to stand between two markers. */
    interface Content {
        List<String> of(Markup.Region region, Markup markup) throws IOException;
    }

    /** The lines from {@code begin} to before {@code end}, which stand between the markers of a region. */
    private record Part(Markup.Region region, int begin, int end) {}

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        Markup.@Nullable Region open = null;
        int begin = 0;
        for (int i = 0; i < lines.size(); i++) {
            Markup.@Nullable Region started = markup().start(lines.get(i));
            if (open != null && markup().isEnd(lines.get(i))) {
                parts.add(new Part(open, begin, i));
                open = null;
            } else if (open != null && started != null) {
                throw new IllegalStateException(
                        "%s: the region %s has no end before %s".formatted(path, open, started));
            } else if (started != null) {
                open = started;
                begin = i + 1;
            }
        }
        if (open != null) {
            throw new IllegalStateException("%s: the region %s has no end".formatted(path, open));
        }
        return parts;
    }

    /** Writes the regions as they have to be. */
    void fill(Content content) throws IOException {
        List<String> filled = filled(content);
        if (!filled.equals(lines)) {
            Files.writeString(ROOT.resolve(path), String.join("\n", filled) + "\n");
        }
    }

    private List<String> filled(Content content) throws IOException {
        List<String> filled = new ArrayList<>();
        int done = 0;
        for (Part part : parts()) {
            filled.addAll(lines.subList(done, part.begin()));
            filled.addAll(content.of(part.region(), markup()));
            done = part.end();
        }
        filled.addAll(lines.subList(done, lines.size()));
        return filled;
    }

    /** The regions whose lines are not as they have to be. */
    List<Markup.Region> stale(Content content) throws IOException {
        List<Markup.Region> stale = new ArrayList<>();
        for (Part part : parts()) {
            if (!lines.subList(part.begin(), part.end()).equals(content.of(part.region(), markup()))) {
                stale.add(part.region());
            }
        }
        return stale;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
