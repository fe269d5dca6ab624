package io.github.camelsendtalk;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;

/** The health checks of a component: one for each key, as long as a producer uses it. */
final class ProducerHealthChecks {

    private final Map<String, Registered> checks = new HashMap<>();

    /** The number of each key that is not the component's, kept so that a route that comes back gets its id again. */
    private final Map<String, Integer> numbers = new HashMap<>();

    private record Registered(SendTalkHealthCheck check, AtomicInteger producers) {}

    /**
     * Adds a producer.
     *
     * @param ofComponent whether the key is the component's
     * @param make makes the check of a key with this at the end of its id; nothing that a key could be guessed by
     */
    synchronized void add(
            CamelContext context, String key, boolean ofComponent, Function<String, SendTalkHealthCheck> make) {
        Registered registered = checks.get(key);
        if (registered == null) {
            String suffix = ofComponent ? "" : "-" + numbers.computeIfAbsent(key, added -> numbers.size() + 2);
            SendTalkHealthCheck check = make.apply(suffix);
            registered = new Registered(check, new AtomicInteger());
            withRepository(context, repository -> repository.addHealthCheck(check));
            checks.put(key, registered);
        }
        registered.producers.incrementAndGet();
    }

    /** Removes a producer, and the check of its key with the last one. */
    synchronized void remove(CamelContext context, String key) {
        Registered registered = checks.get(key);
        if (registered != null && registered.producers.decrementAndGet() == 0) {
            checks.remove(key);
            withRepository(context, repository -> repository.removeHealthCheck(registered.check));
        }
    }

    private static void withRepository(CamelContext context, Consumer<WritableHealthCheckRepository> action) {
        WritableHealthCheckRepository repository =
                HealthCheckHelper.getHealthCheckRepository(context, "producers", WritableHealthCheckRepository.class);
        if (repository != null) {
            action.accept(repository);
        }
    }
}
