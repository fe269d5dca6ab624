package io.github.camelsendtalk.leaks;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.apache.camel.CamelContext;

/** What a context shows through JMX: every attribute, and what every operation returns that only shows things. */
final class Management {

    private static final Pattern SHOWS =
            Pattern.compile("(dump|list|browse|xml|get|inform|stat|route|message|has|is).*");

    private final MBeanServer server;
    private final ObjectName ofContext;

    Management(CamelContext context) throws JMException {
        server = context.getManagementStrategy().getManagementAgent().getMBeanServer();
        ofContext = new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",*");
    }

    String everything() throws JMException {
        StringBuilder all = new StringBuilder();
        for (ObjectName name : server.queryNames(ofContext, null)) {
            all.append(name).append('\n');
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                append(all, attribute.getName(), () -> server.getAttribute(name, attribute.getName()));
            }
            for (MBeanOperationInfo operation : server.getMBeanInfo(name).getOperations()) {
                if (shows(operation)) {
                    append(all, operation.getName(), () -> invoke(name, operation));
                }
            }
        }
        return all.toString();
    }

    private static boolean shows(MBeanOperationInfo operation) {
        return SHOWS.matcher(operation.getName()).matches()
                && Arrays.stream(operation.getSignature())
                        .allMatch(parameter ->
                                Set.of("boolean", "java.lang.Boolean").contains(parameter.getType()));
    }

    private Object invoke(ObjectName name, MBeanOperationInfo operation) throws JMException {
        MBeanParameterInfo[] parameters = operation.getSignature();
        Object[] off = new Object[parameters.length];
        Arrays.fill(off, false);
        String[] types =
                Arrays.stream(parameters).map(MBeanParameterInfo::getType).toArray(String[]::new);
        return server.invoke(name, operation.getName(), off, types);
    }

    private interface Reading {
        Object read() throws JMException;
    }

    private static void append(StringBuilder all, String name, Reading reading) {
        all.append(name).append('=');
        try {
            all.append(text(reading.read()));
        } catch (JMException | RuntimeMBeanException e) {
            all.append(e);
        }
        all.append('\n');
    }

    private static String text(Object value) {
        if (value instanceof TabularData table) {
            return table.values().stream().map(Management::text).toList().toString();
        }
        if (value instanceof CompositeData row) {
            return row.values().stream().map(Management::text).toList().toString();
        }
        if (value instanceof Object[] array) {
            return List.of(array).stream().map(Management::text).toList().toString();
        }
        return String.valueOf(value);
    }
}
