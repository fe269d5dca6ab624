package io.github.camelsendtalk.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.main.Main;

/** Routes of the documents in Camel Main, in this JVM or, to be killed, in one of their own. */
final class RecipeMain {

    private RecipeMain() {}

    /** @param args where the routes are, and then settings as {@code name=value} */
    public static void main(String[] args) throws Exception {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 1; i < args.length; i++) {
            String[] setting = args[i].split("=", 2);
            settings.put(setting[0], setting[1]);
        }
        of(args[0], settings).run();
    }

    /** Not started yet. What the setting {@code files} names is read as well. */
    static Main of(String routes, Map<String, String> settings) {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation(settings.getOrDefault("files", "false"));
        main.configure().withRoutesIncludePattern(routes);
        settings.forEach(main::addOverrideProperty);
        return main;
    }

    /** Runs them in a JVM of their own. */
    static Process start(String routes, Map<String, String> settings) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RecipeMain.class.getName(),
                routes));
        settings.forEach((name, value) -> command.add(name + "=" + value));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Path.of("target", "recipes.log").toFile()))
                .start();
    }
}
