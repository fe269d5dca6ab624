package io.github.camelsendtalk.cluster.otp;

import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Stops and kills instances of the service, and its database, while codes are asked for, and holds what each client was told against what came. */
public final class OtpClusterMain {

    private static final Path FOLDER = Path.of("target", "cluster");
    /** Longer than a request waits for a connection. */
    private static final long MILLIS_WITHOUT_DATABASE = 7_000;

    private OtpClusterMain() {}

    /** Takes the number of codes and the seed, or {@code random}; ends with 0 only where all is as it should be. */
    public static void main(String[] arguments) throws Exception {
        int codes = Integer.parseInt(arguments[0]);
        long seed = arguments[1].equals("random") ? new Random().nextInt(1_000_000_000) : Long.parseLong(arguments[1]);
        boolean isRight = true;
        for (CodesVerdict verdict : new CodesVerdict[] {kill(codes, seed), stop(codes, seed), restart(codes, seed)}) {
            isRight &= verdict.isRight();
        }
        System.exit(isRight ? 0 : 1);
    }

    /** One of three instances is killed in the middle. */
    static CodesVerdict kill(int codes, long seed) throws Exception {
        System.out.printf("%nAn instance is killed: %,d codes, seed %d%n", codes, seed);
        try (OtpCluster cluster = new OtpCluster(FOLDER.resolve("kill"), codes, seed)) {
            cluster.askForAll();
            cluster.awaitAnswered(0.4);
            return end(cluster, cluster.kill(cluster.instances().get(0)));
        }
    }

    /** One of three is asked to end in the middle: it leaves nothing behind. */
    static CodesVerdict stop(int codes, long seed) throws Exception {
        System.out.printf("%nAn instance is asked to end: %,d codes, seed %d%n", codes, seed);
        try (OtpCluster cluster = new OtpCluster(FOLDER.resolve("stop"), codes, seed)) {
            cluster.askForAll();
            cluster.awaitAnswered(0.4);
            cluster.instances().get(0).terminate();
            return end(cluster, Set.of());
        }
    }

    /** The database is stopped without a goodbye, and started again. */
    static CodesVerdict restart(int codes, long seed) throws Exception {
        System.out.printf("%nThe database is killed and started again: %,d codes, seed %d%n", codes, seed);
        try (OtpCluster cluster = new OtpCluster(FOLDER.resolve("restart"), codes, seed)) {
            cluster.askForAll();
            cluster.awaitAnswered(0.4);
            cluster.database().stopHard();
            TimeUnit.MILLISECONDS.sleep(MILLIS_WITHOUT_DATABASE);
            cluster.database().startAgain();
            return end(cluster, Set.of());
        }
    }

    private static CodesVerdict end(OtpCluster cluster, Set<Long> claimed) throws Exception {
        cluster.awaitAnswered(1);
        cluster.awaitRest();
        CodesVerdict verdict = cluster.verdict(claimed);
        verdict.print(System.out);
        return verdict;
    }
}
