package io.github.camelsendtalk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Hard case 40: the text form of a message's options holds neither the number nor the caption. */
class MessageOptionsTest {

    @Test
    void case40_theTextFormHoldsNoSecret() {
        assertThat(new MessageOptions("6281212345678", "otp", null, "Kode rahasia 902817").toString())
                .doesNotContain("6281212345678")
                .doesNotContain("902817");
    }
}
