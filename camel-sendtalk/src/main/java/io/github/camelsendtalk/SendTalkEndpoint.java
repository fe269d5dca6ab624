package io.github.camelsendtalk;

import io.github.camelsendtalk.client.Operation;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

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
    private final Operation operation;

    @UriParam
    private final SendTalkConfiguration configuration;

    private final OutcomeRecorder outcomes;

    SendTalkEndpoint(
            String uri, SendTalkComponent component, Operation operation, SendTalkConfiguration configuration) {
        super(uri, component);
        this.operation = operation;
        this.configuration = configuration;
        this.outcomes = new OutcomeRecorder(this, operation, component.endedCalls());
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

    OutcomeRecorder outcomes() {
        return outcomes;
    }

    @Override
    public String getServiceUrl() {
        return getComponent().getBaseUrl();
    }

    @Override
    public String getServiceProtocol() {
        return "http";
    }

    /** What to do: send a message, ask for the status of one, or check whether a number is on WhatsApp (preview). */
    public Operation getOperation() {
        return operation;
    }

    public SendTalkConfiguration getConfiguration() {
        return configuration;
    }
}
