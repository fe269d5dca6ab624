package io.github.camelsendtalk.example.campaign;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A database server that outlived the process that started it, because that was killed: it is used, and stopped, by the next one. */
record OrphanedServer(ProcessHandle process, int port) implements Closeable {

    private static final int LINE_OF_PORT = 3;

    /** The server that runs in a folder, or null. */
    static @Nullable OrphanedServer in(Path folder) throws RefusalException {
        Path file = folder.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return null;
        }
        try {
            List<String> lines = Files.readAllLines(file);
            ProcessHandle process =
                    ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElse(null);
            boolean runs =
                    process != null && process.info().command().orElse("").endsWith("postgres");
            return runs
                    ? new OrphanedServer(
                            process, Integer.parseInt(lines.get(LINE_OF_PORT).strip()))
                    : null;
        } catch (IOException | RuntimeException e) {
            throw new RefusalException("%s can't be read (%s)".formatted(file, e.getMessage()));
        }
    }

    String url() {
        return "jdbc:postgresql://localhost:%d/postgres?user=postgres".formatted(port);
    }

    /** Stops it once nobody uses it. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
