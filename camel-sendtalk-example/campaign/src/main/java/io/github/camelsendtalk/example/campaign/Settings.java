package io.github.camelsendtalk.example.campaign;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for, on the command line and in the environment.
 *
 * @param file the rows to send, or null for the bundled ones
 * @param realKey the key to really send with, or null to send to the sandbox
 * @param target the folder for the report, the journal and the log
 * @param again lines that a person has decided to send again
 * @param arrived lines with an unknown outcome of which a person has found that they arrived
 */
record Settings(
        @Nullable Path file,
        @Nullable String realKey,
        Path target,
        SortedSet<Integer> again,
        SortedSet<Integer> arrived) {

    static final String KEY = "SENDTALK_API_KEY";

    private static final Set<String> OPTIONS =
            Set.of("campaign.file", "campaign.real", "campaign.target", "campaign.again", "campaign.arrived");

    /** @throws RefusalException if an option can't be read, or real sending is asked for and something for it is missing */
    static Settings read(Map<String, String> environment, Map<String, String> options) throws RefusalException {
        refuseUnknown(options.keySet());
        String file = value(options, "campaign.file");
        String key = value(environment, KEY);
        boolean real = isReal(options);
        if (real) {
            refuseIfMissing(key, file);
        }
        String target = value(options, "campaign.target");
        return new Settings(
                file == null ? null : path("campaign.file", file),
                real ? key : null,
                path("campaign.target", target == null ? "target" : target),
                lines(options, "campaign.again"),
                lines(options, "campaign.arrived"));
    }

    boolean isReal() {
        return realKey != null;
    }

    /** Where it is kept how each row stands: what was sent to the sandbox says nothing about real people. */
    Path journal() {
        return target.resolve(isReal() ? "campaign-real.journal" : "campaign-sandbox.journal");
    }

    private static void refuseUnknown(Set<String> names) throws RefusalException {
        for (String name : names) {
            if (!OPTIONS.contains(name)) {
                throw new RefusalException(
                        "-D%s is unknown: there are %s".formatted(name, String.join(", ", new TreeSet<>(OPTIONS))));
            }
        }
    }

    private static void refuseIfMissing(@Nullable String key, @Nullable String file) throws RefusalException {
        List<String> missing = new ArrayList<>();
        if (key == null) {
            missing.add(KEY + " in the environment");
        }
        if (file == null) {
            missing.add("a file of your own (-Dcampaign.file=own.csv)");
        }
        if (!missing.isEmpty()) {
            throw new RefusalException("-Dcampaign.real=true asks for real sending, but this is missing: "
                    + String.join(", and ", missing));
        }
    }

    private static boolean isReal(Map<String, String> options) throws RefusalException {
        String real = value(options, "campaign.real");
        if (real == null || real.equalsIgnoreCase("false")) {
            return false;
        }
        if (real.equalsIgnoreCase("true")) {
            return true;
        }
        throw new RefusalException("-Dcampaign.real is '%s': it may be true or false".formatted(real));
    }

    private static Path path(String option, String text) throws RefusalException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new RefusalException("-D%s is '%s', which is no path".formatted(option, text));
        }
    }

    private static SortedSet<Integer> lines(Map<String, String> options, String option) throws RefusalException {
        SortedSet<Integer> lines = new TreeSet<>();
        String text = value(options, option);
        if (text == null) {
            return lines;
        }
        for (String line : text.split(",")) {
            try {
                lines.add(Integer.valueOf(line.strip()));
            } catch (NumberFormatException e) {
                throw new RefusalException(
                        "-D%s is '%s': it may be line numbers, such as 12 or 12,17".formatted(option, text));
            }
        }
        return lines;
    }

    private static @Nullable String value(Map<String, String> values, String name) {
        String value = values.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Without the key, which must not get into a log. */
    @Override
    public String toString() {
        return "Settings[file=%s, real=%s, target=%s]".formatted(file, isReal(), target);
    }
}
