package io.github.camelsendtalk.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one contender needed in one setting.
 *
 * @param inFlight how many messages are under way at a time
 * @param answerDelayMs how long the server waits before it answers
 * @param cpuMicrosPerMessage of the contender's whole process, garbage collection and compilation included; the JDK counts it in
 *     steps of 10 ms
 * @param peakThreads the most Java threads of the contender's process at a time
 * @param allocatedBytesPerMessage of the whole process
 */
record Figures(
        String contender,
        int inFlight,
        int answerDelayMs,
        double messagesPerSecond,
        double cpuMicrosPerMessage,
        double p50Millis,
        double p99Millis,
        double p999Millis,
        int peakThreads,
        long allocatedBytesPerMessage) {

    /** The median of each figure over some rounds. */
    static Figures median(List<Figures> rounds) {
        Figures any = rounds.get(0);
        return new Figures(
                any.contender,
                any.inFlight,
                any.answerDelayMs,
                median(rounds, Figures::messagesPerSecond),
                median(rounds, Figures::cpuMicrosPerMessage),
                median(rounds, Figures::p50Millis),
                median(rounds, Figures::p99Millis),
                median(rounds, Figures::p999Millis),
                (int) median(rounds, Figures::peakThreads),
                (long) median(rounds, Figures::allocatedBytesPerMessage));
    }

    private static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The figures under another contender's name. */
    Figures of(String other) {
        return new Figures(
                other,
                inFlight,
                answerDelayMs,
                messagesPerSecond,
                cpuMicrosPerMessage,
                p50Millis,
                p99Millis,
                p999Millis,
                peakThreads,
                allocatedBytesPerMessage);
    }

    Setting setting() {
        return new Setting(inFlight, answerDelayMs);
    }
}
