package io.github.camelsendtalk.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database server of our own: it can be stopped without a goodbye, and started again with the same data on the same port. */
public final class Postgres implements AutoCloseable {

    /** Below the ports that outgoing connections get: while it is stopped, none of them may take its port. */
    private static final int FIRST_PORT = 20_000;

    private static final int PORTS = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long NANOS_PER_TICK = 10_000_000;
    /** Where the times of a process stand behind its name in {@code /proc/…/stat}; those of its ended children come next. */
    private static final int FIRST_TIME = 11;

    private final Path folder;
    private final int port = freePort();
    private final JdbcTemplate jdbc;
    private EmbeddedPostgres server;
    private Duration cpuOfEarlierStarts = Duration.ZERO;

    public Postgres(Path folder) throws IOException {
        this.folder = folder;
        this.server = started();
        this.jdbc = new JdbcTemplate(server.getPostgresDatabase());
        for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
            String value = jdbc.queryForObject("SHOW " + setting, String.class);
            if (!"on".equals(value)) {
                throw new IllegalStateException(
                        "PostgreSQL has %s=%s: what it has confirmed may be lost".formatted(setting, value));
            }
        }
    }

    /** One that nobody has, and no outgoing connection gets. */
    public static int freePort() {
        for (int port : new Random().ints(PORTS, FIRST_PORT, FIRST_PORT + PORTS).toArray()) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody has it.
            }
        }
        throw new IllegalStateException("No port is free between %d and %d".formatted(FIRST_PORT, FIRST_PORT + PORTS));
    }

    private EmbeddedPostgres started() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(PATIENCE)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }

    /** @param name by which the server knows the connections */
    public String url(String name) {
        return "jdbc:postgresql://localhost:%d/postgres?user=postgres&ApplicationName=%s".formatted(port, name);
    }

    public JdbcTemplate jdbc() {
        return jdbc;
    }

    /** Stops it as a failure would: connections break, and nothing is written down any more. */
    public void stopHard() throws IOException {
        cpuOfEarlierStarts = cpu();
        quit();
        // its lock on the folder is left
        server.close();
    }

    private void quit() throws IOException {
        Process kill = new ProcessBuilder("kill", "-QUIT", String.valueOf(pid()))
                .inheritIO()
                .start();
        kill.onExit().join();
        Awaitility.await("the end of PostgreSQL").atMost(PATIENCE).until(() -> !Files.exists(pidFile()));
    }

    private Path pidFile() {
        return folder.resolve("postmaster.pid");
    }

    public void startAgain() throws IOException {
        server = started();
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readAllLines(pidFile()).get(0).strip());
    }

    /** What all its processes took, also those that have ended; nothing where there is no {@code /proc}. */
    public Duration cpu() throws IOException {
        long pid = pid();
        long ticks = ticks(pid, 4)
                + ProcessHandle.of(pid).stream()
                        .flatMap(ProcessHandle::children)
                        .mapToLong(child -> ticks(child.pid(), 2))
                        .sum();
        return cpuOfEarlierStarts.plusNanos(ticks * NANOS_PER_TICK);
    }

    private static long ticks(long pid, int times) {
        Path file = Path.of("/proc", String.valueOf(pid), "stat");
        try {
            String stat = Files.exists(file) ? Files.readString(file) : "";
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
            long sum = 0;
            for (int i = FIRST_TIME; i < Math.min(FIRST_TIME + times, fields.length); i++) {
                sum += Long.parseLong(fields[i]);
            }
            return sum;
        } catch (IOException e) {
            // It has just ended, and is counted by its parent.
            return 0;
        }
    }

    /** Stops it, without a goodbye where it takes too long. */
    @Override
    public void close() {
        try {
            server.close();
            if (Files.exists(pidFile())) {
                quit();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
