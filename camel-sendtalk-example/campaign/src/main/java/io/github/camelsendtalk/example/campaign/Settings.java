package io.github.camelsendtalk.example.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was asked for on the command line and in the environment; {@code application.properties} has the options. */
final class Settings {

    /** What a process does. */
    enum Role {
        feed,
        send,
        follow
    }

    /** The environment variable with the key to really send with. */
    static final String KEY = "SENDTALK_API_KEY";

    /** The environment variable with the password of the database. */
    static final String PASSWORD = "DB_PASSWORD";

    private static final Properties DEFAULTS = defaults();

    /** The options that the command line may have. */
    static final Set<String> NAMES = new TreeSet<>(DEFAULTS.stringPropertyNames());

    private static final List<Rule> RULES = List.of(
            Rule.ofList("role", "feed", "send", "follow"),
            Rule.ofList("sources", "jms", "kafka", "folder", "rest", "table"),
            new Rule("db.url", "jdbc:postgresql:.+", "a JDBC URL such as jdbc:postgresql://db.example.com/shop"),
            new Rule("campaign.account", ".*(?<!\\(sandbox\\))", "any name but one that ends in (sandbox)"),
            new Rule("campaign.real", "(?i)true|false", "true or false"),
            new Rule("campaign.checked", "(?i)true|false", "true or false"),
            new Rule(
                    "management.port",
                    "[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]",
                    "a port from 1 to 65535"));

    private final Properties options;
    private final Map<String, String> environment;

    private Settings(Properties options, Map<String, String> environment) {
        this.options = options;
        this.environment = environment;
    }

    /** What an option may be, where it is given. */
    private record Rule(String option, String pattern, String words) {

        static Rule ofList(String option, String... names) {
            return new Rule(
                    option,
                    "(\\s*(%s)\\s*(,(?!$)|$))+".formatted(String.join("|", names)),
                    String.join(", ", names) + ", or several of them with a ','");
        }
    }

    private static Properties defaults() {
        try (InputStream in = Settings.class.getResourceAsStream("/application.properties")) {
            Properties defaults = new Properties();
            defaults.load(in);
            return defaults;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws RefusalException if an option can't be read, or real sending is asked for and something for it is missing */
    static Settings read(Map<String, String> environment, Map<String, String> given) throws RefusalException {
        for (String name : given.keySet()) {
            if (!NAMES.contains(name)) {
                throw new RefusalException("-D%s is unknown: there are %s".formatted(name, String.join(", ", NAMES)));
            }
        }
        Properties options = new Properties(DEFAULTS);
        given.forEach((name, value) ->
                options.setProperty(name, value.isBlank() ? DEFAULTS.getProperty(name) : value.strip()));
        Settings settings = new Settings(options, environment);
        settings.refuseWhatNoRuleAllows();
        settings.refuseRealSendingWithoutKeyOrFile();
        settings.refuseAPartWithoutWhatTheOthersHave();
        return settings;
    }

    private void refuseWhatNoRuleAllows() throws RefusalException {
        for (Rule rule : Stream.concat(RULES.stream(), NAMES.stream().flatMap(Settings::ofDefault))
                .toList()) {
            String text = text(rule.option());
            if (text != null && !text.matches(rule.pattern())) {
                // a URL may hold a password
                String shown = rule.option().equals("db.url") ? "" : " '" + text + "'";
                throw new RefusalException("-D%s is%s: it may be %s".formatted(rule.option(), shown, rule.words()));
            }
        }
    }

    /** What is a number or a time by default stays one, written in the same way. */
    private static Stream<Rule> ofDefault(String option) {
        String usual = DEFAULTS.getProperty(option).strip();
        if (usual.matches("\\d+")) {
            return Stream.of(new Rule(option, "[1-9]\\d{0,8}", "a whole number such as " + usual));
        }
        if (usual.matches("\\d+ [a-z]+")) {
            return Stream.of(new Rule(option, "\\d{1,6} ?(s|min|h|d)", "a time such as " + usual));
        }
        return usual.matches("\\d+s")
                ? Stream.of(new Rule(option, "\\d{1,6}(ms|s|m|h)", "a time such as " + usual))
                : Stream.empty();
    }

    private void refuseRealSendingWithoutKeyOrFile() throws RefusalException {
        List<String> missing = new ArrayList<>();
        if (isReal() && realKey() == null) {
            missing.add(KEY + " in the environment");
        }
        if (isReal() && roles().contains(Role.feed) && file() == null) {
            missing.add("a file of your own (-Dcampaign.file=own.csv)");
        }
        if (!missing.isEmpty()) {
            throw new RefusalException("-Dcampaign.real=true asks for real sending, but this is missing: "
                    + String.join(", and ", missing));
        }
    }

    /** A process that does a part only needs the database of the others, and a sandbox that they have in common. */
    private void refuseAPartWithoutWhatTheOthersHave() throws RefusalException {
        boolean isPart = text("role") != null && roles().size() < Role.values().length;
        if (isPart && (text("db.url") == null || !isReal() && text("campaign.sandbox") == null)) {
            throw new RefusalException(
                    "-Drole=%s does a part only: name the database of all parts with -Ddb.url, and their sandbox (mvn -q -P sandbox), unless it is real, with -Dcampaign.sandbox"
                            .formatted(text("role")));
        }
    }

    /** The options that are not as in {@code application.properties}. */
    Map<String, String> given() {
        return options.keySet().stream()
                .map(String.class::cast)
                .collect(Collectors.toMap(name -> name, options::getProperty));
    }

    /** An option, or null where it is left open. */
    @Nullable
    String text(String option) {
        return unlessBlank(options.getProperty(option));
    }

    /** The parts of an option that may have several, with commas between them. */
    Set<String> list(String option) {
        return Stream.ofNullable(text(option))
                .flatMap(text -> Stream.of(text.split(",")))
                .map(String::strip)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean isTrue(String option) {
        return Boolean.parseBoolean(text(option));
    }

    private static @Nullable String unlessBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** By default all; a process with other sources than a file runs until it is stopped, and has no file to feed. */
    Set<Role> roles() {
        String usual = text("sources") == null ? "feed,send,follow" : "send,follow";
        Set<String> names = text("role") == null ? Set.of(usual.split(",")) : list("role");
        return names.stream().map(Role::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }

    boolean isReal() {
        return isTrue("campaign.real");
    }

    /** The key to really send with, or null to send to a sandbox. */
    @Nullable
    String realKey() {
        return isReal() ? unlessBlank(environment.get(KEY)) : null;
    }

    @Nullable
    String databasePassword() {
        return unlessBlank(environment.get(PASSWORD));
    }

    /** Whose key sends the rows; what is sent to a sandbox has an account of its own. */
    String account() {
        return text("campaign.account") + (isReal() ? "" : " (sandbox)");
    }

    /** The rows to send, or null for the bundled ones. */
    @Nullable
    Path file() {
        return text("campaign.file") == null ? null : Path.of(text("campaign.file"));
    }

    /** The folder for the reports, the log, and the database if it has no URL. */
    Path target() {
        return Path.of(options.getProperty("campaign.target"));
    }
}
