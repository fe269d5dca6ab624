package io.github.camelsendtalk.outbox;

import io.github.camelsendtalk.SendTalkComponent;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/**
 * What a process shows of itself: figures, and whether it does what it is for. Most of both is what a statement such as
 * {@code figures.sql} has found last, so that a scrape or a probe never waits for the database.
 *
 * <p>Each row of the statement is a gauge: {@code figure} is the rest of its name, {@code value} what it shows, {@code complaint}
 * what is wrong, if something is, and all other columns that are not empty are its tags.
 */
public final class Figures {

    private static final Set<String> NOT_TAGS = Set.of("figure", "value", "complaint");

    /** Longer than the driver waits for a reply, and than a claim that is asked for again after that takes. */
    private static final double MAX_SECONDS_UNANSWERED = 90;

    /** Longer than three looks at the database take. */
    private static final double MAX_SECONDS_WITHOUT_FIGURES = 45;

    private final MeterRegistry meters;
    private final String prefix;
    private volatile Map<Meter.Id, Number> found = Map.of();
    private volatile Map<String, String> complaints = Map.of();
    private volatile long lastFound = System.nanoTime();
    private volatile @Nullable String failure = "It was not asked yet.";

    /** @param application what the names of all figures begin with */
    public Figures(MeterRegistry meters, String application) {
        this.meters = meters;
        this.prefix = application + ".";
    }

    /** Counts the sends of this process by what became of them. */
    public static void countSends(MeterRegistry meters, SendTalkComponent sends) {
        meters.more().counter("sendtalk.sends", Tags.of("outcome", "accepted"), sends, SendTalkComponent::getAccepted);
        meters.more().counter("sendtalk.sends", Tags.of("outcome", "refused"), sends, SendTalkComponent::getRefused);
        meters.more().counter("sendtalk.sends", Tags.of("outcome", "failed"), sends, SendTalkComponent::getFailed);
        meters.more().counter("sendtalk.sends", Tags.of("outcome", "unknown"), sends, SendTalkComponent::getUnknown);
    }

    /** Shows whether a worker claims rows, and gets answers. */
    public void watch(Worker worker) {
        meters.gauge(prefix + "worker.claiming", worker, w -> w.stopReason() == null ? 1 : 0);
        meters.gauge(prefix + "worker.unanswered.seconds", worker, Worker::secondsWithoutAnswer);
    }

    /** Takes what the database said, or why it said nothing: what it said before would mislead. */
    public void take(
            @Body List<Map<String, Object>> rows,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) @Nullable Exception reason) {
        if (reason == null) {
            lastFound = System.nanoTime();
        }
        failure = reason == null
                ? null
                : String.valueOf(
                        NestedExceptionUtils.getMostSpecificCause(reason).getMessage());
        Set<Meter.Id> before = found.keySet();
        found = rows.stream().collect(Collectors.toMap(this::id, row -> (Number) row.get("value")));
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

    private Meter.Id id(Map<String, Object> row) {
        List<Tag> tags = row.entrySet().stream()
                .filter(column -> column.getValue() != null && !NOT_TAGS.contains(column.getKey()))
                .map(column -> Tag.of(column.getKey(), (String) column.getValue()))
                .toList();
        return new Meter.Id(prefix + row.get("figure"), Tags.of(tags), null, null, Meter.Type.GAUGE);
    }

    /** What is wrong with the database, if something is. */
    public @Nullable String complaintOfDatabase() {
        double silence = (System.nanoTime() - lastFound) / 1e9;
        return failure == null && silence < MAX_SECONDS_WITHOUT_FIGURES
                ? null
                : "The database has given no figures for %.0f s: %s"
                        .formatted(silence, Objects.requireNonNullElse(failure, "it does not answer"));
    }

    /** What is wrong with the gate of all lanes, if only a person can open it. */
    public @Nullable String complaintOfGate() {
        return complaints.get("gate.closed");
    }

    /** What is wrong with a worker of this process, if something is. */
    public @Nullable String complaintOf(Worker worker) {
        if (worker.stopReason() != null) {
            return "No rows are claimed: " + worker.stopReason();
        }
        double silence = worker.secondsWithoutAnswer();
        return silence < MAX_SECONDS_UNANSWERED
                ? complaints.get("oldest.sending.seconds")
                : "A claim has got no answer for %.0f s.".formatted(silence);
    }
}
