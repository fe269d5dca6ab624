package io.github.camelsendtalk.cluster;

import io.github.camelsendtalk.example.campaign.CampaignMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of the campaign, as it runs on one of many machines. */
final class CampaignProcess implements AutoCloseable {

    private static final int SECONDS_TO_END = 60;

    private final String name;
    private final Path output;
    private final Process process;
    private final Thread endsWithUs = new Thread(this::destroy);
    private Duration cpuBefore = Duration.ZERO;
    private Duration cpu = Duration.ZERO;
    private boolean ended;

    CampaignProcess(String name, Path folder, Map<String, String> options) throws IOException {
        this.name = name;
        Files.createDirectories(folder);
        output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                // the second compiler would take more time than it saves
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dcampaign.target=" + folder));
        options.forEach((option, value) -> command.add("-D%s=%s".formatted(option, value)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CampaignMain.class.getName()));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(endsWithUs);
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** @throws IllegalStateException if it has ended by itself */
    void requireAlive() {
        if (!ended && !process.isAlive()) {
            throw new IllegalStateException(
                    "%s has ended by itself with %d: see %s".formatted(name, process.exitValue(), output));
        }
    }

    /** What it costs to start is not counted. */
    void countCpuFromNow() {
        cpuBefore = cpuNow();
    }

    /** How much it took until it was ended. */
    Duration cpu() {
        return cpu.minus(cpuBefore);
    }

    private Duration cpuNow() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Ends it on the spot, as a failing machine would. */
    void kill() {
        end(process::destroyForcibly);
    }

    /** Asks it to end, and waits until it has. */
    void terminate() {
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
