package io.github.camelsendtalk.example.otp;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings that begin with {@code otp}. Statements read most of them by name; here they are looked at when an instance starts,
 * so that a name that nobody reads, or a value that can't be meant, is told then and not at the first request.
 */
@ConfigurationProperties(prefix = "otp", ignoreUnknownFields = false)
record Settings(
        String secret,
        boolean secretChanged,
        String app,
        Duration validity,
        int tries,
        Duration resendAfter,
        List<String> countries,
        int perNumber,
        int perAddress,
        int perMinute,
        int perDay,
        ZoneId timeZone,
        Duration secondChannelAfter,
        Duration keep,
        Duration patience,
        Path databaseFolder,
        boolean sandbox) {

    private static final int MAX_PER_DAY = 1_000_000_000;

    Settings {
        refuseBelowOne("tries", tries);
        refuseBelowOne("per-number", perNumber);
        refuseBelowOne("per-address", perAddress);
        refuseBelowOne("per-minute", perMinute);
        refuseBelowOne("per-day", perDay);
        // also what has no unit, which Spring takes for milliseconds, and PostgreSQL for seconds
        if (validity.toMinutes() < 1 || !validity.equals(Duration.ofMinutes(validity.toMinutes()))) {
            throw new SettingException(
                    "otp.validity is %s, and the texts name whole minutes: write it as 5m.".formatted(validity));
        }
        if (isBelowOneSecond(resendAfter) || resendAfter.compareTo(validity) > 0) {
            throw new SettingException("otp.resend-after is %s: write it as 60s, and not longer than otp.validity."
                    .formatted(resendAfter));
        }
        if (isBelowOneSecond(secondChannelAfter)) {
            throw new SettingException(
                    "otp.second-channel-after is %s: write it as 10s.".formatted(secondChannelAfter));
        }
        if (patience.toSeconds() < 1) {
            throw new SettingException("otp.patience is %s: write it as 20s.".formatted(patience));
        }
        if (perDay > MAX_PER_DAY) {
            throw new SettingException("otp.per-day is %d: give it at most %d.".formatted(perDay, MAX_PER_DAY));
        }
        if (countries.isEmpty()) {
            throw new SettingException("otp.countries is empty: use ISO 3166 country codes, such as ID,SG.");
        }
        if (app.isBlank() || app.contains("{")) {
            throw new SettingException("otp.app is '%s': give it your name, without braces.".formatted(app));
        }
        if (keep.compareTo(Duration.ofDays(1)) < 0) {
            throw new SettingException(
                    "otp.keep is %s, and codes are counted for a day: write it as 30d.".formatted(keep));
        }
    }

    /** What was meant as seconds: without a unit they are milliseconds. */
    private static boolean isBelowOneSecond(Duration duration) {
        return !duration.isZero() && duration.toSeconds() < 1;
    }

    private static void refuseBelowOne(String name, int count) {
        if (count < 1) {
            throw new SettingException("otp.%s is %d: give it at least 1.".formatted(name, count));
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Settings of " + app;
    }
}
