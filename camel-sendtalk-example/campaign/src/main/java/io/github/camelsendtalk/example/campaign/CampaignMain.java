package io.github.camelsendtalk.example.campaign;

import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs a campaign: to a sandbox in this JVM, or, if a person has said so three times over, to real people. */
public final class CampaignMain {

    /** The exit code of a campaign that ended, also with rows that were refused. */
    static final int ENDED = 0;

    /** The exit code of a campaign that did not begin. */
    static final int REFUSED = 2;

    /** The exit code of a campaign that was stopped before all rows were begun. */
    static final int STOPPED = 3;

    private CampaignMain() {}

    public static void main(String[] args) {
        int exitCode = run(System.getenv(), options(), System.out, System.err);
        if (exitCode != ENDED) {
            System.exit(exitCode);
        }
    }

    private static Map<String, String> options() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("campaign."))
                .collect(Collectors.toMap(name -> name, System::getProperty));
    }

    /** @return the exit code */
    static int run(Map<String, String> environment, Map<String, String> options, PrintStream out, PrintStream err) {
        try {
            Settings settings = Settings.read(environment, options);
            List<Row> rows = settings.file() == null ? RowReader.bundled() : RowReader.file(settings.file());
            logTo(settings.target());
            return settings.realKey() == null ? sendToSandbox(settings, rows, out) : sendReally(settings, rows, out);
        } catch (RefusalException e) {
            err.println(e.getMessage() + ". Nothing was sent.");
            return REFUSED;
        }
    }

    private static int sendToSandbox(Settings settings, List<Row> rows, PrintStream out) throws RefusalException {
        try (SendTalkSandbox sandbox = SendTalkSandbox.start()) {
            out.printf("Nothing leaves this machine: a sandbox at %s plays SendTalk.%n", sandbox.baseUrl());
            Map<String, String> component = Map.of("base-url", sandbox.baseUrl(), "api-key", "sandbox");
            return new CampaignRun(settings, rows, component, out).execute();
        }
    }

    private static int sendReally(Settings settings, List<Row> rows, PrintStream out) throws RefusalException {
        refuseBundledNumbers(rows);
        out.printf("These messages are real: %s goes out through SendTalk, and each costs money.%n", settings.file());
        return new CampaignRun(settings, rows, Map.of("api-key", settings.realKey()), out).execute();
    }

    /** However the bundled file was copied, saved or edited: its numbers are invented, and may be somebody's one day. */
    static void refuseBundledNumbers(List<Row> rows) throws RefusalException {
        Set<String> invented = RowReader.bundled().stream()
                .map(Row::number)
                .filter(number -> number.matches("\\d{8,}"))
                .collect(Collectors.toSet());
        for (Row row : rows) {
            if (invented.contains(row.number())) {
                throw new RefusalException(
                        "Line %d has a number of the bundled campaign.csv, which is for the sandbox only: real sending needs a file of your own"
                                .formatted(row.line()));
            }
        }
    }

    /** The screen is for the demo; what Camel has to say goes into a file. */
    private static void logTo(Path target) throws RefusalException {
        try {
            Files.createDirectories(target);
        } catch (IOException e) {
            throw new RefusalException("The folder %s can't be made (%s)".formatted(target, e.getMessage()));
        }
        if (System.getProperty("org.slf4j.simpleLogger.logFile") == null) {
            System.setProperty(
                    "org.slf4j.simpleLogger.logFile",
                    target.resolve("campaign.log").toString());
        }
    }
}
