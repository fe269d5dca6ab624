package io.github.camelsendtalk.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsendtalk.benchmark.Contender.Kind;
import io.github.camelsendtalk.benchmark.ContenderMain.Order;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures the contenders in turns: in each round and setting one after the other, while the others' processes rest.
 *
 * @param rounds how often each contender is measured in each setting; the median counts
 * @param seconds how long a measurement takes
 * @param warmUpSeconds how long each contender sends before the first measurement
 */
record Comparison(List<Entrant> contenders, List<Setting> settings, int rounds, double seconds, double warmUpSeconds) {

    /**
     * Who takes part.
     *
     * @param title the name in the figures
     * @param classPath of another build, which comes before that of this one; or null
     */
    record Entrant(String title, Kind kind, @Nullable String classPath) {

        static Entrant of(Kind kind) {
            return new Entrant(kind.toString(), kind, null);
        }

        private Fork fork(String url) throws IOException {
            String all = classPath == null ? Fork.CLASS_PATH : classPath + File.pathSeparator + Fork.CLASS_PATH;
            return new Fork(all, ContenderMain.class, JVM_OPTIONS, kind.toString(), url);
        }

        @Override
        public String toString() {
            return title;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SETTLE_MS = 300;
    /** The same collector and heap for all, and no growth of it in the middle. */
    private static final List<String> JVM_OPTIONS = List.of("-XX:+UseG1GC", "-Xms512m", "-Xmx512m");

    /** How many measurements there will be, those for warming up included. */
    int steps() {
        return contenders.size() * (settings.size() * rounds + 1);
    }

    /** @param progress is told of each measurement before it begins */
    List<Figures> run(Consumer<String> progress) throws IOException {
        Map<Entrant, Fork> forks = new LinkedHashMap<>();
        try (Fork server = new Fork(AnswerServer.class, List.of())) {
            String url = "http://127.0.0.1:" + server.read();
            for (Entrant contender : contenders) {
                progress.accept(contender + " warms up");
                forks.put(contender, contender.fork(url));
                measure(server, forks.get(contender), Setting.USUAL, warmUpSeconds);
            }
            return measure(server, forks, progress);
        } finally {
            for (Fork fork : forks.values()) {
                fork.close();
            }
        }
    }

    private List<Figures> measure(Fork server, Map<Entrant, Fork> forks, Consumer<String> progress) throws IOException {
        Map<String, List<Figures>> figures = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (Setting setting : settings) {
                for (Entrant contender : contenders) {
                    progress.accept("%s, %s".formatted(contender, setting));
                    figures.computeIfAbsent(contender + " " + setting, key -> new ArrayList<>())
                            .add(measure(server, forks.get(contender), setting, seconds)
                                    .of(contender.title()));
                }
            }
        }
        return figures.values().stream().map(Figures::median).toList();
    }

    private static Figures measure(Fork server, Fork contender, Setting setting, double seconds) throws IOException {
        server.ask(String.valueOf(setting.answerDelayMs()));
        Order order = new Order(setting, SETTLE_MS, (int) (seconds * 1000));
        return JSON.readValue(contender.ask(JSON.writeValueAsString(order)), Figures.class);
    }
}
