package io.github.camelsendtalk.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** The process of one contender, which measures itself. */
final class ContenderMain {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader ORDERS = JSON.readerFor(Order.class);
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final String name;
    private final Contender contender;
    private final Allocations allocations = new Allocations();

    private ContenderMain(String name, Contender contender) {
        this.name = name;
        this.contender = contender;
    }

    /** What is to be measured; the load begins so long before that. */
    record Order(Setting setting, int settleMs, int measureMs) {}

    /** Takes the contender's name and the server's URL, then orders, a JSON line each, and answers each with its figures. */
    public static void main(String[] arguments) {
        try {
            run(arguments);
            System.exit(0);
        } catch (Throwable e) {
            // at once: the contender may have threads that never end
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(String[] arguments) throws Exception {
        Contender contender = Contender.Kind.of(arguments[0]).make();
        contender.start(URI.create(arguments[1]));
        ContenderMain main = new ContenderMain(arguments[0], contender);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            System.out.println(JSON.writeValueAsString(main.measure(ORDERS.readValue(line))));
        }
        contender.close();
    }

    private Figures measure(Order order) throws InterruptedException, IOException {
        Setting setting = order.setting();
        long allocatedBefore = allocations.count();
        Load load = new Load(contender, setting.inFlight());
        load.awaitConnections();
        pause(order.settleMs());
        THREADS.resetPeakThreadCount();
        load.takeLatencies();
        long cpu = PROCESS.getProcessCpuTime();
        long begin = System.nanoTime();
        pause(order.measureMs());
        Histogram latencies = load.takeLatencies();
        double nanos = System.nanoTime() - begin;
        double cpuNanos = PROCESS.getProcessCpuTime() - cpu;
        int threads = THREADS.getPeakThreadCount();
        long messages = latencies.getTotalCount();
        if (messages == 0) {
            throw new IllegalStateException("No message ended in %d ms".formatted(order.measureMs()));
        }
        long all = load.end();
        return new Figures(
                name,
                setting.inFlight(),
                setting.answerDelayMs(),
                messages / nanos * TimeUnit.SECONDS.toNanos(1),
                cpuNanos / messages / 1000,
                millis(latencies, 50),
                millis(latencies, 99),
                millis(latencies, 99.9),
                threads,
                (allocations.count() - allocatedBefore) / all);
    }

    private static double millis(Histogram latencies, double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }

    private static void pause(int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
