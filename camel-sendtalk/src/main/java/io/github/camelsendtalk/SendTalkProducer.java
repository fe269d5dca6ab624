package io.github.camelsendtalk;

import io.github.camelsendtalk.client.SendTalkClient;
import io.github.camelsendtalk.client.SendTalkMessage;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelTracingService;
import org.apache.camel.support.DefaultAsyncProducer;

/** Calls the API for an exchange; the answer comes back through {@link PendingExchanges}. */
class SendTalkProducer extends DefaultAsyncProducer {

    private final SendTalkComponent component;
    private final SendTalkConfiguration configuration;
    private final OutcomeRecorder outcomes;
    private final SendTalkBinding binding;
    private final SendTalkClient client;
    private final StatusPoller statusPoller;
    private volatile boolean traced;

    SendTalkProducer(SendTalkEndpoint endpoint) {
        super(endpoint);
        this.component = endpoint.getComponent();
        this.configuration = endpoint.getConfiguration();
        this.outcomes = endpoint.outcomes();
        this.client = component.createClient(configuration);
        this.binding = new SendTalkBinding(
                KnownApiKeys.of(endpoint.getCamelContext()), configuration, component::getConfiguration);
        this.statusPoller = new StatusPoller(
                client,
                (task, delay) -> component.runtime().schedule(task, delay),
                Duration.ofMillis(configuration.getAwaitTimeout()),
                Duration.ofMillis(configuration.getPollInterval()));
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            switch (outcomes.operation()) {
                case send -> {
                    SendTalkMessage message = binding.message(exchange);
                    component.lengthWarnings().check(message, exchange);
                    if (traced) {
                        exchange.setProperty(SendTalkSpanDecorator.TYPE, message.messageType());
                    }
                    completeWhenDone(
                            client.send(message),
                            exchange,
                            callback,
                            (e, result) -> binding.sent(e, result, message.phone()));
                }
                case status -> {
                    String id = binding.messageId(exchange);
                    completeWhenDone(
                            statusPoller.status(id), exchange, callback, (e, status) -> binding.status(e, status, id));
                }
                case check -> {
                    String phone = binding.phone(exchange);
                    completeWhenDone(
                            client.check(phone), exchange, callback, (e, check) -> binding.checked(e, check, phone));
                }
            }
            return false;
        } catch (Throwable e) {
            outcomes.failed(exchange, e);
            callback.done(true);
            return true;
        }
    }

    private <T> void completeWhenDone(
            CompletionStage<T> answer, Exchange exchange, AsyncCallback callback, BiConsumer<Exchange, T> onResult) {
        component
                .runtime()
                .pendingExchanges()
                .completeWhenDone(answer, new ExchangeCompletion<>(exchange, callback, outcomes, onResult));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        traced = getEndpoint().getCamelContext().hasService(CamelTracingService.class) != null;
        component.addHealthCheck(configuration);
    }

    @Override
    protected void doStop() throws Exception {
        component.removeHealthCheck(configuration);
        super.doStop();
    }
}
