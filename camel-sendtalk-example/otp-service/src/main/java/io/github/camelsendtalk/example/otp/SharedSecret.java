package io.github.camelsendtalk.example.otp;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Lets no instance start with another secret than the others have: it would find no code right, and share no limit. */
@Component
@DependsOnDatabaseInitialization
class SharedSecret {

    private static final String NOTE = """
            INSERT INTO secret AS s (account, mark) VALUES (?, ?)
            ON CONFLICT (account) DO UPDATE SET mark = CASE WHEN ? THEN excluded.mark ELSE s.mark END
            RETURNING mark""";

    /** @throws SettingException if it is another one */
    SharedSecret(
            Secret secret,
            JdbcTemplate database,
            @Value("${outbox.account}") String account,
            @Value("${otp.secret}") String given,
            @Value("${otp.secret-changed}") boolean isChanged) {
        String noted =
                database.queryForObject(NOTE, String.class, account, secret.mark(), given.isEmpty() || isChanged);
        if (!secret.mark().equals(noted)) {
            throw new SettingException(
                    "otp.secret differs from that of the other instances: give all of them the same one. To change it, stop all of them, and start the first with --otp.secret-changed=true.");
        }
    }
}
