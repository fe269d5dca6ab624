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

    /** Codes of another secret are over: none of their guesses would be right. */
    private static final String END_OTHERS = """
            UPDATE code SET expires_at = now(), watch_at = NULL
            WHERE account = ? AND verified_at IS NULL AND expires_at > now()
                AND EXISTS (SELECT FROM secret s WHERE s.account = code.account AND s.mark <> ?)""";

    /** @throws SettingException if it is another one */
    SharedSecret(
            Secret secret,
            JdbcTemplate database,
            Settings settings,
            @Value("${outbox.account}") String account,
            @Value("${sms.account}") String smsAccount) {
        if (smsAccount.equals(account)) {
            throw new SettingException("sms.account is '%s', as outbox.account is: give the second channel another one."
                    .formatted(account));
        }
        boolean isNew = settings.secret().isEmpty() || settings.secretChanged();
        if (isNew) {
            database.update(END_OTHERS, account, secret.mark());
        }
        String noted = database.queryForObject(NOTE, String.class, account, secret.mark(), isNew);
        if (!secret.mark().equals(noted)) {
            throw new SettingException(
                    "otp.secret differs from that of the other instances: give all of them the same one. To change it, stop all of them, and start the first with --otp.secret-changed=true.");
        }
    }
}
