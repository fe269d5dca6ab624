package io.github.camelsendtalk.example.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for, on the command line and in the environment.
 *
 * @param properties what of {@code application.properties}, which has the options of routes, is to be otherwise
 * @param roles what this process does
 * @param file the rows to send, or null for the bundled ones
 * @param realKey the key to really send with, or null to send to a sandbox
 * @param sandbox the URL of a sandbox that runs elsewhere, or null for one in this process
 * @param databaseUrl the JDBC URL of a PostgreSQL database, or null for one in a folder of this machine
 * @param databaseUser its user
 * @param databasePassword its password
 * @param account whose key sends the rows; what is sent to a sandbox has an account of its own
 * @param name the name of the campaign: the same row in the same campaign is sent once
 * @param checked whether a person has looked at what seems wrong with the numbers
 * @param target the folder for the reports, the log, and the database if it has no URL
 * @param again rows that a person has decided to send again
 * @param arrived rows with an unknown outcome of which a person has found that they arrived
 */
record Settings(
        Map<String, String> properties,
        Set<Role> roles,
        @Nullable Path file,
        @Nullable String realKey,
        @Nullable String sandbox,
        @Nullable String databaseUrl,
        @Nullable String databaseUser,
        @Nullable String databasePassword,
        String account,
        String name,
        boolean checked,
        Path target,
        Set<String> again,
        Set<String> arrived) {

    /** What a process does: by default all, and with sources all but to feed. */
    enum Role {
        feed,
        send,
        follow
    }

    static final String KEY = "SENDTALK_API_KEY";
    static final String PASSWORD = "DB_PASSWORD";

    private static final String MANAGEMENT_PORT = "management.port";
    private static final int MAX_PORT = 65_535;

    private static final Set<String> OPTIONS = Set.of(
            "campaign.file",
            "campaign.real",
            "campaign.sandbox",
            "campaign.account",
            "campaign.name",
            "campaign.checked",
            "campaign.target",
            "campaign.again",
            "campaign.arrived",
            "db.url",
            "db.user",
            "role");

    /** @throws RefusalException if an option can't be read, or real sending is asked for and something for it is missing */
    static Settings read(Map<String, String> environment, Map<String, String> options) throws RefusalException {
        Map<String, String> properties = new TreeMap<>(options);
        properties.keySet().removeAll(OPTIONS);
        refuseUnknown(properties.keySet());
        refuseUnlessPort(value(properties, MANAGEMENT_PORT));
        refuseUnknownSources(references(options, "sources"));
        String file = value(options, "campaign.file");
        String key = value(environment, KEY);
        Set<Role> roles = roles(options);
        boolean real = isTrue(options, "campaign.real");
        if (real) {
            refuseIfMissing(key, !roles.contains(Role.feed) || file != null);
        }
        String account = value(options, "campaign.account");
        String name = value(options, "campaign.name");
        String target = value(options, "campaign.target");
        return new Settings(
                properties,
                roles,
                file == null ? null : path("campaign.file", file),
                real ? key : null,
                value(options, "campaign.sandbox"),
                value(options, "db.url"),
                value(options, "db.user"),
                value(environment, PASSWORD),
                (account == null ? "sendtalk" : account) + (real ? "" : " (sandbox)"),
                name == null ? "campaign" : name,
                isTrue(options, "campaign.checked"),
                path("campaign.target", target == null ? "target" : target),
                references(options, "campaign.again"),
                references(options, "campaign.arrived"));
    }

    boolean isReal() {
        return realKey != null;
    }

    /** The options that the command line may have: those here, and all of {@code application.properties}. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(OPTIONS);
        names.addAll(defaults().stringPropertyNames());
        return names;
    }

    /** A property of the routes, as it is for this process. */
    String property(String name) {
        return properties.getOrDefault(name, defaults().getProperty(name));
    }

    /** Whether metrics and health are to be shown. */
    boolean isShown() {
        return value(properties, MANAGEMENT_PORT) != null;
    }

    /** Where messages come from beside a file. Each is a route of its name. */
    Set<String> sources() {
        return references(properties, "sources");
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

    private static void refuseUnknown(Set<String> given) throws RefusalException {
        for (String name : given) {
            if (!names().contains(name)) {
                throw new RefusalException("-D%s is unknown: there are %s".formatted(name, String.join(", ", names())));
            }
        }
    }

    private static void refuseUnknownSources(Set<String> given) throws RefusalException {
        for (String source : given) {
            if (Settings.class.getResource("/camel/sources/%s.camel.yaml".formatted(source)) == null) {
                throw new RefusalException(
                        "-Dsources names '%s': it may be jms, kafka, folder, rest, table, or several of them with a ','"
                                .formatted(source));
            }
        }
    }

    private static void refuseIfMissing(@Nullable String key, boolean hasFile) throws RefusalException {
        List<String> missing = new ArrayList<>();
        if (key == null) {
            missing.add(KEY + " in the environment");
        }
        if (!hasFile) {
            missing.add("a file of your own (-Dcampaign.file=own.csv)");
        }
        if (!missing.isEmpty()) {
            throw new RefusalException("-Dcampaign.real=true asks for real sending, but this is missing: "
                    + String.join(", and ", missing));
        }
    }

    private static Set<Role> roles(Map<String, String> options) throws RefusalException {
        String text = value(options, "role");
        Set<Role> roles = new TreeSet<>();
        // what has sources of its own runs until it is stopped
        String usual = value(options, "sources") == null ? "feed,send,follow" : "send,follow";
        for (String role : Objects.requireNonNullElse(text, usual).split(",")) {
            try {
                roles.add(Role.valueOf(role.strip()));
            } catch (IllegalArgumentException e) {
                throw new RefusalException(
                        "-Drole is '%s': it may be feed, send, follow, or several of them with a ','".formatted(text));
            }
        }
        return roles;
    }

    private static boolean isTrue(Map<String, String> options, String name) throws RefusalException {
        String text = value(options, name);
        if (text == null || text.equalsIgnoreCase("false")) {
            return false;
        }
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        throw new RefusalException("-D%s is '%s': it may be true or false".formatted(name, text));
    }

    private static void refuseUnlessPort(@Nullable String port) throws RefusalException {
        if (port != null && !(port.matches("[1-9][0-9]{0,4}") && Integer.parseInt(port) <= MAX_PORT)) {
            throw new RefusalException(
                    "-D%s is '%s': it may be a port from 1 to %d".formatted(MANAGEMENT_PORT, port, MAX_PORT));
        }
    }

    private static Path path(String option, String text) throws RefusalException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new RefusalException("-D%s is '%s', which is no path".formatted(option, text));
        }
    }

    private static Set<String> references(Map<String, String> options, String option) {
        String text = value(options, option);
        return text == null
                ? Set.of()
                : new TreeSet<>(Stream.of(text.split(",")).map(String::strip).toList());
    }

    private static @Nullable String value(Map<String, String> values, String name) {
        String value = values.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Without the key and the password, which must not get into a log. */
    @Override
    public String toString() {
        return "Settings[roles=%s, account=%s, name=%s, file=%s]".formatted(roles, account, name, file);
    }
}
