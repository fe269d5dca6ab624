package io.github.camelsendtalk.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The listings that are taken from files which the build compiles or runs. */
final class Listings {

    private static final Pattern ANY_TAG = Pattern.compile("(tag|end)::[\\w-]+\\[]");
    private static final Map<String, String> LANGUAGES = Map.of(
            "java", "java", "yaml", "yaml", "xml", "xml", "properties", "properties", "json", "json", "sql", "sql");

    private Listings() {}

    /** @param place a path in the repository, with the name of a tag after {@code #} for a part of the file */
    static List<String> listing(String place, Markup markup) throws IOException {
        int hash = place.indexOf('#');
        String path = hash < 0 ? place : place.substring(0, hash);
        if (!path.contains("src/") && !path.startsWith("camel-sendtalk-example/")) {
            throw new IllegalArgumentException("'%s' is no file that the build compiles or runs".formatted(path));
        }
        List<String> lines = Files.readAllLines(file(path));
        List<String> code = hash < 0 ? lines : tagged(lines, place, place.substring(hash + 1));
        return markup.listing(language(path), withoutIndent(code));
    }

    private static Path file(String path) {
        Path file = Document.ROOT.resolve(path);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There is no file '%s'".formatted(path));
        }
        return file;
    }

    private static String language(String path) {
        return LANGUAGES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "text");
    }

    private static List<String> tagged(List<String> lines, String place, String tag) {
        List<String> code = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.contains("tag::" + tag + "[]")) {
                inside = true;
            } else if (line.contains("end::" + tag + "[]")) {
                inside = false;
            } else if (inside && !ANY_TAG.matcher(line).find()) {
                code.add(line);
            }
        }
        if (code.isEmpty() || inside) {
            throw new IllegalArgumentException("'%s' has no tag, or an open one".formatted(place));
        }
        return code;
    }

    private static List<String> withoutIndent(List<String> code) {
        int indent = code.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return code.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indent))
                .toList();
    }
}
