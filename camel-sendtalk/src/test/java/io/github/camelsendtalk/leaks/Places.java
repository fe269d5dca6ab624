package io.github.camelsendtalk.leaks;

import static java.util.stream.Collectors.joining;

import io.github.camelsendtalk.support.ConsoleCapture;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.BacklogTracer;
import org.apache.camel.support.PluginHelper;

/** The places where people, or the tools that they use, look; each with what there is to read. */
final class Places {

    private final Map<String, String> texts = new LinkedHashMap<>();

    /** Those that tell of these calls. */
    static Places ofCalls(HuntedContext hunted, ConsoleCapture log, List<Call> calls) throws Exception {
        Places places = new Places();
        places.texts.put("an exception", exceptions(calls));
        places.texts.put("an exchange", calls.stream().map(Call::additions).collect(joining()));
        places.texts.put("a text form", textForms(hunted, calls));
        places.texts.put("the backlog tracer", backlog(hunted.camel()));
        places.texts.put("an event", hunted.events().news());
        places.texts.put("a span", hunted.spans().news());
        places.texts.put("a thread name", Thread.getAllStackTraces().keySet().toString());
        places.texts.put("the log", log.news());
        return places;
    }

    /** All of them. */
    static Places all(HuntedContext hunted, ConsoleCapture log, List<Call> calls) throws Exception {
        CamelContext context = hunted.camel();
        Places places = ofCalls(hunted, log, calls);
        places.texts.put("JMX", hunted.management().everything());
        places.texts.put("a health check", healthOf(context));
        places.texts.put("a route dump", routeDumps(context));
        places.texts.put("a developer console", consoles(context));
        return places;
    }

    /** The names of the places that hold something. */
    List<String> withText() {
        return texts.keySet().stream()
                .filter(place -> !texts.get(place).isBlank())
                .toList();
    }

    /** The places that hold one of the secrets, with the words before it. */
    List<String> leaksOf(Secrets secrets) {
        return texts.entrySet().stream()
                .flatMap(place -> secrets.in(place.getValue()).map(found -> place.getKey() + ": " + found))
                .toList();
    }

    private static String exceptions(List<Call> calls) throws Exception {
        StringWriter texts = new StringWriter();
        for (Call call : calls) {
            Exception exception = call.exchange().getException();
            if (exception != null) {
                exception.printStackTrace(new PrintWriter(texts, true));
                texts.append(getters(exception));
            }
        }
        return texts.toString();
    }

    /** What Simple can read of an exception. */
    private static String getters(Exception exception) throws IntrospectionException, ReflectiveOperationException {
        StringBuilder values = new StringBuilder();
        for (PropertyDescriptor property :
                Introspector.getBeanInfo(exception.getClass()).getPropertyDescriptors()) {
            values.append(property.getName())
                    .append('=')
                    .append(property.getReadMethod().invoke(exception))
                    .append('\n');
        }
        return values.toString();
    }

    private static String textForms(HuntedContext hunted, List<Call> calls) {
        List<Object> roots = new ArrayList<>(List.of(hunted.camel(), hunted.component()));
        roots.addAll(hunted.camel().getEndpoints());
        for (Route route : hunted.camel().getRoutes()) {
            roots.addAll(route.getServices());
        }
        for (Call call : calls) {
            roots.add(call.exchange());
            roots.add(call.exchange().getException());
            roots.add(call.result());
        }
        return TextForms.reachableFrom(roots);
    }

    private static String backlog(CamelContext context) {
        BacklogTracer tracer = context.getCamelContextExtension().getContextPlugin(BacklogTracer.class);
        if (tracer == null) {
            return "";
        }
        String dumps = Stream.of(
                        tracer.getAllTracedMessages().toString(),
                        tracer.dumpLatestMessageHistoryAsXml(),
                        tracer.dumpLatestMessageHistoryAsJSon(),
                        tracer.dumpAllTracedMessagesAsXml(),
                        tracer.dumpAllTracedMessagesAsJSon())
                .collect(joining("\n"));
        tracer.clear();
        return dumps;
    }

    /** What the health checks say, which they are asked for. */
    static String healthOf(CamelContext context) {
        return HealthCheckHelper.invoke(context).stream()
                .map(result -> "%s %s %s %s %s"
                        .formatted(
                                result.getCheck().getId(),
                                result,
                                result.getMessage(),
                                result.getError(),
                                result.getDetails()))
                .collect(joining());
    }

    private static String routeDumps(CamelContext context) throws Exception {
        StringBuilder dumps = new StringBuilder();
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        for (RouteDefinition route : model.getRouteDefinitions()) {
            dumps.append(PluginHelper.getModelToXMLDumper(context).dumpModelAsXml(context, route));
            dumps.append(PluginHelper.getModelToYAMLDumper(context).dumpModelAsYaml(context, route));
        }
        return dumps.toString();
    }

    private static String consoles(CamelContext context) {
        return DevConsoleRegistry.get(context).stream()
                // of Camel 4.22: writes all of the memory to a file
                .filter(console -> !console.getId().equals("heap-dump"))
                .flatMap(console -> Stream.of(MediaType.values())
                        .filter(console::supportMediaType)
                        .map(type -> console.getId() + ": " + console.call(type)))
                .collect(joining("\n"));
    }
}
