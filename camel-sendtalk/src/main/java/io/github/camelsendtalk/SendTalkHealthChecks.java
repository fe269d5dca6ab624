package io.github.camelsendtalk;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.jspecify.annotations.Nullable;

/** The health checks of a component: one for each key, as long as a producer uses it. */
final class SendTalkHealthChecks {

    private final SendTalkComponent component;
    private final Map<String, Registered> checks = new HashMap<>();

    /** The number of each key that is not the component's, kept so that a route that comes back gets its id again. */
    private final Map<String, Integer> numbers = new HashMap<>();

    SendTalkHealthChecks(SendTalkComponent component) {
        this.component = component;
    }

    private static final class Registered {
        private final SendTalkHealthCheck check;
        private int producers;

        Registered(SendTalkHealthCheck check) {
            this.check = check;
        }
    }

    synchronized void add(SendTalkConfiguration configuration) {
        checks.computeIfAbsent(key(configuration), key -> register(configuration)).producers++;
    }

    private Registered register(SendTalkConfiguration configuration) {
        SendTalkHealthCheck check = new SendTalkHealthCheck(
                id(configuration),
                component.createClient(configuration, SendTalkHealthCheck.TIMEOUT, SendTalkHealthCheck.TIMEOUT));
        check.setEnabled(component.isHealthCheckProducerEnabled());
        WritableHealthCheckRepository repository = repository();
        if (repository != null) {
            repository.addHealthCheck(check);
        }
        return new Registered(check);
    }

    /** Says which component, host and, of several, which key; nothing that a key could be guessed by. */
    private String id(SendTalkConfiguration configuration) {
        String key = key(configuration);
        String id =
                "producer:%s-%s".formatted(componentName(), component.baseUri().getHost());
        return key.equals(component.getConfiguration().getApiKey())
                ? id
                : id + "-" + numbers.computeIfAbsent(key, added -> numbers.size() + 2);
    }

    private static String key(SendTalkConfiguration configuration) {
        return Objects.requireNonNull(configuration.getApiKey());
    }

    private String componentName() {
        CamelContext context = component.getCamelContext();
        return context.getComponentNames().stream()
                .filter(name -> context.hasComponent(name) == component)
                .findFirst()
                .orElse("sendtalk");
    }

    synchronized void remove(SendTalkConfiguration configuration) {
        Registered registered = checks.get(key(configuration));
        if (registered != null && --registered.producers == 0) {
            checks.remove(key(configuration));
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
