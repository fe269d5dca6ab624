package io.github.camelsendtalk;

import io.github.camelsendtalk.client.PhoneReader;
import io.github.camelsendtalk.client.SendResult;
import io.github.camelsendtalk.client.SendTalkMessage;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.SendDynamicAware.DynamicAwareEntry;
import org.apache.camel.support.DefaultExchange;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the component does with an exchange before and after the call, and what {@code toD} adds; in its package, because the parts are not public. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageBenchmark {

    private static final String DYNAMIC = "sendtalk:send?phone=${header.to}";
    private static final SendResult RESULT =
            new SendResult("f26ccf7a-d867-b3a4-d333-117ec668718d", "The message has been added to queue");

    private final CamelContext context = new DefaultCamelContext();
    private final SendTalkSendDynamicAware dynamic = new SendTalkSendDynamicAware();
    private SendTalkBinding binding;
    private Exchange exchange;
    private long number = 62_811_0000_0000L;

    @Setup
    public void start() {
        SendTalkComponent component = context.getComponent("sendtalk", SendTalkComponent.class);
        component.getConfiguration().setApiKey("benchmark-key");
        component.getConfiguration().setPhoneRegion("ID");
        SendTalkEndpoint endpoint = context.getEndpoint("sendtalk:send", SendTalkEndpoint.class);
        binding =
                new SendTalkBinding(KnownApiKeys.of(context), endpoint.getConfiguration(), component::getConfiguration);
        exchange = new DefaultExchange(context);
        dynamic.setCamelContext(context);
    }

    @TearDown
    public void stop() {
        context.stop();
    }

    /** An exchange becomes a message, and a result goes into the exchange. */
    @Benchmark
    public SendTalkMessage binding() throws Exception {
        exchange.getMessage().setBody("Your order is on its way and will be with you tomorrow.");
        exchange.getMessage().setHeader("phone", Long.toString(number++));
        SendTalkMessage message = binding.message(exchange);
        binding.sent(exchange, RESULT, message.phone());
        // each message has an exchange of its own, but for here
        exchange.removeProperty(SentIds.PROPERTY);
        return message;
    }

    /** A URI of {@code toD} with a recipient of its own becomes an endpoint's URI and the message's options. */
    @Benchmark
    public String toD() throws Exception {
        String uri = "sendtalk:send?phone=" + number++;
        DynamicAwareEntry entry = dynamic.prepare(exchange, uri, DYNAMIC);
        String endpoint = dynamic.resolveStaticUri(exchange, entry);
        Processor before = dynamic.createPreProcessor(exchange, entry);
        before.process(exchange);
        dynamic.createPostProcessor(exchange, entry).process(exchange);
        return endpoint;
    }

    /** A phone number as it may be written. */
    @State(Scope.Thread)
    public static class Phone {

        private final PhoneReader reader = new PhoneReader("ID");

        @Param({"6281212345678", "0812-1234-5678", "+6591234567"})
        public String written;
    }

    @Benchmark
    public String phone(Phone phone) {
        return phone.reader.read(phone.written);
    }
}
