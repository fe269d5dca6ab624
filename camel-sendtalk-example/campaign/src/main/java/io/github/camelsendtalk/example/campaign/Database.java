package io.github.camelsendtalk.example.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelsendtalk.outbox.EmbeddedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.commons.io.IOUtils;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** The PostgreSQL database: the one of a URL, or one of our own. Its statements know {@code :account} and {@code :campaign}. */
final class Database implements AutoCloseable {

    private static final int CONNECTIONS = 10;
    private static final int CONNECTIONS_FOR_FILES = 2;

    private final Map<String, String> campaign;
    private final @Nullable EmbeddedServer server;
    private final HikariDataSource pool;
    private final HikariDataSource patientPool;
    private final NamedParameterJdbcTemplate jdbc;

    private Database(Settings settings, @Nullable EmbeddedServer server) {
        this.campaign = Map.of("account", settings.account(), "campaign", settings.text("campaign.name"));
        this.server = server;
        this.pool = pool(settings, CONNECTIONS, settings.text("db.reply-timeout"));
        this.patientPool = pool(settings, CONNECTIONS_FOR_FILES, "0");
        this.jdbc = new NamedParameterJdbcTemplate(patientPool);
    }

    /** @throws RefusalException if there is no database, or another campaign uses the one of the folder */
    static Database open(Settings settings) throws RefusalException {
        Database database = new Database(settings, settings.text("db.url") == null ? embedded(settings) : null);
        try {
            database.jdbc.getJdbcOperations().execute(resource("/outbox/sql/schema.sql"));
            database.jdbc.getJdbcOperations().execute(sql("schema.sql"));
            return database;
        } catch (DataAccessException e) {
            database.close();
            throw new RefusalException("The database can't be used (%s)".formatted(rootMessage(e)));
        }
    }

    private static EmbeddedServer embedded(Settings settings) throws RefusalException {
        try {
            return EmbeddedServer.start(settings.target().resolve("campaign-database"));
        } catch (IOException e) {
            throw new RefusalException(e.getMessage());
        }
    }

    static String rootMessage(Throwable e) {
        return String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage());
    }

    private HikariDataSource pool(Settings settings, int connections, String replySeconds) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server == null ? settings.text("db.url") : server.url());
        config.setUsername(settings.text("db.user"));
        config.setPassword(settings.databasePassword());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(-1);
        // the server knows what a parameter is: routes have texts and numbers
        config.addDataSourceProperty("stringtype", "unspecified");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // a complaint of the server's may quote a whole row, with its number and text
        config.addDataSourceProperty("logServerErrorDetail", "false");
        config.addDataSourceProperty("socketTimeout", replySeconds);
        return new HikariDataSource(config);
    }

    DataSource dataSource() {
        return pool;
    }

    /** For what takes as long as a file is large. */
    DataSource patientDataSource() {
        return patientPool;
    }

    /** Whether this process alone uses it, and starts and stops it. */
    boolean isEmbedded() {
        return server != null;
    }

    List<Map<String, Object>> query(String file) {
        return query(file, Map.of());
    }

    /** @param more further parameters */
    List<Map<String, Object>> query(String file, Map<String, ?> more) {
        return jdbc.queryForList(sql(file), new MapSqlParameterSource(campaign).addValues(more));
    }

    void update(String file) {
        jdbc.update(sql(file), campaign);
    }

    /**
     * Writes the result of a {@code COPY} into a file, with the byte-order mark by which spreadsheets know UTF-8. It takes no
     * parameters: they are written into it, where they stand as psql takes them, {@code :'name'}.
     */
    void copy(String file, String separator, Path to) throws IOException {
        try (Connection connection = patientPool.getConnection();
                OutputStream out = Files.newOutputStream(to)) {
            PGConnection postgres = connection.unwrap(PGConnection.class);
            String sql = sql(file).replace(":'separator'", "'" + postgres.escapeLiteral(separator) + "'");
            for (Map.Entry<String, String> parameter : campaign.entrySet()) {
                sql = sql.replace(
                        ":'" + parameter.getKey() + "'", "'" + postgres.escapeLiteral(parameter.getValue()) + "'");
            }
            out.write("\uFEFF".getBytes(UTF_8));
            postgres.getCopyAPI().copyOut(sql, out);
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    static String sql(String file) {
        return resource("/sql/" + file);
    }

    static String resource(String name) {
        try {
            return IOUtils.resourceToString(name, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        pool.close();
        patientPool.close();
        IOUtils.closeQuietly(server);
    }
}
