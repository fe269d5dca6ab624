package io.github.camelsendtalk.outbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server for one process, with its data in a folder; for development, and where one machine is enough. */
public record EmbeddedServer(EmbeddedPostgres postgres, FileChannel lock) implements Closeable {

    /** @throws IOException if another process uses the folder, or the server can't be started */
    public static EmbeddedServer start(Path folder) throws IOException {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        FileChannel lock = lock(folder.resolveSibling(folder.getFileName() + ".lock"));
        if (lock == null) {
            throw new IOException("Another process uses the database in %s: wait until it has ended".formatted(folder));
        }
        try {
            stopOrphan(folder);
            EmbeddedPostgres.Builder postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    // what was written down is to be there after a crash
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on");
            return new EmbeddedServer(postgres.start(), lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw new IOException("No database could be started in %s (%s)".formatted(folder, e.getMessage()), e);
        }
    }

    /** The folder is locked as long as this is open, or null if another process has locked it. */
    private static @Nullable FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            return channel.tryLock() == null ? null : channel;
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Stops a server that outlived its process, because that was killed. */
    public static void stopOrphan(Path folder) throws IOException {
        Path file = folder.resolve("postmaster.pid");
        if (Files.exists(file)) {
            long pid = Long.parseLong(Files.readAllLines(file).get(0).strip());
            ProcessHandle.of(pid)
                    // another process may have its number by now
                    .filter(process -> serves(process, folder))
                    .filter(ProcessHandle::destroy)
                    .ifPresent(process ->
                            process.onExit().orTimeout(30, TimeUnit.SECONDS).join());
        }
    }

    private static boolean serves(ProcessHandle process, Path folder) {
        return Stream.of(process.info().arguments().orElse(new String[0]))
                .anyMatch(folder.toAbsolutePath().toString()::equals);
    }

    /** Its JDBC URL, with the user. */
    public String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        lock.close();
    }
}
