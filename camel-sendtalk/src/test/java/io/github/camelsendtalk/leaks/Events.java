package io.github.camelsendtalk.leaks;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

/** The text forms of Camel's events. */
final class Events extends EventNotifierSupport {

    private final Queue<String> texts = new ConcurrentLinkedQueue<>();

    @Override
    public void notify(CamelEvent event) {
        texts.add(event.getType() + " " + event);
    }

    /** Those since this was asked last. */
    String news() {
        StringBuilder news = new StringBuilder();
        for (String text = texts.poll(); text != null; text = texts.poll()) {
            news.append(text).append('\n');
        }
        return news.toString();
    }
}
