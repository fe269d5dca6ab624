package io.github.camelsendtalk;

import io.github.camelsendtalk.client.SendTalkClient;
import io.github.camelsendtalk.client.SendTalkMessage;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Calls the API for an exchange; the answer comes back through {@link PendingExchanges}. */
class SendTalkProducer extends DefaultAsyncProducer {

    private final SendTalkEndpoint endpoint;
    private final SendTalkBinding binding;
    private final SendTalkClient client;
    private final StatusPoller statusPoller;

    SendTalkProducer(SendTalkEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.binding = new SendTalkBinding(endpoint);
        this.client = endpoint.createClient();
        this.statusPoller = new StatusPoller(client, endpoint);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            switch (endpoint.getOperation()) {
                case send -> {
                    SendTalkMessage message = binding.message(exchange);
                    await(
                            client.send(message),
                            exchange,
                            callback,
                            (e, result) -> binding.sent(e, result, message.phone()));
                }
                case status -> {
                    String id = binding.messageId(exchange);
                    await(statusPoller.status(id), exchange, callback, (e, status) -> binding.status(e, status, id));
                }
            }
            return false;
        } catch (Throwable e) {
            endpoint.ended(e);
            endpoint.fail(exchange, e);
            callback.done(true);
            return true;
        }
    }

    private <T> void await(
            CompletionStage<T> answer, Exchange exchange, AsyncCallback callback, BiConsumer<Exchange, T> result) {
        endpoint.getComponent()
                .pendingExchanges()
                .await(answer, new PendingExchange<>(exchange, callback, endpoint, result));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        endpoint.getComponent().healthChecks().add(endpoint.getConfiguration());
    }

    @Override
    protected void doStop() throws Exception {
        endpoint.getComponent().healthChecks().remove(endpoint.getConfiguration());
        super.doStop();
    }
}
