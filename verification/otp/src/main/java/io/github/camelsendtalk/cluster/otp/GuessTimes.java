package io.github.camelsendtalk.cluster.otp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;

/** Whether the time of an answer tells how much of a guess is right. */
final class GuessTimes {

    private static final int ROUNDS = 4_000;
    private static final int WARM_UP = 1_000;
    /** By chance alone, one measurement in a hundred finds something among seven comparisons. */
    private static final double SIGNIFICANT = 0.01 / 7;

    private static final Pattern CODE = Pattern.compile("\\d{6}");

    private GuessTimes() {}

    static void measure() throws Exception {
        try (OtpSpeedRun run = new OtpSpeedRun("guesses", 1, Map.of("otp.tries", "1000000"))) {
            UUID open = UUID.fromString(run.client().ask(0).text("id"));
            String code = code(run);
            List<String> guesses = IntStream.range(0, 6)
                    .mapToObj(digits -> sharing(code, digits))
                    .toList();
            double[][] nanos = times(run, open, guesses);
            for (int digits = 1; digits < 6; digits++) {
                print("%d right digits against none".formatted(digits), nanos[0], nanos[digits]);
            }
            run.database().jdbc().update("UPDATE code SET tries_left = 0");
            double[][] blocked = times(run, open, List.of(guesses.get(0), guesses.get(5), code));
            print("blocked: 5 right digits against none", blocked[0], blocked[1]);
            print("blocked: the right code against none", blocked[0], blocked[2]);
        }
    }

    private static String code(OtpSpeedRun run) {
        String text = run.sandbox().await(1, Duration.ofSeconds(20)).get(0).body();
        return CODE.matcher(text).results().findFirst().orElseThrow().group();
    }

    /** A guess of which so many digits from the left are right, and all others wrong. */
    private static String sharing(String code, int digits) {
        StringBuilder guess = new StringBuilder(code.substring(0, digits));
        code.chars().skip(digits).forEach(digit -> guess.append((char) ('0' + (digit - '0' + 5) % 10)));
        return guess.toString();
    }

    /** Each guess once in each round, in an order that chance chooses. */
    private static double[][] times(OtpSpeedRun run, UUID id, List<String> guesses)
            throws IOException, InterruptedException {
        double[][] nanos = new double[guesses.size()][ROUNDS];
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, guesses.size()).boxed().toList());
        Random random = new Random();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            Collections.shuffle(order, random);
            for (int guess : order) {
                long begun = System.nanoTime();
                run.client().guess(id, guesses.get(guess));
                if (round >= 0) {
                    nanos[guess][round] = System.nanoTime() - begun;
                }
            }
        }
        return nanos;
    }

    private static void print(String what, double[] none, double[] some) {
        double p = new MannWhitneyUTest().mannWhitneyUTest(none, some);
        double medianOfNone = new Median().evaluate(none);
        double medianOfSome = new Median().evaluate(some);
        System.out.printf(
                "%,d guesses each, %s: medians %.1f and %.1f us, difference %+.1f us, Mann-Whitney p = %.4f: %s%n",
                ROUNDS,
                what,
                medianOfNone / 1e3,
                medianOfSome / 1e3,
                (medianOfSome - medianOfNone) / 1e3,
                p,
                p < SIGNIFICANT ? "TELLS" : "tells nothing");
    }
}
