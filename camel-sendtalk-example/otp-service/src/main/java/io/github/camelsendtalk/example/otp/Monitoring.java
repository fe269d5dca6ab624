package io.github.camelsendtalk.example.otp;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.outbox.Figures;
import io.github.camelsendtalk.outbox.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.apache.camel.spi.ComponentCustomizer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the management port shows. Neither a scrape nor a probe waits for the database. */
@Configuration
class Monitoring {

    private static final String APPLICATION = "otp";

    @Bean
    Figures outboxFigures(MeterRegistry meters, Worker worker) {
        Figures figures = new Figures(meters, APPLICATION);
        figures.watch(worker);
        return figures;
    }

    @Bean
    Figures codeFigures(MeterRegistry meters) {
        return new Figures(meters, APPLICATION);
    }

    @Bean
    ComponentCustomizer countSends(MeterRegistry meters) {
        return ComponentCustomizer.forType(SendTalkComponent.class, sends -> Figures.countSends(meters, sends));
    }

    /** Without it no request is served: an instance that has none is not ready. */
    @Bean
    HealthIndicator databaseHealthIndicator(Figures outboxFigures) {
        return of(outboxFigures::complaintOfDatabase);
    }

    /** Requests are served all the same, and codes go by the second channel. */
    @Bean
    HealthIndicator gateHealthIndicator(Figures outboxFigures) {
        return of(outboxFigures::complaintOfGate);
    }

    /** Requests are served all the same, and other instances send their codes. */
    @Bean
    HealthIndicator workerHealthIndicator(Figures outboxFigures, Worker worker) {
        return of(() -> outboxFigures.complaintOf(worker));
    }

    private static HealthIndicator of(Supplier<@Nullable String> complaint) {
        return () -> {
            String said = complaint.get();
            return said == null
                    ? Health.up().build()
                    : Health.down().withDetail("reason", said).build();
        };
    }
}
