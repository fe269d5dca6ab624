package io.github.camelsendtalk.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.SpanContextPropagationExtractor;
import org.apache.camel.telemetry.SpanContextPropagationInjector;
import org.apache.camel.telemetry.SpanLifecycleManager;
import org.apache.camel.telemetry.Tracer;
import org.jspecify.annotations.Nullable;

/** Camel's tracing, which keeps the spans that ended. */
public final class SpanRecorder extends Tracer {

    private final Queue<Recorded> ended = new ConcurrentLinkedQueue<>();

    /** A span: its name, its tags, and what was logged in it. */
    public record Recorded(String name, Map<String, String> tags, List<Map<String, String>> logs) implements Span {

        @Override
        public void log(Map<String, String> fields) {
            logs.add(fields);
        }

        @Override
        public void setTag(String key, String value) {
            tags.put(key, value);
        }

        @Override
        public void setComponent(String component) {
            setTag("component", component);
        }

        @Override
        public void setError(boolean error) {
            setTag("error", String.valueOf(error));
        }
    }

    /** The spans of calls of a component that ended, in the order of their ends. */
    public List<Recorded> of(String component) {
        return ended.stream()
                .filter(span -> component.equals(span.tags().get("component")))
                .toList();
    }

    /** What all spans that ended since the last time held. */
    public String news() {
        StringBuilder news = new StringBuilder();
        for (Recorded span = ended.poll(); span != null; span = ended.poll()) {
            news.append(span).append('\n');
        }
        return news.toString();
    }

    @Override
    protected void initTracer() {
        setSpanLifecycleManager(new SpanLifecycleManager() {
            @Override
            public Span create(String name, @Nullable Span parent, SpanContextPropagationExtractor extractor) {
                return new Recorded(name, new TreeMap<>(), new ArrayList<>());
            }

            @Override
            public void activate(Span span) {}

            @Override
            public void deactivate(Span span) {}

            @Override
            public void close(Span span) {
                ended.add((Recorded) span);
            }

            @Override
            public void inject(Span span, SpanContextPropagationInjector injector, boolean tracing) {}
        });
    }
}
