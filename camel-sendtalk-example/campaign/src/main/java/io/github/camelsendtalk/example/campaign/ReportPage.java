package io.github.camelsendtalk.example.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Map;
import org.apache.commons.io.IOUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** The report as a page that needs nothing but a browser: to look at while the campaign runs, and to mail when it has ended. */
final class ReportPage {

    private static final String PLOTS = "/META-INF/resources/webjars/uplot/1.6.30/";
    private static final long SHORTEST_PAUSE = 3_000_000_000L;
    private static final int PAUSES_PER_LOOK = 20;

    private final Database database;
    private final Path file;
    private final String template;
    private long next = System.nanoTime();

    ReportPage(Database database, Path file) {
        this.database = database;
        this.file = file;
        this.template = resource("/report.html")
                .replace("{{LICENSE}}", resource(PLOTS + "LICENSE"))
                .replace("{{uPlot.min.css}}", resource(PLOTS + "dist/uPlot.min.css"))
                .replace("{{uPlot.iife.min.js}}", resource(PLOTS + "dist/uPlot.iife.min.js"));
    }

    private static String resource(String name) {
        try {
            return IOUtils.resourceToString(name, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the page if its time has come: it loads itself again then. */
    void refresh() {
        long begun = System.nanoTime();
        if (begun - next < 0) {
            return;
        }
        try {
            String data = data(null);
            write(
                    "<meta http-equiv=\"refresh\" content=\"%d\">".formatted(1 + pauseAfter(begun) / 1_000_000_000),
                    data);
        } catch (IOException | DataAccessException e) {
            // the campaign is worth more than its page; the last one, which everybody waits for, says why
        }
        next = System.nanoTime() + pauseAfter(begun);
    }

    /** To look at a large table is to cost little of it. */
    private static long pauseAfter(long begun) {
        return Math.max(SHORTEST_PAUSE, PAUSES_PER_LOOK * (System.nanoTime() - begun));
    }

    /** Writes the page that stays. */
    Path write(@Nullable String stopped) throws IOException {
        write("", data(stopped));
        return file;
    }

    private String data(@Nullable String stopped) {
        Map<String, @Nullable Object> more = Collections.singletonMap("stopped", stopped);
        return (String) database.query("report-page.sql", more).get(0).get("page");
    }

    /** A reader never meets half a page. No name can end the element that holds the data. */
    private void write(String refresh, String data) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(
                part, template.replace("{{refresh}}", refresh).replace("{{data}}", data.replace("<", "\\u003c")));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
