package io.github.camelsendtalk;

import io.github.camelsendtalk.client.SendTalkValidationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.annotations.SendDynamic;
import org.apache.camel.support.component.SendDynamicAwareSupport;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.apache.camel.util.UnsafeUriCharactersEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@code toD("sendtalk:send?phone=${header.to}")} use one endpoint for any number of recipients: what the URI says of
 * the message travels with the exchange, and the endpoint is the one without it.
 *
 * <p>The values come from messages, so what they may do is bounded: a value such as {@code 62812&baseUrl=…} must not choose
 * who pays or where the key goes. A parameter that the route's author didn't write is refused.
 */
@SendDynamic("sendtalk")
public class SendTalkSendDynamicAware extends SendDynamicAwareSupport {

    private static final Set<String> MESSAGE_OPTIONS = Set.of("phone", "messageType", "filename", "caption");

    @Override
    public boolean isLenientProperties() {
        return false;
    }

    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) throws Exception {
        Map<String, Object> message = new LinkedHashMap<>();
        Map<String, Object> endpoint = new LinkedHashMap<>();
        for (Map.Entry<String, Object> parameter : parameters(uri).entrySet()) {
            checkWritten(parameter, originalUri);
            (MESSAGE_OPTIONS.contains(parameter.getKey()) ? message : endpoint)
                    .put(parameter.getKey(), parameter.getValue());
        }
        // not Camel's helper, which evaluates $simple{…} as well: these values may come from outside
        URISupport.resolveRawParameterValues(message);
        return new DynamicAwareEntry(uri, originalUri, message, endpoint);
    }

    /** The parameters as {@code to} would read them. */
    private static Map<String, Object> parameters(String uri) throws URISyntaxException {
        return URISupport.parseParameters(new URI(UnsafeUriCharactersEncoder.encode(URISupport.normalizeUri(uri))));
    }

    private static void checkWritten(Map.Entry<String, Object> parameter, String originalUri)
            throws SendTalkValidationException {
        String key = parameter.getKey();
        if (!originalUri.contains(key + "=")) {
            throw invalid(
                    key,
                    "does not stand in the route: a value holds '&' and would set it. Set the header CamelSendTalkPhone, or"
                            + " another CamelSendTalk header, to values from outside");
        }
        if (!(parameter.getValue() instanceof String)) {
            throw invalid(key, "is given more than once");
        }
    }

    private static SendTalkValidationException invalid(String key, String problem) {
        return new SendTalkValidationException(
                "send", key, "The parameter '%s' of a dynamic sendtalk URI %s.".formatted(key, problem));
    }

    @Override
    public String resolveStaticUri(Exchange exchange, DynamicAwareEntry entry) throws Exception {
        String path = StringHelper.before(entry.getUri(), "?", entry.getUri());
        Map<String, Object> parameters = entry.getLenientProperties();
        return parameters.isEmpty() ? path : path + "?" + URISupport.createQueryString(parameters, false);
    }

    @Override
    public Processor createPreProcessor(Exchange exchange, DynamicAwareEntry entry) {
        Map<String, Object> message = entry.getProperties();
        MessageOptions options = new MessageOptions(
                text(message, "phone"),
                text(message, "messageType"),
                text(message, "filename"),
                text(message, "caption"));
        return e -> e.setProperty(MessageOptions.PROPERTY, options);
    }

    private static @Nullable String text(Map<String, Object> parameters, String name) {
        return (String) parameters.get(name);
    }

    @Override
    public Processor createPostProcessor(Exchange exchange, DynamicAwareEntry entry) {
        return e -> e.removeProperty(MessageOptions.PROPERTY);
    }
}
