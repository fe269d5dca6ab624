package io.github.camelsendtalk;

import io.github.camelsendtalk.client.SendTalkException;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConverter;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.TypeConverterSupport;

/**
 * The time in milliseconds that the API asks to wait before a failed call is repeated, for Camel's redelivery, which reads it
 * from a header.
 *
 * <p>The header may stay on the message when the failure has long been handled. So it is not a {@code Long} but this number, which
 * Camel can convert to {@code Long} only while the exchange fails with the very exception that asked; a later redelivery of
 * another step waits its own delay. Other readers of the header, such as a log or a JSON writer, see a number.
 */
final class RetryDelay extends Number {

    private static final long serialVersionUID = 1L;

    /** Longer waits belong to a table or a broker: an exchange that waits in memory ends with its JVM. */
    private static final Duration MAX = Duration.ofMinutes(1);

    private static final TypeConverter TO_MILLIS = new TypeConverterSupport() {
        @Override
        @SuppressWarnings("unchecked")
        public <T> T convertTo(Class<T> type, Exchange exchange, Object value) {
            RetryDelay delay = (RetryDelay) value;
            boolean holds = exchange != null && exchange.getException() == delay.asked;
            // Void says that there is no value, where null would let Camel ask other converters
            return (T) (holds ? (Object) delay.millis : Void.class);
        }
    };

    private final SendTalkException asked;
    private final long millis;

    private RetryDelay(SendTalkException asked, Duration asking) {
        this.asked = asked;
        this.millis = (asking.compareTo(MAX) > 0 ? MAX : asking).toMillis();
    }

    static void set(Exchange exchange, SendTalkException failure) {
        Duration asking = failure.getRetryAfter();
        if (asking != null) {
            exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, new RetryDelay(failure, asking));
        }
    }

    /** Lets Camel read the header. */
    static void register(TypeConverterRegistry converters) {
        converters.addTypeConverter(Long.class, RetryDelay.class, TO_MILLIS);
    }

    @Override
    public int intValue() {
        return (int) millis;
    }

    @Override
    public long longValue() {
        return millis;
    }

    @Override
    public float floatValue() {
        return millis;
    }

    @Override
    public double doubleValue() {
        return millis;
    }

    @Override
    public String toString() {
        return String.valueOf(millis);
    }
}
