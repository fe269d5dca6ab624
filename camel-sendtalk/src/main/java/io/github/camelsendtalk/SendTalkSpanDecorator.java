package io.github.camelsendtalk;

import io.github.camelsendtalk.client.MessageStatus;
import io.github.camelsendtalk.client.MessageType;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.TagConstants;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;
import org.apache.camel.util.StringHelper;

/**
 * What the span of a call says of it: operation, type, id and outcome; nothing that was sent, and to nobody.
 *
 * <p>Camel's tracing finds it where there is one; this class is not loaded where there is none.
 */
public class SendTalkSpanDecorator extends AbstractSpanDecorator {

    /** The exchange property by which a producer says what it sends: only there is the URI of a toD known. */
    static final String TYPE = "CamelSendTalkSpanType";

    private static final String SCHEME = "sendtalk";
    private static final String OUTCOME = "sendtalk.outcome";

    @Override
    public String getComponent() {
        return SCHEME;
    }

    /** For components of another name. */
    @Override
    public String getComponentClassName() {
        return SendTalkComponent.class.getName();
    }

    /** Does without what Camel says of each endpoint: its URI may hold a number. */
    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        String full = endpoint.getEndpointUri();
        String uri = StringHelper.before(full, "?", full);
        span.setComponent("camel-" + SCHEME);
        span.setTag(TagConstants.URL_SCHEME, StringHelper.before(uri, ":"));
        span.setTag(TagConstants.URL_PATH, stripSchemeAndOptions(uri));
        span.setTag("camel.uri", uri);
        span.setTag(TagConstants.EXCHANGE_ID, exchange.getExchangeId());
        if (endpoint instanceof SendTalkEndpoint ours) {
            span.setTag(TagConstants.SERVER_ADDRESS, BaseUrl.withoutSecrets(ours.getServiceUrl()));
            span.setTag(TagConstants.SERVER_PROTOCOL, ours.getServiceProtocol());
            span.setTag("sendtalk.operation", ours.getOperation().name());
        }
        exchange.removeProperty(TYPE);
    }

    @Override
    public void afterTracingEvent(Span span, Exchange exchange) {
        super.afterTracingEvent(span, exchange);
        if (exchange.removeProperty(TYPE) instanceof MessageType type) {
            span.setTag("sendtalk.message.type", type.value());
        }
        Exception failure = exchange.getException();
        if (failure != null) {
            span.setTag(OUTCOME, SendOutcome.of(failure).name());
            return;
        }
        // what an operation puts into the body says which one it was
        Object answer = exchange.getMessage().getBody();
        boolean isCheck = answer instanceof Boolean;
        boolean isQuestion = isCheck || answer instanceof MessageStatus;
        span.setTag(OUTCOME, isQuestion ? "answered" : SendOutcome.accepted.name());
        if (!isCheck) {
            span.setTag(
                    TagConstants.MESSAGE_ID,
                    exchange.getMessage().getHeader(SendTalkConstants.MESSAGE_ID, String.class));
        }
    }
}
