package io.github.camelsendtalk.example.campaign;

import io.github.camelsendtalk.example.campaign.Settings.Role;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** Watches a run until its end, and reports on it. */
final class Watch {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final int PAUSES_PER_LOOK = 20;
    private static final Duration FOR_THE_LAST_STATUS = Duration.ofSeconds(30);

    private final Settings settings;
    private final Database database;
    private final Map<String, String> campaign;
    private final Worker worker;
    private final PrintStream out;
    private final ReportPage page;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private volatile int interruptCode;
    private @Nullable String stopped;
    private @Nullable String paused;

    Watch(Settings settings, Database database, Map<String, String> campaign, Worker worker, PrintStream out) {
        this.settings = settings;
        this.database = database;
        this.campaign = campaign;
        this.worker = worker;
        this.out = out;
        this.page = new ReportPage(database, campaign, settings.target().resolve("campaign-report.html"));
    }

    /** Waits for the end: of the campaign where this process feeds it, else of this process. */
    void untilTheEnd() {
        try {
            if (settings.roles().contains(Role.feed)) {
                untilTheCampaignEnds();
            } else {
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

    private boolean isInterrupted() {
        return interrupted.getCount() == 0;
    }

    private void untilTheCampaignEnds() throws InterruptedException {
        try (Progress progress = new Progress(number(look(), "rows"), out)) {
            long lastOpen = System.nanoTime();
            while (!isInterrupted() && stopped == null) {
                page.refresh();
                long begun = System.nanoTime();
                Map<String, Object> now = look();
                long open = number(now, "open");
                long followed = number(now, "followed");
                lastOpen = open > 0 ? begun : lastOpen;
                progress.show(number(now, "rows"), number(now, "rows") - open - followed);
                if (open == 0 && (followed == 0 || begun - lastOpen > FOR_THE_LAST_STATUS.toNanos())) {
                    return;
                }
                heed((String) now.get("gate_exception"), (String) now.get("gate_reason"));
                // to look at a large table is to cost little of it
                long pause = Math.max(FIRST_PAUSE.toNanos(), PAUSES_PER_LOOK * (System.nanoTime() - begun));
                interrupted.await(pause, TimeUnit.NANOSECONDS);
            }
        }
    }

    /** While the database is away, all rows are still open. */
    private Map<String, Object> look() {
        try {
            return database.query("progress.sql", campaign).get(0);
        } catch (DataAccessException e) {
            return Map.of("rows", 1L, "open", 1L, "followed", 0L, "gate_reason", Database.rootMessage(e));
        }
    }

    private static long number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
    }

    /** Who sends stops without money or with a wrong key; in all other cases it goes on by itself. */
    private void heed(@Nullable String exception, @Nullable String reason) {
        boolean hopeless = "SendTalkInsufficientBalanceException".equals(exception)
                || "SendTalkAuthenticationException".equals(exception);
        if (hopeless && settings.roles().contains(Role.send)) {
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
        if (!settings.roles().contains(Role.feed)) {
            return exitCode();
        }
        try {
            Report report = new Report(database, campaign);
            out.println();
            out.println(report.screen());
            if (stopped != null) {
                out.println("Stopped: " + stopped);
            }
            out.println("Messages sent in this run: " + report.sentNow());
            if (report.sentNow() == 0) {
                out.println("What an earlier run has sent is not sent again." + howToBeginAnew());
            }
            Path file = settings.target().resolve("campaign-report.csv");
            report.write(file, separator);
            out.println("Report: " + shown(file));
            out.println("As a page: " + shown(page.write(stopped)));
        } catch (IOException | DataAccessException e) {
            stopped = "The report can't be written: " + e.getMessage();
            out.println(stopped);
        }
        return exitCode();
    }

    private int exitCode() {
        if (isInterrupted()) {
            return interruptCode;
        }
        return stopped == null ? CampaignMain.ENDED : CampaignMain.STOPPED;
    }

    /** For the sandbox only: with real people it would be the way to send everything twice. */
    private String howToBeginAnew() {
        return settings.isReal() ? "" : " To begin anew, give the campaign another name: -Dcampaign.name=...";
    }

    private static Path shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(here) ? here.relativize(absolute) : absolute;
    }

    /** Ends the run, and returns when it has ended. */
    void interrupt(int exitCode) {
        interruptCode = exitCode;
        interrupted.countDown();
    }
}
