package io.github.camelsendtalk;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.jspecify.annotations.Nullable;

/** The health checks of a component: one for each key and URL, as long as a producer uses them. */
final class SendTalkHealthChecks {

    private final SendTalkComponent component;
    private final Map<Target, Registered> checks = new HashMap<>();
    private int lastNumber;

    SendTalkHealthChecks(SendTalkComponent component) {
        this.component = component;
    }

    private record Target(String baseUrl, @Nullable String apiKey) {
        static Target of(SendTalkConfiguration configuration) {
            return new Target(configuration.getBaseUrl(), configuration.getApiKey());
        }

        @Override
        public String toString() {
            return baseUrl;
        }
    }

    private static final class Registered {
        private final SendTalkHealthCheck check;
        private int producers;

        Registered(SendTalkHealthCheck check) {
            this.check = check;
        }
    }

    synchronized void add(SendTalkConfiguration configuration) {
        checks.computeIfAbsent(Target.of(configuration), target -> register(configuration)).producers++;
    }

    private Registered register(SendTalkConfiguration configuration) {
        lastNumber++;
        String id =
                "producer:sendtalk-" + configuration.baseUri().getHost() + (lastNumber == 1 ? "" : "-" + lastNumber);
        SendTalkHealthCheck check =
                new SendTalkHealthCheck(id, component.createClient(configuration, SendTalkHealthCheck.TIMEOUT));
        check.setEnabled(component.isHealthCheckProducerEnabled());
        WritableHealthCheckRepository repository = repository();
        if (repository != null) {
            repository.addHealthCheck(check);
        }
        return new Registered(check);
    }

    synchronized void remove(SendTalkConfiguration configuration) {
        Registered registered = checks.get(Target.of(configuration));
        if (registered != null && --registered.producers == 0) {
            checks.remove(Target.of(configuration));
            unregister(registered);
        }
    }

    private void unregister(Registered registered) {
        WritableHealthCheckRepository repository = repository();
        if (repository != null) {
            repository.removeHealthCheck(registered.check);
        }
    }

    private @Nullable WritableHealthCheckRepository repository() {
        return HealthCheckHelper.getHealthCheckRepository(
                component.getCamelContext(), "producers", WritableHealthCheckRepository.class);
    }
}
