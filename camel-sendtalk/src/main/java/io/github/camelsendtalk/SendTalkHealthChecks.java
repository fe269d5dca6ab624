package io.github.camelsendtalk;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.jspecify.annotations.Nullable;

/** The health checks of a component: one for each key and URL, as long as a producer uses them. */
final class SendTalkHealthChecks {

    private final SendTalkComponent component;
    private final Map<List<@Nullable String>, Registered> checks = new HashMap<>();
    private int lastNumber;

    SendTalkHealthChecks(SendTalkComponent component) {
        this.component = component;
    }

    /**
     * What one check is for. A list, because a record that is compared holds its class loader in the JDK (17), so that an
     * application server could not let go of an application.
     */
    private static List<@Nullable String> target(SendTalkConfiguration configuration) {
        return Arrays.asList(configuration.getApiKey());
    }

    private static final class Registered {
        private final SendTalkHealthCheck check;
        private int producers;

        Registered(SendTalkHealthCheck check) {
            this.check = check;
        }
    }

    synchronized void add(SendTalkConfiguration configuration) {
        checks.computeIfAbsent(target(configuration), target -> register(configuration)).producers++;
    }

    private Registered register(SendTalkConfiguration configuration) {
        lastNumber++;
        String id = "producer:sendtalk-" + component.baseUri().getHost() + (lastNumber == 1 ? "" : "-" + lastNumber);
        SendTalkHealthCheck check = new SendTalkHealthCheck(
                id, component.createClient(configuration, SendTalkHealthCheck.TIMEOUT, SendTalkHealthCheck.TIMEOUT));
        check.setEnabled(component.isHealthCheckProducerEnabled());
        WritableHealthCheckRepository repository = repository();
        if (repository != null) {
            repository.addHealthCheck(check);
        }
        return new Registered(check);
    }

    synchronized void remove(SendTalkConfiguration configuration) {
        Registered registered = checks.get(target(configuration));
        if (registered != null && --registered.producers == 0) {
            checks.remove(target(configuration));
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
