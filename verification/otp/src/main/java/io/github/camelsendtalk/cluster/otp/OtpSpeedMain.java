package io.github.camelsendtalk.cluster.otp;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;

/** Measures how long a code takes from the request to SendTalk, how many a second there can be, and whether times of guesses tell anything. */
public final class OtpSpeedMain {

    private static final int[] PER_SECOND = {20, 100};
    private static final int WARM_UP = 5_000;
    private static final int CODES = 10_000;

    private OtpSpeedMain() {}

    /** Takes for how many seconds codes are asked for at each rate, and what to measure. */
    public static void main(String[] arguments) throws Exception {
        int seconds = Integer.parseInt(arguments[0]);
        for (String part : arguments[1].split(",")) {
            switch (part) {
                case "latency" -> latency(seconds);
                case "throughput" -> throughput();
                case "guesses" -> GuessTimes.measure();
                default ->
                    throw new IllegalArgumentException(
                            "-Dparts names '%s': it may be latency, throughput, guesses".formatted(part));
            }
        }
        System.exit(0);
    }

    private static void latency(int seconds) throws Exception {
        try (OtpSpeedRun run = new OtpSpeedRun("latency", 1)) {
            run.askFast(0, WARM_UP);
            int first = WARM_UP;
            for (int perSecond : PER_SECOND) {
                int codes = seconds * perSecond;
                long[] millis = run.askAtRate(first, codes, perSecond);
                first += codes;
                Arrays.sort(millis);
                System.out.printf(
                        "%,d codes, %d a second, one instance: from the request to the API 50 %% within %d ms, 99 %% within %d ms,"
                                + " the last one %d ms; load of the machine %s%n",
                        codes, perSecond, millis[codes / 2], millis[codes * 99 / 100], millis[codes - 1], load());
            }
        }
    }

    private static void throughput() throws Exception {
        for (int instances : new int[] {1, 3}) {
            try (OtpSpeedRun run = new OtpSpeedRun("throughput-" + instances, instances)) {
                run.askFast(0, WARM_UP);
                Duration service = run.cpuOfInstances();
                Duration database = run.database().cpu();
                double[] seconds = run.askFast(WARM_UP, CODES);
                System.out.printf(
                        "%,d codes, %d instances: %.0f a second let out, %.0f a second at the API;"
                                + " CPU of a code: service %s ms, PostgreSQL %s ms; load of the machine %s%n",
                        CODES,
                        instances,
                        CODES / seconds[0],
                        CODES / seconds[1],
                        perCode(run.cpuOfInstances().minus(service)),
                        perCode(run.database().cpu().minus(database)),
                        load());
            }
        }
    }

    private static String perCode(Duration cpu) {
        return "%.2f".formatted((double) cpu.toMillis() / CODES);
    }

    /** Over a minute, its own included. */
    static String load() {
        return "%.1f of %d"
                .formatted(
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        Runtime.getRuntime().availableProcessors());
    }
}
