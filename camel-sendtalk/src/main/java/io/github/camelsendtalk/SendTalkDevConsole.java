package io.github.camelsendtalk;

import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** What Camel's developer consoles show of the components of a context. */
@DevConsole(name = "sendtalk", displayName = "SendTalk", description = "How the calls to SendTalk end")
public class SendTalkDevConsole extends AbstractDevConsole {

    public SendTalkDevConsole() {
        super("camel", "sendtalk", "SendTalk", "How the calls to SendTalk end");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        components().forEach(name -> {
            SendTalkComponent component = component(name);
            text.append("\n    Component: ").append(name);
            figures(component, (figure, value) -> text.append("\n        %s: %s".formatted(title(figure), value)));
            for (EndedCalls.Failure failure : failures(component)) {
                text.append("\n        Last %s: %s, of %s"
                        .formatted(
                                failure.type(), failure.time().truncatedTo(ChronoUnit.SECONDS), failure.operation()));
                if (failure.message() != null) {
                    text.append("\n            ").append(failure.message());
                }
            }
            text.append('\n');
        });
        return text.toString();
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        JsonArray components = new JsonArray();
        components().forEach(name -> {
            JsonObject json = new JsonObject();
            json.put("name", name);
            figures(component(name), json::put);
            json.put(
                    "lastFailures",
                    new JsonArray(failures(component(name)).stream()
                            .map(SendTalkDevConsole::json)
                            .toList()));
            components.add(json);
        });
        JsonObject root = new JsonObject();
        root.put("components", components);
        return root;
    }

    private Stream<String> components() {
        return getCamelContext().getComponentNames().stream()
                .filter(name -> getCamelContext().hasComponent(name) instanceof SendTalkComponent)
                .sorted();
    }

    private SendTalkComponent component(String name) {
        return (SendTalkComponent) getCamelContext().hasComponent(name);
    }

    private static void figures(SendTalkComponent component, BiConsumer<String, Object> show) {
        show.accept("baseUrl", BaseUrl.withoutSecrets(component.getBaseUrl()));
        show.accept("accepted", component.getAccepted());
        show.accept("refused", component.getRefused());
        show.accept("failed", component.getFailed());
        show.accept("unknown", component.getUnknown());
        show.accept("inFlight", component.getInFlight());
        show.accept("connectionsLeased", component.getConnectionsLeased());
        show.accept("connectionsPending", component.getConnectionsPending());
        show.accept("maxConnections", component.getMaxConnections());
    }

    /** {@code Connections leased} of {@code connectionsLeased}. */
    private static String title(String figure) {
        String words =
                figure.replaceAll("[A-Z]", " $0").toLowerCase(Locale.ROOT).replace(" url", " URL");
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** The newest first. */
    private static List<EndedCalls.Failure> failures(SendTalkComponent component) {
        return component.endedCalls().lastFailures().stream()
                .sorted(Comparator.comparing(EndedCalls.Failure::time).reversed())
                .toList();
    }

    private static JsonObject json(EndedCalls.Failure failure) {
        JsonObject json = new JsonObject();
        json.put("type", failure.type());
        json.put("operation", failure.operation().name());
        json.put("timestamp", failure.time().toEpochMilli());
        json.put("message", failure.message());
        return json;
    }
}
