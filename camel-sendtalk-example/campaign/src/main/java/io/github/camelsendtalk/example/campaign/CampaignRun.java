package io.github.camelsendtalk.example.campaign;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** One run: sends what is to be sent, and reports on all rows. */
final class CampaignRun {

    private static final int SECONDS_AFTER_INTERRUPT = 10;

    private final Settings settings;
    private final Map<String, String> component;
    private final PrintStream out;
    private final Campaign campaign;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean reported;

    /** @param component the options of the component that say where to send to and with which key */
    CampaignRun(Settings settings, List<Row> rows, Map<String, String> component, PrintStream out) {
        this.settings = settings;
        this.component = component;
        this.out = out;
        this.campaign = new Campaign(rows);
    }

    /**
     * Runs until all rows have ended, or until no further row may be begun.
     *
     * @return the exit code
     */
    int execute() throws RefusalException {
        try (Journal journal = Journal.open(settings.journal(), campaign.toSend())) {
            decide(journal);
            Thread onInterrupt = new Thread(() -> interrupt(journal), "interrupt");
            Runtime.getRuntime().addShutdownHook(onInterrupt);
            try {
                send(journal);
                report(journal);
            } finally {
                ended.countDown();
                forget(onInterrupt);
            }
        } catch (IOException e) {
            campaign.stop(e);
            out.println("The report can't be written: " + e.getMessage());
        } catch (UncheckedIOException e) {
            throw new RefusalException(String.valueOf(e.getMessage()));
        }
        return campaign.goesOn() ? CampaignMain.ENDED : CampaignMain.STOPPED;
    }

    /** Notes what a person has decided about rows, all or nothing. */
    private void decide(Journal journal) throws RefusalException {
        List<Row> again = decided(journal, "again", settings.again(), Result::mayBeSentAgain);
        List<Row> arrived = decided(journal, "arrived", settings.arrived(), Result::isUndecided);
        for (Row row : again) {
            journal.decide(row, Result.of(Outcome.NOT_SENT, "A person decided to send it again."));
        }
        for (Row row : arrived) {
            journal.decide(row, journal.resultOf(row).arrived());
        }
    }

    private List<Row> decided(Journal journal, String option, Set<Integer> lines, Predicate<Result> allowed)
            throws RefusalException {
        List<Row> decided = new ArrayList<>();
        for (int line : lines) {
            Row row = campaign.toSend().stream()
                    .filter(candidate -> candidate.line() == line)
                    .findFirst()
                    .orElse(null);
            Result result = row == null ? null : journal.resultOf(row);
            if (result == null || !allowed.test(result)) {
                throw new RefusalException(
                        "-Dcampaign.%s names line %d, and the report of an earlier run does not say so of that line"
                                .formatted(option, line));
            }
            decided.add(row);
        }
        return decided;
    }

    private void send(Journal journal) {
        Main main = main(journal);
        try (Progress progress = new Progress(campaign.toSend().size(), out)) {
            main.bind("progress", progress);
            main.start();
            main.getCamelTemplate().sendBody("direct:campaign", null);
        } catch (Exception e) {
            campaign.stop(e);
        } finally {
            main.stop();
        }
    }

    private Main main(Journal journal) {
        Main main = new Main();
        // Camel's own would stop the routes at Ctrl-C; here the rows that are on their way are to end
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        // so that nothing but this class says where messages go to
        main.configure()
                .withAutoConfigurationEnvironmentVariablesEnabled(false)
                .withAutoConfigurationSystemPropertiesEnabled(false);
        component.forEach((option, value) -> main.addOverrideProperty("camel.component.sendtalk." + option, value));
        main.bind("campaign", campaign);
        main.bind("journal", journal);
        return main;
    }

    /** Called when the JVM is told to end: by Ctrl-C, or by {@code kill} without {@code -9}. */
    private void interrupt(Journal journal) {
        campaign.stop("It was interrupted; start again to go on.");
        try {
            if (!ended.await(SECONDS_AFTER_INTERRUPT, TimeUnit.SECONDS)) {
                report(journal);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            out.println("The report can't be written: " + e.getMessage());
        }
    }

    private static void forget(Thread onInterrupt) {
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // it is running: the JVM is about to end
        }
    }

    private synchronized void report(Journal journal) throws IOException {
        if (reported) {
            return;
        }
        reported = true;
        Report report = new Report(campaign, journal);
        out.println();
        out.println(report.screen());
        if (!campaign.goesOn()) {
            out.println("Stopped: " + campaign.stopReason());
        }
        out.println("Messages sent in this run: " + report.sentNow());
        if (report.sentNow() == 0) {
            out.println("What an earlier run has sent is not sent again." + howToBeginAnew());
        }
        Path file = settings.target().resolve("campaign-report.csv");
        report.write(file);
        out.println("Report: " + shown(file));
    }

    /** For the sandbox only: with real people it would be the way to send everything twice. */
    private String howToBeginAnew() {
        return settings.isReal() ? "" : " To begin anew, delete " + shown(settings.journal());
    }

    private static Path shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(here) ? here.relativize(absolute) : absolute;
    }
}
