package io.github.camelsendtalk.example.otp;

import java.util.Objects;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** Has Spring Boot tell in a sentence that there is no database to start with. */
final class DatabaseAnalyzer extends AbstractFailureAnalyzer<CannotGetJdbcConnectionException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, CannotGetJdbcConnectionException cause) {
        return new FailureAnalysis(
                "The database takes no connection: "
                        + Objects.requireNonNullElse(cause.getCause(), cause).getMessage(),
                "Start it, or name another one in SPRING_DATASOURCE_URL, with SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.",
                cause);
    }
}
