package io.github.camelsendtalk.cluster.otp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OtpClusterTest {

    private final long seed = new Random().nextInt(1_000_000_000);

    @Test
    void eachOfTwoHundredNumbersGetsItsCodeOnceAlthoughOneOfThreeInstancesIsKilled() throws Exception {
        // it prints what is wrong
        assertThat(OtpClusterMain.kill(200, seed).isRight()).isTrue();
    }
}
