package io.github.camelsendtalk.example.campaign;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.example.campaign.Settings.Role;
import io.github.camelsendtalk.outbox.Figures;
import io.github.camelsendtalk.outbox.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/** Has the application show metrics and health on its management port. */
final class Monitoring {

    private Monitoring() {}

    static void show(Main main, Settings settings, Worker worker) {
        main.setPropertyPlaceholderLocations("classpath:application.properties,classpath:management.properties");
        String routes = main.configure().getRoutesIncludePattern();
        main.configure()
                .setRoutesIncludePattern(
                        routes + ",classpath:outbox/figures.camel.yaml,classpath:camel/figures.camel.yaml");

        MeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        meters.config().commonTags("account", settings.account());
        main.bind(MicrometerConstants.METRICS_REGISTRY_NAME, meters);
        main.lookup("dataSource", HikariDataSource.class).setMetricRegistry(meters);
        SendTalkComponent sends = new SendTalkComponent();
        main.bind("sendtalk", sends);
        Figures.countSends(meters, sends);
        Figures figures = new Figures(meters, "campaign");
        main.bind("figures", figures);
        check(main, "database", figures::complaintOfDatabase);
        check(main, "gate", figures::complaintOfGate);
        if (settings.roles().contains(Role.send)) {
            figures.watch(worker);
            check(main, "worker", () -> figures.complaintOf(worker));
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
}
