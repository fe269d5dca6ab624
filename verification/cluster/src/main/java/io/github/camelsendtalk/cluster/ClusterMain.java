package io.github.camelsendtalk.cluster;

import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Stops and kills processes of a campaign, and the database, and holds what each row says against what the server received. */
public final class ClusterMain {

    private static final Path FOLDER = Path.of("target", "cluster");
    private static final int OF_A_STOP = 2_000;
    /** Longer than a process waits for a connection: what can't be written meanwhile fails, and is to be tried again. */
    private static final long MILLIS_WITHOUT_DATABASE = 7_000;

    private ClusterMain() {}

    /** Takes the number of messages and the seed, or {@code random}; ends with 0 only where all is as it should be. */
    public static void main(String[] arguments) throws Exception {
        int messages = Integer.parseInt(arguments[0]);
        long seed = arguments[1].equals("random") ? new Random().nextInt(1_000_000_000) : Long.parseLong(arguments[1]);
        Verdict stopped = stop(OF_A_STOP, seed);
        stopped.print(System.out);
        Verdict killed = kill(messages, seed);
        killed.print(System.out);
        System.exit(stopped.isRight() && killed.isRight() ? 0 : 1);
    }

    /** Three workers send; one is killed, the database is stopped without a goodbye and started again, a worker joins them. */
    static Verdict kill(int messages, long seed) throws Exception {
        System.out.printf("%nA worker and the database are killed: %,d messages, seed %d%n", messages, seed);
        try (Cluster cluster = new Cluster(FOLDER.resolve("kill"), messages, seed)) {
            JavaProcess unlucky = cluster.addWorkers(3).get(0);
            cluster.feed();
            cluster.awaitTaken(0.2);
            Set<Long> claimed = cluster.kill(unlucky);
            cluster.awaitTaken(0.45);
            cluster.database().stopHard();
            TimeUnit.MILLISECONDS.sleep(MILLIS_WITHOUT_DATABASE);
            cluster.database().startAgain();
            cluster.addWorkers(1);
            cluster.awaitEndOfAllRows();
            cluster.terminateAll();
            Verdict verdict = Verdict.ofTheEnd(messages, cluster.api()::received, cluster.rows(), claimed);
            cluster.addFigures(verdict);
            return verdict;
        }
    }

    /** One worker sends, and is asked to end in the middle of it. */
    static Verdict stop(int messages, long seed) throws Exception {
        System.out.printf("%nA worker is asked to end: %,d messages, seed %d%n", messages, seed);
        try (Cluster cluster = new Cluster(FOLDER.resolve("stop"), messages, seed)) {
            cluster.addWorkers(1);
            cluster.feed();
            cluster.awaitTaken(0.2);
            cluster.terminateAll();
            return Verdict.ofAStop(messages, cluster.api()::received, cluster.rows());
        }
    }
}
