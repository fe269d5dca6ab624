package io.github.camelsendtalk;

import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;

/** The keys of all accounts that a context sends with: a placeholder in a value from outside may name any of them. */
final class KnownKeys {

    private final Set<String> keys = ConcurrentHashMap.newKeySet();

    private KnownKeys() {}

    static KnownKeys of(CamelContext context) {
        ExtendedCamelContext extension = context.getCamelContextExtension();
        synchronized (extension) {
            KnownKeys known = extension.getContextPlugin(KnownKeys.class);
            if (known == null) {
                known = new KnownKeys();
                extension.addContextPlugin(KnownKeys.class, known);
            }
            return known;
        }
    }

    void add(String key) {
        keys.add(key);
    }

    boolean isIn(String value) {
        return keys.stream().anyMatch(value::contains);
    }

    /** Refuses a message that would send one of them to a customer. */
    void requireNoneIn(SendTalkMessage message) throws SendTalkValidationException {
        for (String key : keys) {
            message.requireNo(key);
        }
    }
}
