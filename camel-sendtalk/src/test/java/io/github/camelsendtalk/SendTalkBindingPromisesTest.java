package io.github.camelsendtalk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.PhonePromises;
import io.github.camelsendtalk.client.RandomPhone;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkValidationException;
import io.github.camelsendtalk.support.Property;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Whatever stands where a phone number should, there is a message to a possible one or a refusal that names the field. */
class SendTalkBindingPromisesTest {

    @Test
    void anyTextInTheHeaderMakesAMessageOrAnInvalidOne() throws Exception {
        CamelContext context = new DefaultCamelContext();
        try {
            SendTalkConfiguration endpoint = new SendTalkConfiguration();
            endpoint.setPhoneRegion("ID");
            SendTalkBinding binding =
                    new SendTalkBinding(KnownApiKeys.of(context), endpoint, SendTalkConfiguration::new);
            Property.holds("any phone number in a header", 5_000, random -> {
                Exchange exchange = new DefaultExchange(context);
                exchange.getMessage().setHeader(SendTalkConstants.PHONE, RandomPhone.small(random));
                exchange.getMessage().setBody("Hello");
                assertIsAMessageOrInvalid(binding, exchange);
            });
        } finally {
            context.stop();
        }
    }

    private static void assertIsAMessageOrInvalid(SendTalkBinding binding, Exchange exchange) {
        try {
            SendTalkMessage message = binding.message(exchange);
            assertThat(message.phone()).matches("[1-9]\\d{2,14}");
        } catch (SendTalkValidationException e) {
            assertThat(e.getField()).isEqualTo("phone");
            assertThat(e.isOutcomeUnknown() || e.isRetryable()).isFalse();
            PhonePromises.text(e.getMessage());
        }
    }
}
