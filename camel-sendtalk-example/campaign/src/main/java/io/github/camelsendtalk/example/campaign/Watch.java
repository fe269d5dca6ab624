package io.github.camelsendtalk.example.campaign;

import io.github.camelsendtalk.example.campaign.Settings.Role;
import io.github.camelsendtalk.outbox.Worker;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** Watches a run until its end, and reports on it. */
final class Watch {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final Duration FOR_THE_LAST_STATUS = Duration.ofSeconds(30);
    private static final Set<String> FOR_A_PERSON =
            Set.of("SendTalkInsufficientBalanceException", "SendTalkAuthenticationException");

    private final Settings settings;
    private final Database database;
    private final Worker worker;
    private final PrintStream out;
    private final ReportPage page;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private volatile int interruptCode;
    private @Nullable String stopped;
    private @Nullable String paused;

    Watch(Settings settings, Database database, Worker worker, PrintStream out) {
        this.settings = settings;
        this.database = database;
        this.worker = worker;
        this.out = out;
        this.page = new ReportPage(database, settings.target().resolve("campaign-report.html"));
    }

    /** Waits for the end: of the campaign where this process feeds it, else of this process. */
    void untilTheEnd() {
        try {
            if (feeds()) {
                untilTheCampaignEnds();
            } else {
                // also without claiming: in place of a process that ends, another one would begin, and write down no
                // more
                interrupted.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (isInterrupted()) {
            stopped = "It was interrupted; start again to go on.";
        }
        worker.stop("It ends.");
    }

    private boolean feeds() {
        return settings.roles().contains(Role.feed);
    }

    private boolean isInterrupted() {
        return interrupted.getCount() == 0;
    }

    private void untilTheCampaignEnds() throws InterruptedException {
        try (ProgressBar progress = Progress.of(number(look(), "rows"), out)) {
            long lastOpen = System.nanoTime();
            while (!isInterrupted() && stopped == null) {
                page.refresh();
                long begun = System.nanoTime();
                Map<String, Object> now = look();
                long open = number(now, "open");
                long followed = number(now, "followed");
                lastOpen = open > 0 ? begun : lastOpen;
                long rows = number(now, "rows");
                progress.maxHint(rows).stepTo(rows - open - followed);
                if (open == 0 && (followed == 0 || begun - lastOpen > FOR_THE_LAST_STATUS.toNanos())) {
                    return;
                }
                heed((String) now.get("gate_exception"), (String) now.get("gate_reason"));
                interrupted.await(pauseAfter(begun, SHORTEST_PAUSE).toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    /** How long to wait after a look at the table that began then: to look at a large table is to cost little of it. */
    static Duration pauseAfter(long begun, Duration shortest) {
        return Duration.ofNanos(Math.max(shortest.toNanos(), 20 * (System.nanoTime() - begun)));
    }

    /** While the database is away, all rows are still open. */
    private Map<String, Object> look() {
        try {
            return database.query("progress.sql").get(0);
        } catch (DataAccessException e) {
            return Map.of("rows", 1L, "open", 1L, "followed", 0L, "gate_reason", Database.rootMessage(e));
        }
    }

    private static long number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
    }

    /** Who sends stops without money or with a wrong key; in all other cases it goes on by itself. */
    private void heed(@Nullable String exception, @Nullable String reason) {
        if (exception != null
                && FOR_A_PERSON.contains(exception)
                && settings.roles().contains(Role.send)) {
            stopped = reason;
        } else if (worker.stopReason() != null) {
            stopped = worker.stopReason();
        } else if (reason != null && !Objects.equals(reason, paused)) {
            out.println("Paused, and tried again by itself: " + reason);
        }
        paused = reason;
    }

    /**
     * Prints the report and writes its files, where a campaign was fed.
     *
     * @param separator what separates the cells in the file that was read
     * @return the exit code
     */
    int report(String separator) {
        if (feeds()) {
            try {
                printReport(separator);
            } catch (IOException | DataAccessException e) {
                stopped = "The report can't be written: " + e.getMessage();
                out.println(stopped);
            }
        }
        if (isInterrupted()) {
            return interruptCode;
        }
        return stopped == null ? CampaignMain.ENDED : CampaignMain.STOPPED;
    }

    private void printReport(String separator) throws IOException {
        Report report = new Report(database);
        out.println();
        String screen = report.screen();
        out.println(screen);
        if (stopped != null) {
            out.println("Stopped: " + stopped);
        }
        long sentNow = report.sentNow();
        out.println("Messages sent in this run: " + sentNow);
        if (sentNow == 0 && screen.contains("sent (earlier)")) {
            // for the sandbox only: with real people it would be the way to send everything twice
            String howToBeginAnew =
                    settings.isReal() ? "" : " To begin anew, give the campaign another name: -Dcampaign.name=...";
            out.println("What an earlier run has sent is not sent again." + howToBeginAnew);
        }
        Path file = settings.target().resolve("campaign-report.csv");
        report.write(file, separator);
        out.println("Report: " + shown(file));
        out.println("As a page: " + shown(page.write(stopped)));
    }

    private static Path shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(here) ? here.relativize(absolute) : absolute;
    }

    /** Has the run end, with an exit code. */
    void interrupt(int exitCode) {
        interruptCode = exitCode;
        interrupted.countDown();
    }
}
