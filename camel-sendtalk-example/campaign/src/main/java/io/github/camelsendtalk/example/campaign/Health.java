package io.github.camelsendtalk.example.campaign;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/**
 * Whether a process does what it is for. It looks at what is known already, so that a probe never waits for the database. It
 * says only that the process is not ready, and never that it is to be killed: that would park what is on its way.
 */
final class Health extends AbstractHealthCheck {

    /** Longer than the driver waits for a reply, and than a claim that is asked for again after that takes. */
    private static final double MAX_SECONDS_UNANSWERED = 90;

    /** Longer than three looks at the database take. */
    private static final double MAX_SECONDS_WITHOUT_FIGURES = 45;

    private static final Set<String> FOR_A_PERSON =
            Set.of("SendTalkInsufficientBalanceException", "SendTalkAuthenticationException");

    private final Supplier<@Nullable String> complaint;

    private Health(String id, Supplier<@Nullable String> complaint) {
        super("campaign", id);
        this.complaint = complaint;
    }

    /** @param worker the worker of this process, or null if it does not send */
    static void show(Main main, Figures figures, @Nullable Worker worker) {
        main.bind("database-health", new Health("database", () -> ofDatabase(figures)));
        main.bind("gate-health", new Health("gate", () -> ofGate(figures)));
        if (worker != null) {
            main.bind("worker-health", new Health("worker", () -> ofWorker(figures, worker)));
        }
    }

    private static @Nullable String ofDatabase(Figures figures) {
        String failure = figures.failure();
        double silence = figures.secondsSinceFound();
        return failure == null && silence < MAX_SECONDS_WITHOUT_FIGURES
                ? null
                : "The database has given no figures for %.0f s: %s"
                        .formatted(silence, Objects.requireNonNullElse(failure, "it does not answer"));
    }

    private static @Nullable String ofGate(Figures figures) {
        return figures.rows("campaign.gate.closed")
                .filter(gate -> FOR_A_PERSON.contains((String) gate.get("exception")))
                .map(gate -> "Nothing is sent, %s: %s".formatted(gate.get("exception"), gate.get("reason")))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String ofWorker(Figures figures, Worker worker) {
        if (worker.stopReason() != null) {
            return "No rows are claimed: " + worker.stopReason();
        }
        if (worker.secondsWithoutAnswer() > MAX_SECONDS_UNANSWERED) {
            return "A claim has got no answer for %.0f s.".formatted(worker.secondsWithoutAnswer());
        }
        return figures.rows("campaign.oldest.sending.seconds")
                .map(row -> (String) row.get("reason"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        String said = complaint.get();
        if (said == null) {
            builder.up();
        } else {
            builder.message(said).down();
        }
    }
}
