package io.github.camelsendtalk.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClusterTest {

    private static final int MESSAGES = 2_000;

    private final long seed = new Random().nextInt(1_000_000_000);

    @Test
    void eachRowTellsTheTruthAfterAWorkerAndTheDatabaseWereKilled() throws Exception {
        Verdict verdict = ClusterMain.kill(MESSAGES, seed);

        verdict.print(System.out);
        assertThat(verdict.isRight()).as(printed(verdict)).isTrue();
    }

    @Test
    void aWorkerThatIsAskedToEndLeavesNoRowOnItsWay() throws Exception {
        Verdict verdict = ClusterMain.stop(MESSAGES, seed);

        verdict.print(System.out);
        assertThat(verdict.isRight()).as(printed(verdict)).isTrue();
        assertThat(verdict.count("QUEUED")).isPositive();
        assertThat(verdict.count("SENT")).isPositive();
    }

    private static String printed(Verdict verdict) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        verdict.print(new PrintStream(printed, true, StandardCharsets.UTF_8));
        return printed.toString(StandardCharsets.UTF_8);
    }
}
