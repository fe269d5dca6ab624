package io.github.camelsendtalk.ledger;

import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Sends messages, and holds what each exchange was told against what the server received. */
public final class LedgerMain {

    private LedgerMain() {}

    /** Takes the number of messages and the seed, or {@code random}; ends with 0 only where all is as it should be. */
    public static void main(String[] arguments) throws Exception {
        int sends = Integer.parseInt(arguments[0]);
        long seed = arguments[1].equals("random") ? new Random().nextInt(1_000_000_000) : Long.parseLong(arguments[1]);
        Verdict verdict = run(sends, seed);
        verdict.print(System.out);
        System.exit(verdict.isRight() ? 0 : 1);
    }

    static Verdict run(int sends, long seed) throws Exception {
        System.out.printf("%,d messages, seed %d%n", sends, seed);
        Ledger ledger = new Ledger(sends);
        try (ProgressBar progress = progress(sends)) {
            Set<Thread> threadsBefore = threads();
            int disturbances;
            Set<String> connectionsLeft;
            try (Network network = new Network(ledger, new Chance(seed))) {
                disturbances = send(network, ledger, seed, progress);
                await(() -> network.connections().isEmpty());
                connectionsLeft = network.connections();
            }
            await(() -> namesOfNew(threadsBefore).isEmpty());
            return new Verdict(ledger, disturbances, namesOfNew(threadsBefore), connectionsLeft);
        }
    }

    private static ProgressBar progress(int sends) {
        return new ProgressBarBuilder()
                .setTaskName("Ended")
                .setInitialMax(sends)
                .setStyle(ProgressBarStyle.ASCII)
                .build();
    }

    /** Sends all, and gives how often it was disturbed. */
    private static int send(Network network, Ledger ledger, long seed, ProgressBar progress) throws Exception {
        Sender sender = new Sender(ledger, network, new Chance(seed));
        Disturbance disturbance = new Disturbance(network, sender, seed);
        for (int left = ledger.sends(); left > 0 && sender.sendNext(); left--) {
            progress.stepTo(ledger.endings());
        }
        int disturbances = disturbance.end();
        sender.awaitEnd();
        progress.stepTo(ledger.endings());
        sender.close();
        return disturbances;
    }

    /** Waits until it is so, but not for long: what has not gone by then is left over. */
    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 100 && !condition.getAsBoolean(); i++) {
            LockSupport.parkNanos(100_000_000);
        }
    }

    private static Set<String> namesOfNew(Set<Thread> before) {
        return threads().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .collect(Collectors.toSet());
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }
}
