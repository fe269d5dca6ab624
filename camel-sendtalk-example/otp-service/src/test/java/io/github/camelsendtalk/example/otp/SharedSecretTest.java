package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class SharedSecretTest {

    private static final String ANOTHER = "otp.secret=another-secret-that-nobody-can-guess";

    @Test
    void anInstanceWithAnotherSecretDoesNotStartUnlessItIsToBeChanged() {
        try (RunningService service = RunningService.start()) {
            UUID id = service.ask("0812-3000-0101").id();
            String code = service.codeSentTo("6281230000101");

            UUID open = service.ask("0812-3000-0102").id();
            assertThatThrownBy(() -> service.another("sms.account=sandbox").close())
                    .rootCause()
                    .hasMessageStartingWith("sms.account is 'sandbox', as outbox.account is");

            assertThatThrownBy(() -> service.another(ANOTHER).close())
                    .rootCause()
                    .hasMessageStartingWith(
                            "otp.secret differs from that of the other instances: give all of them the same one.");
            assertThat(service.check(id, code).text("result")).isEqualTo("right");

            try (RunningService changed = service.another(ANOTHER, "otp.secret-changed=true")) {
                assertThat(changed.show(open).text("state")).isEqualTo("expired");
                assertThat(changed.show(id).text("state")).isEqualTo("used");
            }
            service.another(ANOTHER).close();
        }
    }

    @Test
    void onlyWhoIsAloneDoesWithoutASecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.of("", false))
                .withMessage(
                        "otp.secret is missing: give all instances the same one, in OTP_SECRET. Only the sandbox with a database of its own does without.");
        assertThat(Secret.of("", true).mark()).isNotEqualTo(Secret.of("", true).mark());
    }
}
