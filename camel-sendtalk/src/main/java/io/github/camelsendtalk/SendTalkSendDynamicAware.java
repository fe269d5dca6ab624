package io.github.camelsendtalk;

import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.annotations.SendDynamic;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.component.SendDynamicAwareSupport;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@code toD("sendtalk:send?phone=${header.to}")} use one endpoint for any number of recipients: what the URI says of
 * the message travels with the exchange, and the endpoint is the one without it.
 *
 * <p>The values come from messages, so what they may do is bounded: a value such as {@code 62812&apiKey=…} must not choose
 * who pays. A parameter that the route's author didn't write is refused.
 */
@SendDynamic("sendtalk")
public class SendTalkSendDynamicAware extends SendDynamicAwareSupport {

    private static final Set<String> MESSAGE_OPTIONS =
            Stream.of(MessageField.values()).map(MessageField::apiName).collect(Collectors.toSet());

    /** The author's parameters: the same for each message. */
    private volatile @Nullable Map<String, Object> written;

    /** The base class looks for the options of a component of this scheme, which may be any name that a user gave it. */
    @Override
    protected void doInit() {}

    @Override
    public boolean isLenientProperties() {
        return false;
    }

    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) throws Exception {
        Map<String, Object> message = new LinkedHashMap<>();
        Map<String, Object> endpoint = new LinkedHashMap<>();
        for (Map.Entry<String, Object> parameter :
                URISupport.parseQuery(URISupport.extractQuery(uri), true).entrySet()) {
            String key = parameter.getKey();
            String value = decode(key, value(key, parameter.getValue(), written(originalUri)));
            if (MESSAGE_OPTIONS.contains(key)) {
                message.put(key, value);
            } else {
                endpoint.put(key, single(key, value, written(originalUri).get(key)));
                requireNoKey(key, value);
            }
        }
        // not Camel's helper, which evaluates $simple{…} as well: these values may come from outside
        URISupport.resolveRawParameterValues(message);
        check(UriOptions.operation(uri), message);
        return new DynamicAwareEntry(uri, originalUri, message, endpoint);
    }

    private Map<String, Object> written(String originalUri) {
        Map<String, Object> parameters = written;
        if (parameters == null) {
            parameters = UriOptions.written(
                    EndpointHelper.resolveEndpointUriPropertyPlaceholders(getCamelContext(), originalUri));
            written = parameters;
        }
        return parameters;
    }

    /** The value of a parameter that stands in the route, once. */
    private static String value(String key, Object given, Map<String, Object> written)
            throws SendTalkValidationException {
        if (!written.containsKey(key)) {
            throw invalid(
                    "sets a parameter that does not stand in the route: a value holds '&'. Set the header CamelSendTalkPhone,"
                            + " or another CamelSendTalk header, to values from outside");
        }
        if (!(given instanceof String value)) {
            throw invalid("gives the parameter '%s' twice".formatted(key));
        }
        if (isRaw(value) && !(written.get(key) instanceof String author && isRaw(author))) {
            throw invalid("has a value for '%s' that begins with RAW, which would swallow the parameters after it"
                    .formatted(key));
        }
        return value;
    }

    /**
     * Camel decodes a static URI more than once, so that an encoded {@code &} in a value would become a parameter there; and it
     * takes a value that begins with {@code #} for a bean, a class to make, or a property.
     */
    private static String single(String key, String value, @Nullable Object author) throws SendTalkValidationException {
        if ((value.contains("&") || value.contains("%")) && !isRaw(value)) {
            throw invalid("has an '&' or '%%' in the parameter '%s'; write RAW(…) around the value".formatted(key));
        }
        boolean bean = value.startsWith("#") || value.startsWith("RAW(#") || value.startsWith("RAW{#");
        if (bean && !(author instanceof String text && text.contains("#"))) {
            throw invalid("has a value for '%s' that begins with '#', which would name a bean".formatted(key));
        }
        return value;
    }

    /** Camel shows the URI of an endpoint, but for what stands in apiKey; a placeholder in a value may have brought the key. */
    private void requireNoKey(String key, String value) throws SendTalkValidationException {
        if (!key.equals("apiKey") && KnownApiKeys.of(getCamelContext()).isIn(value)) {
            throw invalid("has an API key in the parameter '%s'".formatted(key));
        }
    }

    /** What {@code to} complains of at start. */
    private static void check(Operation operation, Map<String, Object> message) throws SendTalkValidationException {
        for (Map.Entry<String, Object> option : message.entrySet()) {
            try {
                UriOptions.requireEffect(option.getKey(), operation);
            } catch (IllegalArgumentException e) {
                throw new SendTalkValidationException(operation, option.getKey(), e.getMessage());
            }
            if (option.getValue().toString().isBlank()) {
                throw new SendTalkValidationException(
                        operation,
                        option.getKey(),
                        "The %s in the dynamic URI is blank: give it a value, or leave it out."
                                .formatted(option.getKey()));
            }
        }
    }

    /** Decodes as {@code to} does, but for the plus of a phone number, which says that the country code follows. */
    private static String decode(String key, String value) {
        if (isRaw(value)) {
            return value;
        }
        try {
            String encoded = key.equals("phone") ? value.replace("+", "%2B") : value;
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    private static boolean isRaw(String value) {
        return value.startsWith("RAW(") || value.startsWith("RAW{");
    }

    private static SendTalkValidationException invalid(String problem) {
        return new SendTalkValidationException(Operation.send, null, "A dynamic sendtalk URI " + problem + ".");
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
        return e -> DynamicOptions.set(e, options);
    }

    private static @Nullable String text(Map<String, Object> parameters, String name) {
        return (String) parameters.get(name);
    }

    @Override
    public Processor createPostProcessor(Exchange exchange, DynamicAwareEntry entry) {
        return DynamicOptions::clear;
    }
}
