package io.github.camelsendtalk.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.netty.util.Version;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.core5.util.VersionInfo;

/** Where figures were taken, and of what. */
final class Machine {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Machine() {}

    static String describe() throws IOException, InterruptedException {
        return "%s, %d cores, %d GiB, %s %s; Java %s; Camel %s, HttpClient %s, Netty %s; commit %s"
                .formatted(
                        processor(),
                        SYSTEM.getAvailableProcessors(),
                        Math.round(SYSTEM.getTotalMemorySize() / Math.pow(2, 30)),
                        SYSTEM.getName(),
                        SYSTEM.getVersion(),
                        Runtime.version(),
                        new DefaultCamelContext(false).getVersion(),
                        VersionInfo.loadVersionInfo("org.apache.hc.client5", Machine.class.getClassLoader())
                                .getRelease(),
                        Version.identify().get("netty-common").artifactVersion(),
                        commit());
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }

    private static String commit() throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=7")
                .redirectErrorStream(true)
                .start();
        String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return git.waitFor() == 0 ? answer : "unknown";
    }
}
