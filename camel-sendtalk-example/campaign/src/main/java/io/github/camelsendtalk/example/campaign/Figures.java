package io.github.camelsendtalk.example.campaign;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.example.campaign.Settings.Role;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/** What a process shows of itself. Most of it is what {@code figures.sql} found last, under the names that stand there. */
public final class Figures {

    private final MeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Figure, Gauge> gauges = new ConcurrentHashMap<>();
    private volatile Map<Figure, Map<String, Object>> found = Map.of();
    private volatile long lastFound = System.nanoTime();
    private volatile @Nullable String failure = "It was not asked yet.";

    private record Figure(String name, Tags tags) {

        static Figure of(Map<String, Object> row) {
            return new Figure(
                    (String) row.get("figure"),
                    Tags.of(Stream.of("lane", "state", "exception")
                            .filter(tag -> row.get(tag) != null)
                            .map(tag -> Tag.of(tag, (String) row.get(tag)))
                            .toList()));
        }
    }

    /** Has the application show metrics and health on its management port. */
    static void show(Main main, Settings settings, Worker worker) {
        main.setPropertyPlaceholderLocations("classpath:application.properties,classpath:management.properties");
        String routes = main.configure().getRoutesIncludePattern();
        main.configure().setRoutesIncludePattern(routes + ",classpath:camel/figures.camel.yaml");

        Figures figures = new Figures();
        figures.meters.config().commonTags("account", settings.account());
        main.bind(MicrometerConstants.METRICS_REGISTRY_NAME, figures.meters);
        main.bind("figures", figures);
        main.lookup("dataSource", HikariDataSource.class).setMetricRegistry(figures.meters);
        figures.count(main, "accepted", SendTalkComponent::getAccepted);
        figures.count(main, "refused", SendTalkComponent::getRefused);
        figures.count(main, "failed", SendTalkComponent::getFailed);
        figures.count(main, "unknown", SendTalkComponent::getUnknown);
        boolean sends = settings.roles().contains(Role.send);
        if (sends) {
            figures.show("campaign.worker.claiming", worker, w -> w.stopReason() == null ? 1 : 0);
            figures.show("campaign.worker.unanswered.seconds", worker, Worker::secondsWithoutAnswer);
        }
        Health.show(main, figures, sends ? worker : null);
    }

    private void count(Main main, String outcome, ToDoubleFunction<SendTalkComponent> sends) {
        ToDoubleFunction<Main> count =
                m -> sends.applyAsDouble(m.getCamelContext().getComponent("sendtalk", SendTalkComponent.class));
        FunctionCounter.builder("sendtalk.sends", main, count)
                .tag("outcome", outcome)
                .register(meters);
    }

    private void show(String name, Worker worker, ToDoubleFunction<Worker> value) {
        Gauge.builder(name, worker, value).register(meters);
    }

    /** Takes what the database said. */
    public void take(@Body List<Map<String, Object>> rows) {
        lastFound = System.nanoTime();
        failure = null;
        show(rows.stream().collect(Collectors.toMap(Figure::of, Function.identity())));
    }

    /** Takes that the database said nothing: what it said before would mislead. */
    public void miss(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        failure = Database.rootMessage(reason);
        show(Map.of());
    }

    /** A figure that was there stays all the time, so that no scrape misses it. */
    private void show(Map<Figure, Map<String, Object>> now) {
        found = now;
        now.keySet().forEach(figure -> gauges.computeIfAbsent(figure, this::gauge));
        gauges.entrySet()
                .removeIf(shown -> !now.containsKey(shown.getKey()) && meters.remove(shown.getValue()) != null);
    }

    private Gauge gauge(Figure figure) {
        return Gauge.builder(figure.name(), () ->
                        (Number) found.getOrDefault(figure, Map.of()).get("value"))
                .tags(figure.tags())
                .register(meters);
    }

    /** Why the database says nothing, or null. */
    @Nullable
    String failure() {
        return failure;
    }

    /** For how many seconds it has said nothing. */
    double secondsSinceFound() {
        return (System.nanoTime() - lastFound) / 1e9;
    }

    /** What it said last under a name. */
    Stream<Map<String, Object>> rows(String name) {
        return found.values().stream().filter(row -> name.equals(row.get("figure")));
    }
}
