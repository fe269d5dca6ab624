package io.github.camelsendtalk.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The sockets of this system as Linux lists them. */
public final class SystemSockets {

    public static final String ESTABLISHED = "01";
    public static final String SYN_SENT = "02";

    /** Java's sockets are in the second. */
    private static final List<Path> LISTS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int TIMER = 5;

    private SystemSockets() {}

    public static void assumeTheyAreListed() {
        assumeTrue(LISTS.stream().allMatch(Files::isReadable));
    }

    /** The kernel's timers of the connections to a port that are in that state. */
    public static List<String> timersOfConnectionsTo(int port, String state) {
        return LISTS.stream()
                .flatMap(SystemSockets::lines)
                .map(line -> line.strip().split(" +"))
                .filter(fields -> fields[REMOTE].endsWith(":%04X".formatted(port)) && fields[STATE].equals(state))
                .map(fields -> fields[TIMER])
                .toList();
    }

    private static Stream<String> lines(Path list) {
        try {
            return Files.readAllLines(list).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
