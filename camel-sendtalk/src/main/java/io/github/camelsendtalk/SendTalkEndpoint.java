package io.github.camelsendtalk;

import io.github.camelsendtalk.client.SendTalkClient;
import io.github.camelsendtalk.client.SendTalkException;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Send WhatsApp messages (one-time codes, texts, images) through the SendTalk API and ask for their status.
 */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "sendtalk",
        title = "SendTalk",
        syntax = "sendtalk:operation",
        producerOnly = true,
        category = {Category.CHAT, Category.MESSAGING},
        headersClass = SendTalkConstants.class)
public class SendTalkEndpoint extends DefaultEndpoint implements AsyncEndpoint, EndpointServiceLocation {

    @UriPath
    @Metadata(required = true)
    private final SendTalkOperation operation;

    @UriParam
    private final SendTalkConfiguration configuration;

    SendTalkEndpoint(
            String uri, SendTalkComponent component, SendTalkOperation operation, SendTalkConfiguration configuration) {
        super(uri, component);
        this.operation = operation;
        this.configuration = configuration;
    }

    @Override
    public SendTalkComponent getComponent() {
        return (SendTalkComponent) super.getComponent();
    }

    @Override
    public Producer createProducer() {
        return new SendTalkProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "sendtalk can't be consumed from: SendTalk documents no callbacks. Use it in a to.");
    }

    /** A client with this endpoint's key, URL and bounds, on the component's connections. */
    SendTalkClient createClient() {
        return getComponent().createClient(configuration);
    }

    /**
     * Counts how a call ended, where it was a send.
     *
     * @param failure null where it was taken
     */
    void ended(@Nullable Throwable failure) {
        if (operation == SendTalkOperation.send) {
            getComponent().sendCounts().ended(failure);
        }
    }

    /** Leaves the message as it was, but for the time that Camel's redelivery of this failure is asked to wait. */
    void fail(Exchange exchange, Throwable failure) {
        exchange.setException(failure);
        if (failure instanceof SendTalkException known) {
            Attempts.failed(exchange, this, known);
            RetryDelay.set(exchange, known);
        }
    }

    @Override
    public String getServiceUrl() {
        return getComponent().getBaseUrl();
    }

    @Override
    public String getServiceProtocol() {
        return "http";
    }

    /** Whether to send a message or to ask for the status of one. */
    public SendTalkOperation getOperation() {
        return operation;
    }

    public SendTalkConfiguration getConfiguration() {
        return configuration;
    }
}
