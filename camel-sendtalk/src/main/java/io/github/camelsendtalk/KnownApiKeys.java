package io.github.camelsendtalk;

import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;

/** The keys of all accounts that a context sends with: a placeholder in a value from outside may name any of them. */
final class KnownApiKeys {

    private final Set<String> keys = ConcurrentHashMap.newKeySet();

    private KnownApiKeys() {}

    static KnownApiKeys of(CamelContext context) {
        ExtendedCamelContext extension = context.getCamelContextExtension();
        synchronized (extension) {
            KnownApiKeys known = extension.getContextPlugin(KnownApiKeys.class);
            if (known == null) {
                known = new KnownApiKeys();
                extension.addContextPlugin(KnownApiKeys.class, known);
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
