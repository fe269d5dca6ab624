package io.github.camelsendtalk.example.campaign;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.example.campaign.Settings.Role;
import io.github.camelsendtalk.outbox.Worker;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/**
 * What a process shows of itself: figures, and whether it does what it is for. Most of both is what {@code figures.sql} has found
 * last, so that a scrape or a probe never waits for the database.
 */
public final class Figures {

    /** Longer than the driver waits for a reply, and than a claim that is asked for again after that takes. */
    private static final double MAX_SECONDS_UNANSWERED = 90;

    /** Longer than three looks at the database take. */
    private static final double MAX_SECONDS_WITHOUT_FIGURES = 45;

    private final MeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private volatile Map<Meter.Id, Number> found = Map.of();
    private volatile Map<String, String> complaints = Map.of();
    private volatile long lastFound = System.nanoTime();
    private volatile @Nullable String failure = "It was not asked yet.";

    /** Has the application show metrics and health on its management port. */
    static void show(Main main, Settings settings, Worker worker) {
        main.setPropertyPlaceholderLocations("classpath:application.properties,classpath:management.properties");
        String routes = main.configure().getRoutesIncludePattern();
        main.configure().setRoutesIncludePattern(routes + ",classpath:camel/figures.camel.yaml");

        Figures figures = new Figures();
        MeterRegistry meters = figures.meters;
        meters.config().commonTags("account", settings.account());
        main.bind(MicrometerConstants.METRICS_REGISTRY_NAME, meters);
        main.bind("figures", figures);
        main.lookup("dataSource", HikariDataSource.class).setMetricRegistry(meters);
        SendTalkComponent sends = new SendTalkComponent();
        main.bind("sendtalk", sends);
        meters.more().counter("sendtalk.sends", Tags.of("outcome", "accepted"), sends, SendTalkComponent::getAccepted);
        meters.more().counter("sendtalk.sends", Tags.of("outcome", "refused"), sends, SendTalkComponent::getRefused);
        meters.more().counter("sendtalk.sends", Tags.of("outcome", "failed"), sends, SendTalkComponent::getFailed);
        meters.more().counter("sendtalk.sends", Tags.of("outcome", "unknown"), sends, SendTalkComponent::getUnknown);
        check(main, "database", figures::complaintOfDatabase);
        check(main, "gate", () -> figures.complaints.get("campaign.gate.closed"));
        if (settings.roles().contains(Role.send)) {
            meters.gauge("campaign.worker.claiming", worker, w -> w.stopReason() == null ? 1 : 0);
            meters.gauge("campaign.worker.unanswered.seconds", worker, Worker::secondsWithoutAnswer);
            check(main, "worker", () -> figures.complaint(worker));
        }
    }

    /** It says only that the process is not ready, never that it is to be killed: that would park what is on its way. */
    private static void check(Main main, String part, Supplier<@Nullable String> complaint) {
        main.bind(part + "-health", new AbstractHealthCheck("campaign", part) {
            @Override
            protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
                String said = complaint.get();
                builder.message(said).state(said == null ? State.UP : State.DOWN);
            }
        });
    }

    /** Takes what the database said, or why it said nothing: what it said before would mislead. */
    public void take(
            @Body List<Map<String, Object>> rows,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) @Nullable Exception reason) {
        if (reason == null) {
            lastFound = System.nanoTime();
        }
        failure = reason == null ? null : Database.rootMessage(reason);
        Set<Meter.Id> before = found.keySet();
        found = rows.stream().collect(Collectors.toMap(Figures::id, row -> (Number) row.get("value")));
        complaints = rows.stream()
                .filter(row -> row.get("complaint") != null)
                .collect(Collectors.toMap(
                        row -> (String) row.get("figure"),
                        row -> (String) row.get("complaint"),
                        (one, another) -> one));
        // what was there stays all the time, so that no scrape misses it
        found.keySet().stream()
                .filter(id -> !before.contains(id))
                .forEach(id -> meters.gauge(
                        id.getName(),
                        id.getTags(),
                        this,
                        figures -> figures.found.getOrDefault(id, Double.NaN).doubleValue()));
        before.stream().filter(id -> !found.containsKey(id)).forEach(meters::removeByPreFilterId);
    }

    private static Meter.Id id(Map<String, Object> row) {
        List<Tag> tags = Stream.of("lane", "state", "exception")
                .filter(tag -> row.get(tag) != null)
                .map(tag -> Tag.of(tag, (String) row.get(tag)))
                .toList();
        return new Meter.Id((String) row.get("figure"), Tags.of(tags), null, null, Meter.Type.GAUGE);
    }

    private @Nullable String complaintOfDatabase() {
        double silence = (System.nanoTime() - lastFound) / 1e9;
        return failure == null && silence < MAX_SECONDS_WITHOUT_FIGURES
                ? null
                : "The database has given no figures for %.0f s: %s"
                        .formatted(silence, Objects.requireNonNullElse(failure, "it does not answer"));
    }

    private @Nullable String complaint(Worker worker) {
        if (worker.stopReason() != null) {
            return "No rows are claimed: " + worker.stopReason();
        }
        double silence = worker.secondsWithoutAnswer();
        return silence < MAX_SECONDS_UNANSWERED
                ? complaints.get("campaign.oldest.sending.seconds")
                : "A claim has got no answer for %.0f s.".formatted(silence);
    }
}
