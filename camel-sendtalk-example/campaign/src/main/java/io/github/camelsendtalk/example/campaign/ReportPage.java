package io.github.camelsendtalk.example.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.function.Uncheck;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** The report as a page that needs nothing but a browser: to look at while the campaign runs, and to mail when it has ended. */
final class ReportPage {

    private static final String PLOTS = "/META-INF/resources/webjars/uplot/1.6.30/";
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(3);

    private final Database database;
    private final Path file;
    private final String template = Stream.of("LICENSE", "dist/uPlot.min.css", "dist/uPlot.iife.min.js")
            .reduce(resource("/report.html"), (page, part) -> page.replace("{{" + part + "}}", resource(PLOTS + part)));
    private long next = System.nanoTime();

    ReportPage(Database database, Path file) {
        this.database = database;
        this.file = file;
    }

    private static String resource(String name) {
        return Uncheck.get(() -> IOUtils.resourceToString(name, UTF_8));
    }

    /** Writes the page if its time has come: it loads itself again then. */
    void refresh() {
        long begun = System.nanoTime();
        if (begun - next < 0) {
            return;
        }
        try {
            write(null, "<meta http-equiv=\"refresh\" content=\"%d\">", begun);
        } catch (IOException | DataAccessException e) {
            // the campaign is worth more than its page; the last one, which everybody waits for, says why
        }
        next = System.nanoTime() + Watch.pauseAfter(begun, SHORTEST_PAUSE).toNanos();
    }

    /** Writes the page that stays. */
    Path write(@Nullable String stopped) throws IOException {
        return write(stopped, "", System.nanoTime());
    }

    /** A reader never meets half a page. */
    private Path write(@Nullable String stopped, String refresh, long begun) throws IOException {
        Map<String, @Nullable Object> more = Collections.singletonMap("stopped", stopped);
        Map<String, Object> data = database.query("report-page.sql", more).get(0);
        long seconds = 1 + Watch.pauseAfter(begun, SHORTEST_PAUSE).toSeconds();
        String page = template.replace("{{refresh}}", refresh.formatted(seconds));
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, page.replace("{{data}}", (String) data.get("page")));
        return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
