package io.github.camelsendtalk.example.campaign;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** The PostgreSQL database: the one of a URL, or one of our own in a folder, which starts and stops with us. */
final class Database implements AutoCloseable {

    private static final int CONNECTIONS = 10;

    private final HikariDataSource pool;
    private final NamedParameterJdbcTemplate jdbc;
    private final @Nullable Closeable server;
    private @Nullable Connection lock;

    private Database(String url, Settings settings, @Nullable Closeable server) {
        this.pool = pool(url, settings);
        this.jdbc = new NamedParameterJdbcTemplate(pool);
        this.server = server;
    }

    /** @throws RefusalException if there is no database, or another campaign uses the one of the folder */
    static Database open(Settings settings) throws RefusalException {
        String url = settings.databaseUrl();
        Database database = url == null
                ? openFolder(settings.target().resolve("campaign-database"), settings)
                : new Database(url, settings, null);
        try {
            database.jdbc.getJdbcOperations().execute(sql("schema.sql"));
            return database;
        } catch (DataAccessException e) {
            database.close();
            throw new RefusalException("The database can't be used (%s)".formatted(rootMessage(e)));
        }
    }

    private static Database openFolder(Path folder, Settings settings) throws RefusalException {
        OrphanedServer orphan = OrphanedServer.in(folder);
        Database database;
        if (orphan != null) {
            database = new Database(orphan.url(), settings, orphan);
        } else {
            EmbeddedPostgres server = start(folder);
            database = new Database(server.getJdbcUrl("postgres", "postgres"), settings, server);
        }
        if (!database.lock()) {
            database.pool.close();
            throw new RefusalException(
                    "Another campaign is running with the database in %s: wait until it has ended".formatted(folder));
        }
        return database;
    }

    /** Takes the database of the folder for this process, until its connections are closed. */
    private boolean lock() {
        try {
            lock = pool.getConnection();
            try (ResultSet result = lock.createStatement().executeQuery("SELECT pg_try_advisory_lock(7303015)")) {
                return result.next() && result.getBoolean(1);
            }
        } catch (SQLException e) {
            return false;
        }
    }

    static String rootMessage(Throwable e) {
        return e.getCause() == null ? String.valueOf(e.getMessage()) : rootMessage(e.getCause());
    }

    private static HikariDataSource pool(String url, Settings settings) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(settings.databaseUser());
        config.setPassword(settings.databasePassword());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(-1);
        // the server knows what a parameter is: routes have texts and numbers
        config.addDataSourceProperty("stringtype", "unspecified");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // a complaint of the server's may quote a whole row, with its number and text
        config.addDataSourceProperty("logServerErrorDetail", "false");
        // a reply that never comes is a failure, and is asked for again
        config.addDataSourceProperty("socketTimeout", "60");
        return new HikariDataSource(config);
    }

    private static EmbeddedPostgres start(Path folder) throws RefusalException {
        try {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            return EmbeddedPostgres.builder()
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    // what was written down is to be there after a crash
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start();
        } catch (IOException | RuntimeException e) {
            throw new RefusalException("No database could be started in %s (%s)".formatted(folder, rootMessage(e)));
        }
    }

    DataSource dataSource() {
        return pool;
    }

    /** Whether this process alone uses it, and starts and stops it. */
    boolean isEmbedded() {
        return server != null;
    }

    List<Map<String, Object>> query(String file, Map<String, ?> parameters) {
        return jdbc.queryForList(sql(file), parameters);
    }

    int update(String file, Map<String, ?> parameters) {
        return jdbc.update(sql(file), parameters);
    }

    /**
     * Writes the result of a {@code COPY} into a file, with the byte-order mark by which spreadsheets know UTF-8. It takes no
     * parameters: they are written into it, where they stand as psql takes them, {@code :'name'}.
     */
    void copy(String file, Map<String, String> parameters, Path to) throws IOException {
        try (Connection connection = pool.getConnection();
                OutputStream out = Files.newOutputStream(to)) {
            PGConnection postgres = connection.unwrap(PGConnection.class);
            String sql = sql(file);
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                String literal = "'" + postgres.escapeLiteral(parameter.getValue()) + "'";
                sql = sql.replace(":'" + parameter.getKey() + "'", literal);
            }
            out.write("\uFEFF".getBytes(StandardCharsets.UTF_8));
            postgres.getCopyAPI().copyOut(sql, out);
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    static String sql(String file) {
        try (InputStream in = Database.class.getResourceAsStream("/sql/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        pool.close();
        if (server != null) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
