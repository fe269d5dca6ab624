package io.github.camelsendtalk.example.campaign;

import io.github.camelsendtalk.example.campaign.Settings.Role;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** One run of the application: the roles that it was given, and, with a file, to the end of the campaign. */
final class Campaign {

    private static final String REGION = "ID";

    private final Settings settings;
    private final Database database;
    private final @Nullable String baseUrl;
    private final PrintStream out;
    private final Map<String, String> campaign;
    private final Worker worker;
    private final Watch watch;
    private String separator = ",";

    /** @param sandbox the URL of the sandbox in this process, or null */
    Campaign(Settings settings, Database database, @Nullable String sandbox, PrintStream out) {
        this.settings = settings;
        this.database = database;
        this.baseUrl = sandbox == null ? settings.sandbox() : sandbox;
        this.out = out;
        this.campaign = Map.of("account", settings.account(), "campaign", settings.name());
        this.worker = new Worker(TimeUtils.toDuration(settings.property("claim.validity")));
        this.watch = new Watch(settings, database, campaign, worker, out);
    }

    /**
     * Runs until all rows have ended, until no further row may be begun, or until it is interrupted.
     *
     * @return the exit code
     */
    int run() throws RefusalException {
        decide();
        sayWhereTo();
        if (database.isEmbedded()) {
            database.update("begin-alone.sql", campaign);
        }
        if (settings.roles().contains(Role.send)) {
            database.update("try-gate.sql", campaign);
        }
        Main main = main();
        try {
            start(main);
            if (settings.roles().contains(Role.feed)) {
                feed(main);
            }
            worker.start();
            watch.untilTheEnd();
        } finally {
            main.stop();
        }
        return watch.report(separator);
    }

    private static void start(Main main) throws RefusalException {
        try {
            main.start();
        } catch (RuntimeException e) {
            throw new RefusalException(
                    "The routes can't be started (%s)".formatted(NestedExceptionUtils.getMostSpecificCause(e)));
        }
    }

    /** Ends it in time: what is on its way ends, and nothing more is begun. */
    void interrupt(int exitCode) {
        watch.interrupt(exitCode);
    }

    /** Notes what a person has decided about rows of an earlier run, all of it or nothing. */
    private void decide() throws RefusalException {
        Map<String, Object> parameters = new HashMap<>(campaign);
        parameters.put("again", settings.again().toArray(String[]::new));
        parameters.put("arrived", settings.arrived().toArray(String[]::new));
        parameters.put("silence", settings.property("park.after"));
        Object refusal = database.query("decide.sql", parameters).get(0).get("refusal");
        if (refusal != null) {
            throw new RefusalException(refusal.toString());
        }
    }

    private void sayWhereTo() {
        if (!settings.roles().contains(Role.send)) {
            return;
        }
        out.println(
                settings.isReal()
                        ? "These messages are real: they go out through SendTalk, and each costs money."
                        : "Nothing leaves this machine: a sandbox at %s plays SendTalk.".formatted(baseUrl));
    }

    private Main main() {
        Main main = new Main();
        // Ctrl-C is ours: what is on its way is to end first
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        // so that nothing but this class says where messages go to
        main.configure()
                .withAutoConfigurationEnvironmentVariablesEnabled(false)
                .withAutoConfigurationSystemPropertiesEnabled(false)
                .withRoutesIncludePattern(
                        routes().map("classpath:camel/%s.camel.yaml"::formatted).collect(Collectors.joining(",")));
        settings.properties().forEach(main::addOverrideProperty);
        main.addOverrideProperty("campaign.account", settings.account());
        main.addOverrideProperty("campaign.name", settings.name());
        main.addOverrideProperty("worker.name", worker.name());
        main.addOverrideProperty(
                "camel.server.enabled", String.valueOf(settings.sources().contains("rest")));
        main.addOverrideProperty(
                "camel.component.sendtalk.api-key", settings.isReal() ? settings.realKey() : "sandbox");
        if (!settings.isReal()) {
            main.addOverrideProperty("camel.component.sendtalk.base-url", baseUrl);
        }
        main.bind("dataSource", database.dataSource());
        main.bind("worker", worker);
        if (settings.isShown()) {
            Figures.show(main, settings, worker);
        }
        return main;
    }

    private Stream<String> routes() {
        Stream<String> roles = settings.roles().stream().map(Role::name);
        Stream<String> sources = settings.sources().stream().flatMap(name -> Stream.of("enqueue", "sources/" + name));
        return Stream.concat(roles, sources).distinct();
    }

    /** Takes the file into the table, or nothing of it. */
    private void feed(Main main) throws RefusalException {
        try (RowReader rows = settings.file() == null ? RowReader.bundled() : RowReader.file(settings.file())) {
            separator = rows.separator();
            ProducerTemplate routes = main.getCamelContext().createProducerTemplate();
            List<?> doubts = routes.requestBody("direct:feed", new FedRows(rows, REGION), List.class);
            rows.remarks().forEach(out::println);
            doubts.forEach(doubt -> out.println(((Map<?, ?>) doubt).get("sentence")));
            if (settings.isReal()) {
                refuseBundledNumbers();
                refuseDoubts(doubts.size());
            }
            routes.sendBody("direct:enqueue-file", null);
        } catch (IOException e) {
            throw new RefusalException("%s can't be read (%s)".formatted(settings.file(), e.getMessage()));
        } catch (CamelExecutionException e) {
            throw new RefusalException("The file could not be taken (%s)".formatted(Database.rootMessage(e)));
        }
    }

    /** However the bundled file was copied, saved or edited: its numbers are invented, and may be somebody's one day. */
    private void refuseBundledNumbers() throws RefusalException, IOException {
        List<String> invented = new ArrayList<>();
        try (RowReader bundled = RowReader.bundled()) {
            new FedRows(bundled, REGION).forEachRemaining(row -> invented.add((String) row.get("phone")));
        }
        invented.removeIf(Objects::isNull);
        Map<String, Object> parameters = new HashMap<>(campaign);
        parameters.put("numbers", invented.toArray(String[]::new));
        for (Map<String, Object> found : database.query("bundled-numbers.sql", parameters)) {
            throw new RefusalException(
                    "Line %s has a number of the bundled campaign.csv, which is for the sandbox only: real sending needs a file of your own"
                            .formatted(found.get("line")));
        }
    }

    private void refuseDoubts(int doubts) throws RefusalException {
        if (doubts > 0 && !settings.checked()) {
            throw new RefusalException(
                    "The file looks as if its numbers were spoilt, as said above: correct it, or say that it is right with -Dcampaign.checked=true");
        }
    }
}
