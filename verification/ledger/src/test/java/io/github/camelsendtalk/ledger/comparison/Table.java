package io.github.camelsendtalk.ledger.comparison;

import java.util.ArrayList;
import java.util.List;

/** A table in AsciiDoc. */
final class Table {

    private final List<String> lines = new ArrayList<>();

    Table(String corner, List<String> titles) {
        lines.add("[cols=\"3%s\",options=\"header\"]".formatted(",4".repeat(titles.size())));
        lines.add("|===");
        lines.add("| " + corner + " | " + String.join(" | ", titles));
    }

    void row(String title, List<String> cells) {
        lines.add("");
        lines.add("| " + title);
        cells.forEach(cell -> lines.add("| " + cell));
    }

    String text() {
        return String.join("\n", lines) + "\n|===\n";
    }
}
