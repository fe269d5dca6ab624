package io.github.camelsendtalk.docs;

import io.github.camelsendtalk.docs.Catalog.Entry;
import io.github.camelsendtalk.docs.Markup.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.util.StringHelper;

/** What is generated: from the catalog, tables and how to depend on the component; from the sandbox, its recipients. */
final class CatalogContent {

    private final Catalog catalog;
    private final Markup markup;

    CatalogContent(Catalog catalog, Markup markup) {
        this.catalog = catalog;
        this.markup = markup;
    }

    /** @throws IllegalArgumentException if there is nothing of this name */
    List<String> of(String name) throws IOException {
        return switch (name) {
            case "maven-dependency" -> mavenDependency();
            case "component-options" -> markup.table(options(catalog.componentOptions()));
            case "path-parameters" -> markup.table(options(catalog.pathParameters()));
            case "query-parameters" -> markup.table(options(catalog.queryParameters()));
            case "spring-options" -> markup.table(springOptions());
            case "headers" -> markup.table(headers());
            case "own-options" -> markup.table(ownOptions());
            case "sandbox-dependency" -> sandboxDependency();
            case "recipients" -> markup.table(Recipients.table(markup));
            default ->
                throw new IllegalArgumentException(
                        "'%s' is not generated: use maven-dependency, component-options, path-parameters, query-parameters, spring-options, headers, own-options, sandbox-dependency or recipients"
                                .formatted(name));
        };
    }

    private List<String> mavenDependency() {
        return dependency("    <artifactId>" + catalog.component("artifactId") + "</artifactId>", version());
    }

    private List<String> sandboxDependency() {
        return dependency("    <artifactId>camel-sendtalk-sandbox</artifactId>", version(), "    <scope>test</scope>");
    }

    private String version() {
        return "    <version>" + catalog.component("version") + "</version>";
    }

    private List<String> dependency(String... lines) {
        List<String> code = new ArrayList<>();
        code.add("<dependency>");
        code.add("    <groupId>" + catalog.component("groupId") + "</groupId>");
        code.addAll(List.of(lines));
        code.add("</dependency>");
        return markup.listing("xml", code);
    }

    private Table options(List<Entry> options) {
        return new Table(
                "3,6,2,2",
                List.of("Name", "Description", "Default", "Type"),
                options.stream()
                        .map(option ->
                                List.of(nameAndGroup(option), description(option), defaultValue(option), type(option)))
                        .toList());
    }

    /** As Spring Boot's application.properties has them. */
    private Table springOptions() {
        return new Table(
                "4,6,2",
                List.of("Setting", "Description", "Default"),
                catalog.componentOptions().stream()
                        .filter(option -> !option.name().equals("configuration"))
                        .map(option -> List.of(
                                markup.code("camel.component.sendtalk." + StringHelper.camelCaseToDash(option.name())),
                                description(option).replaceAll("\\{\\{env:(\\w+)}}", "\\${$1}"),
                                defaultValue(option)))
                        .toList());
    }

    private Table headers() {
        return new Table(
                "3,2,1,5,2",
                List.of("Name", "Constant in Java", "Operation", "Description", "Type"),
                catalog.headers().stream()
                        .map(header -> List.of(
                                markup.code(header.name()),
                                markup.code(constant(header)),
                                operations(header),
                                description(header),
                                type(header)))
                        .toList());
    }

    /** A short table for those who don't want to know what Camel gives every component. */
    private Table ownOptions() {
        return new Table(
                "3,1,2,6",
                List.of("Option", "Set on", "Default", "Description"),
                catalog.ownOptions().stream()
                        .map(option -> List.of(
                                markup.code(option.name()), place(option), defaultValue(option), description(option)))
                        .toList());
    }

    private String nameAndGroup(Entry option) {
        String group = option.text("group").replaceFirst("^producer$", "").replaceFirst("^producer \\((.*)\\)$", "$1");
        return markup.strong(option.name()) + (group.isEmpty() ? "" : " (" + group + ")");
    }

    private String description(Entry entry) {
        String required = entry.is("required") ? markup.strong("Required") + " " : "";
        String text = entry.text("description").replaceAll("\\{\\{[^}]*}}", "\0$0\0");
        String[] parts = text.split("\0", -1);
        StringBuilder description = new StringBuilder(required);
        for (int i = 0; i < parts.length; i++) {
            description.append(i % 2 == 0 ? parts[i] : markup.code(parts[i]));
        }
        if (!description.toString().endsWith(".")) {
            description.append('.');
        }
        return description + enums(entry) + (entry.is("secret") ? " Secret: masked in logs." : "");
    }

    private String enums(Entry entry) {
        return entry.enums().isEmpty()
                ? ""
                : " One of " + entry.enums().stream().map(markup::code).collect(Collectors.joining(", ")) + ".";
    }

    private String defaultValue(Entry option) {
        String value = option.text("defaultValue");
        if (value.isEmpty()) {
            return "";
        }
        return markup.code(option.text("type").equals("duration") ? duration(value) : value);
    }

    private static String duration(String milliseconds) {
        Duration duration = Duration.ofMillis(Long.parseLong(milliseconds));
        if (duration.isZero()) {
            return "0";
        }
        if (duration.toMillis() % 60_000 == 0) {
            return duration.toMinutes() + "m";
        }
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    private static String type(Entry entry) {
        String type = entry.text("type");
        if (type.isEmpty() || type.equals("object")) {
            type = entry.text("javaType");
        }
        return type.equals("string") ? "String" : type.substring(type.lastIndexOf('.') + 1);
    }

    private static String constant(Entry header) {
        return header.text("constantName").replaceFirst(".*#", "");
    }

    private static String operations(Entry header) {
        return header.text("label").replaceFirst("^producer ", "").replace(" ", ", ");
    }

    private String place(Entry option) {
        if (!catalog.hasQueryParameter(option.name())) {
            return "component";
        }
        return catalog.hasComponentOption(option.name()) ? "both" : "endpoint";
    }
}
