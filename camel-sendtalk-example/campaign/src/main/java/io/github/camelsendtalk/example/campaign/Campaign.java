package io.github.camelsendtalk.example.campaign;

import io.github.camelsendtalk.example.campaign.Settings.Role;
import io.github.camelsendtalk.outbox.Worker;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
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

    private final Settings settings;
    private final Database database;
    private final @Nullable String baseUrl;
    private final PrintStream out;
    private final Worker worker;
    private final Watch watch;

    /** @param sandbox the URL of the sandbox in this process, or null */
    Campaign(Settings settings, Database database, @Nullable String sandbox, PrintStream out) {
        this.settings = settings;
        this.database = database;
        this.baseUrl = sandbox == null ? settings.text("campaign.sandbox") : sandbox;
        this.out = out;
        this.worker = new Worker(TimeUtils.toDuration(settings.text("claim.validity")));
        this.watch = new Watch(settings, database, worker, out);
    }

    /**
     * Runs until all rows have ended, until no further row may be begun, or until it is interrupted.
     *
     * @return the exit code
     */
    int run() throws RefusalException {
        if (database.isEmbedded()) {
            database.update("begin-alone.sql");
        }
        if (settings.roles().contains(Role.send)) {
            out.println(
                    settings.isReal()
                            ? "These messages are real: they go out through SendTalk, and each costs money."
                            : "Nothing leaves this machine: a sandbox at %s plays SendTalk.".formatted(baseUrl));
            database.update("try-gate.sql");
        }
        Main main = main();
        String separator = ",";
        try {
            start(main);
            if (settings.roles().contains(Role.feed)) {
                separator = feed(main.getCamelContext().createProducerTemplate());
            } else {
                decide();
            }
            worker.start();
            watch.untilTheEnd();
        } finally {
            main.stop();
        }
        return watch.report(separator);
    }

    /** Notes what a person has decided about rows of an earlier run, all of it or nothing. */
    private void decide() throws RefusalException {
        if (settings.text("campaign.again") == null && settings.text("campaign.arrived") == null) {
            return;
        }
        Map<String, Object> decisions = Map.of(
                "again", settings.list("campaign.again").toArray(String[]::new),
                "arrived", settings.list("campaign.arrived").toArray(String[]::new),
                "silence", settings.text("park.after"));
        Object refusal = database.query("decide.sql", decisions).get(0).get("refusal");
        if (refusal != null) {
            throw new RefusalException(refusal.toString());
        }
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

    private Main main() {
        Main main = new Main();
        // Ctrl-C is ours: what is on its way is to end first
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        // so that nothing but this class says where messages go to
        main.configure()
                .withAutoConfigurationEnvironmentVariablesEnabled(false)
                .withAutoConfigurationSystemPropertiesEnabled(false)
                .withRoutesIncludePattern(
                        routes().map("classpath:%s.camel.yaml"::formatted).collect(Collectors.joining(",")));
        settings.given().forEach(main::addOverrideProperty);
        main.addOverrideProperty("outbox.account", settings.account());
        main.addOverrideProperty(
                "camel.server.enabled", String.valueOf(settings.list("sources").contains("rest")));
        main.addOverrideProperty(
                "camel.component.sendtalk.api-key", settings.isReal() ? settings.realKey() : "sandbox");
        if (!settings.isReal()) {
            main.addOverrideProperty("camel.component.sendtalk.base-url", baseUrl);
        }
        main.bind("dataSource", database.dataSource());
        main.bind("patientDataSource", database.patientDataSource());
        main.bind("worker", worker);
        if (settings.text("management.port") != null) {
            Monitoring.show(main, settings, worker);
        }
        return main;
    }

    private Stream<String> routes() {
        Stream<String> roles = settings.roles().stream().map(role -> (role == Role.feed ? "camel/" : "outbox/") + role);
        Stream<String> sources = settings.list("sources").stream()
                .flatMap(source -> Stream.of("outbox/enqueue", "camel/sources/" + source));
        return Stream.concat(roles, sources).distinct();
    }

    /**
     * Takes the file into the table, or nothing of it.
     *
     * @return what separates its cells
     */
    private String feed(ProducerTemplate routes) throws RefusalException {
        try (RowReader rows = settings.file() == null ? RowReader.bundled() : RowReader.file(settings.file())) {
            List<Object> doubts = new ArrayList<>();
            doubts.addAll((List<?>) routes.requestBody("direct:feed", rows));
            doubts.addAll(database.query("leftovers.sql", Map.of("worker", worker.name())));
            rows.remarks().forEach(out::println);
            doubts.forEach(doubt -> out.println(((Map<?, ?>) doubt).get("sentence")));
            if (settings.isReal()) {
                refuseBundledNumbers();
                if (!doubts.isEmpty() && !settings.isTrue("campaign.checked")) {
                    throw new RefusalException(
                            "Something should be looked at first, as said above: correct it, or say that it is right with -Dcampaign.checked=true");
                }
            }
            decide();
            routes.sendBody("direct:enqueue-file", null);
            return rows.separator();
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
            String region = settings.text("camel.component.sendtalk.phone-region");
            bundled.forEachRemaining(
                    row -> invented.add((String) row.fed(region).get("phone")));
        }
        invented.removeIf(Objects::isNull);
        List<Map<String, Object>> found =
                database.query("bundled-numbers.sql", Map.of("numbers", invented.toArray(String[]::new)));
        if (!found.isEmpty()) {
            throw new RefusalException(
                    "Line %s has a number of the bundled campaign.csv, which is for the sandbox only: real sending needs a file of your own"
                            .formatted(found.get(0).get("line")));
        }
    }
}
