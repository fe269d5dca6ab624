package io.github.camelsendtalk.example.campaign;

import io.github.camelsendtalk.example.campaign.Settings.Role;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jline.utils.Signals;
import org.springframework.dao.DataAccessException;

/** Runs a campaign: to a sandbox, or, if a person has said so three times over, to real people. */
public final class CampaignMain {

    /** The exit code of a campaign that ended, also with rows that were refused. */
    static final int ENDED = 0;

    /** The exit code of a campaign that did not begin. */
    static final int REFUSED = 2;

    /** The exit code of a campaign that was stopped before all rows were begun. */
    static final int STOPPED = 3;

    private static final Map<String, Integer> SIGNALS = Map.of("INT", 2, "TERM", 15);
    private static final int SIGNALLED = 128;

    private CampaignMain() {}

    public static void main(String[] args) {
        int exitCode = run(System.getenv(), options(), System.out, System.err, CampaignMain::endOnSignals);
        if (exitCode != ENDED) {
            System.exit(exitCode);
        }
    }

    /** What begins like an option is meant to be one. */
    private static Map<String, String> options() {
        Set<String> beginnings = Settings.NAMES.stream()
                .map(name -> name.substring(0, name.lastIndexOf('.') + 1))
                .filter(beginning -> !beginning.isEmpty())
                .collect(Collectors.toSet());
        return System.getProperties().stringPropertyNames().stream()
                .filter(name ->
                        Settings.NAMES.contains(name) || beginnings.stream().anyMatch(name::startsWith))
                .collect(Collectors.toMap(name -> name, System::getProperty));
    }

    /** Ctrl-C and {@code kill} end the campaign in its own time, and after it the database and the JVM. */
    private static void endOnSignals(Campaign campaign) {
        SIGNALS.forEach((signal, number) -> Signals.register(signal, () -> campaign.interrupt(SIGNALLED + number)));
    }

    /**
     * @param begun is given the campaign before it runs
     * @return the exit code
     */
    static int run(
            Map<String, String> environment,
            Map<String, String> options,
            PrintStream out,
            PrintStream err,
            Consumer<Campaign> begun) {
        try {
            Settings settings = Settings.read(environment, options);
            log(settings);
            try (Database database = Database.open(settings);
                    SendTalkSandbox sandbox = needsSandbox(settings) ? SendTalkSandbox.start() : null) {
                Campaign campaign = new Campaign(settings, database, sandbox == null ? null : sandbox.baseUrl(), out);
                begun.accept(campaign);
                return campaign.run();
            }
        } catch (DataAccessException e) {
            err.println("The database can't be used (%s). Nothing was sent.".formatted(Database.rootMessage(e)));
            return REFUSED;
        } catch (RefusalException | InvalidPathException e) {
            err.println(e.getMessage() + ". Nothing was sent.");
            return REFUSED;
        }
    }

    private static boolean needsSandbox(Settings settings) {
        return !settings.isReal() && settings.text("campaign.sandbox") == null;
    }

    /** Who feeds has the terminal, and what Camel has to say goes into a file; who does not runs for days, and says it. */
    private static void log(Settings settings) throws RefusalException {
        boolean feeds = settings.roles().contains(Role.feed);
        try {
            if (feeds) {
                Files.createDirectories(settings.target());
            }
        } catch (IOException e) {
            throw new RefusalException("The folder %s can't be made (%s)".formatted(settings.target(), e.getMessage()));
        }
        String file = feeds ? settings.target().resolve("campaign.log").toString() : "System.out";
        System.getProperties().putIfAbsent("org.slf4j.simpleLogger.logFile", file);
    }
}
