package io.github.camelsendtalk;

import io.github.camelsendtalk.client.SendTalkException;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConverter;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.TypeConverterSupport;

/**
 * The time that the API asks to wait before a failed call is repeated, for Camel's redelivery, which reads it from a header.
 *
 * <p>The header may stay on the message when the failure has long been handled. So it is not a number but this, which becomes
 * a number only while the exchange fails with the very exception that asked; a later redelivery of another step waits
 * its own delay.
 */
record RetryDelay(SendTalkException asked) {

    /** Longer waits belong to a table or a broker: an exchange that waits in memory ends with its JVM. */
    private static final Duration MAX = Duration.ofMinutes(1);

    static void set(Exchange exchange, SendTalkException failure) {
        if (failure.getRetryAfter() != null) {
            exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, new RetryDelay(failure));
        }
    }

    /** Lets Camel read the header. */
    static void register(TypeConverterRegistry converters) {
        converters.addTypeConverter(Long.class, RetryDelay.class, TO_MILLIS);
    }

    private static final TypeConverter TO_MILLIS = new TypeConverterSupport() {
        @Override
        @SuppressWarnings("unchecked")
        public <T> T convertTo(Class<T> type, Exchange exchange, Object value) {
            RetryDelay delay = (RetryDelay) value;
            boolean holds = exchange != null && exchange.getException() == delay.asked;
            // Void says that there is no value, where null would let Camel ask other converters
            return (T) (holds ? (Object) delay.millis() : Void.class);
        }
    };

    private long millis() {
        Duration asking = asked.getRetryAfter();
        return (asking.compareTo(MAX) > 0 ? MAX : asking).toMillis();
    }

    @Override
    public String toString() {
        return String.valueOf(millis());
    }
}
