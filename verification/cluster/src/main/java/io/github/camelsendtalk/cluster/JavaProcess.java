package io.github.camelsendtalk.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A process with a JVM of its own and our class path, as it runs on one of many machines. */
public final class JavaProcess implements AutoCloseable {

    private static final int SECONDS_TO_END = 60;
    /** What {@code jcmd GC.heap_info} says of each generation. */
    private static final Pattern USED = Pattern.compile("generation\\s+total \\d+K, used (\\d+)K");

    private final String name;
    private final Path output;
    private final Process process;
    private final Thread endsWithUs = new Thread(this::destroy);
    private Duration cpuBefore = Duration.ZERO;
    private Duration cpu = Duration.ZERO;
    private boolean ended;

    /**
     * Starts it.
     *
     * @param folder where its output goes
     * @param jvm further options of its JVM
     * @param properties what it reads by {@link System#getProperty(String)}
     */
    public JavaProcess(String name, Path folder, List<String> jvm, Class<?> main, Map<String, String> properties)
            throws IOException {
        this.name = name;
        Files.createDirectories(folder);
        output = folder.resolve("output.txt");
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-XX:+UseSerialGC"));
        command.addAll(jvm);
        properties.forEach((property, value) -> command.add("-D%s=%s".formatted(property, value)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(endsWithUs);
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** @throws IllegalStateException if it has ended by itself */
    public void requireAlive() {
        if (!ended && !process.isAlive()) {
            throw new IllegalStateException(
                    "%s has ended by itself with %d: see %s".formatted(name, process.exitValue(), output));
        }
    }

    /** How many megabytes of its heap are in use after a collection. */
    public long liveMegabytes() throws IOException {
        jcmd("GC.run");
        long kilobytes = USED.matcher(jcmd("GC.heap_info"))
                .results()
                .mapToLong(used -> Long.parseLong(used.group(1)))
                .sum();
        return kilobytes / 1024;
    }

    private String jcmd(String command) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process tool = new ProcessBuilder(jcmd.toString(), String.valueOf(pid()), command).start();
        return new String(tool.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    /** What it costs to start is not counted. */
    public void countCpuFromNow() {
        cpuBefore = cpuNow();
    }

    /** How much it took until now, or until it was ended. */
    public Duration cpu() {
        return (ended ? cpu : cpuNow()).minus(cpuBefore);
    }

    private Duration cpuNow() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What its worker's name ends with: it begins with the name of the machine and ends with chance. */
    String workerPattern() {
        return "-%d-[0-9a-f]+$".formatted(pid());
    }

    /** Ends it on the spot, as a failing machine would. */
    public void kill() {
        end(process::destroyForcibly);
    }

    /** Asks it to end, and waits until it has. */
    public void terminate() {
        requireAlive();
        end(process::destroy);
        if (process.exitValue() != 128 + 15) {
            throw new IllegalStateException(
                    "%s was told to end, and ended with %d: see %s".formatted(name, process.exitValue(), output));
        }
    }

    private void end(Runnable signal) {
        cpu = cpuNow();
        ended = true;
        signal.run();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "%s did not end within %d s: see %s".formatted(name, SECONDS_TO_END, output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void destroy() {
        process.destroyForcibly();
    }

    /** Whatever happens to us, it ends before us. */
    @Override
    public void close() {
        destroy();
        process.onExit().orTimeout(SECONDS_TO_END, TimeUnit.SECONDS).join();
        Runtime.getRuntime().removeShutdownHook(endsWithUs);
    }
}
