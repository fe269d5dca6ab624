package io.github.camelsendtalk.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.SendTalkConstants;
import io.github.camelsendtalk.client.PhoneNumbers;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkValidationException;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A step of a route reads a number as the send does, also one that comes from outside. */
class PhoneNumbersRouteTest extends SendTalkTestSupport {

    private static final String NUMBERS = PhoneNumbers.class.getName();

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:read")
                        .toV("class:" + NUMBERS + "?method=read(${body[phone]}, 'ID')", null, "recipient")
                        .toV("class:" + NUMBERS + "?method=format(${variable.recipient})", null, "shown")
                        .setVariable(
                                "masked", simple("${bean:type:" + NUMBERS + "?method=mask(${variable.recipient})}"));
                from("direct:refused")
                        .onException(SendTalkException.class)
                        .onWhen(simple("${exception.retryable} == false"))
                        .handled(true)
                        .setBody(simple("${exception.field}: ${exception.message}"))
                        .end()
                        .toV("class:" + NUMBERS + "?method=read(${body}, 'ID')", null, "recipient");
                from("direct:send").to("sendtalk:send?phoneRegion=ID");
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"0812-1234-5678", "+62 812 1234 5678", "81212345678", "6281212345678", " 6281212345678"})
    void aStepReadsTheNumberThatTheSendUses(String written) {
        Exchange read = read(written);
        Exchange sent = call("direct:send", "Halo", Map.of("phone", written));

        assertThat(read.getException()).isNull();
        assertThat(read.getVariable("recipient"))
                .isEqualTo(sent.getMessage().getHeader(SendTalkConstants.RECIPIENT))
                .isEqualTo(PHONE);
        assertThat(read.getVariable("shown")).isEqualTo("+62 812-1234-5678");
        assertThat(read.getVariable("masked")).isEqualTo("62***678");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0812", " 81234567890", "85291234567", "628123456789.0", "Budi"})
    void aStepRefusesWhatTheSendRefuses(String written) {
        SendTalkValidationException refused = failure(read(written), SendTalkValidationException.class);
        Exchange sent = call("direct:send", "Halo", Map.of("phone", written));

        assertThat(refused.getField()).isEqualTo("phone");
        assertThat(refused.getMessage().replace("The phone number", "The phone number in the header phone"))
                .isEqualTo(failure(sent, SendTalkValidationException.class).getMessage());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "null",
                "*",
                "${body[secret]}",
                "6281212345678, 'SG'",
                "6281212345678', 'SG",
                "String.class ${body[secret]}",
                "java.lang.String",
                ")",
                "("
            })
    void whatComesFromOutsideIsAValueAndNoPartOfTheRoute(@Nullable String written) {
        assertThat(failure(read(written), SendTalkValidationException.class).getField())
                .isEqualTo("phone");
    }

    @Test
    void aClauseMayAskTheExceptionOfAStepWhatItIs() {
        Exchange refused = call("direct:refused", "0812");

        assertThat(refused.getException()).isNull();
        assertThat(refused.getMessage().getBody()).isEqualTo("phone: The phone number is too short.");
    }

    private Exchange read(@Nullable String phone) {
        Map<String, @Nullable String> row = new HashMap<>();
        row.put("phone", phone);
        row.put("secret", PHONE);
        return call("direct:read", row);
    }
}
