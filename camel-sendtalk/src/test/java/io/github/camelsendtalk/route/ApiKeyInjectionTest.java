package io.github.camelsendtalk.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkValidationException;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A caller who guesses the name of the key's property does not get it sent. */
@DisplayName("R6: a placeholder in a value from outside")
class ApiKeyInjectionTest extends SendTalkTestSupport {

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        context.getPropertiesComponent().addInitialProperty("sendtalk.key", key);
        return context;
    }

    @ParameterizedTest(name = "R6: {0}")
    @CsvSource({"caption, 'See {{sendtalk.key}}'", "filename, '{{sendtalk.key}}.jpg'"})
    void theKeyIsNotSent(String field, String value) {
        Exchange exchange = call("direct:dynamic", "https://example.com/a.jpg", Map.of(field + "FromOutside", value));

        assertThat(requests()).noneMatch(request -> request.getBodyAsString().contains(key));
        if (exchange.getException() != null) {
            // Camel put the key in, which newer ones do not
            SendTalkException failure = failure(exchange, SendTalkValidationException.class);
            assertThat(failure.getField()).isEqualTo(field);
            assertThat(failure.getMessage()).doesNotContain(key);
        }
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:dynamic")
                        .choice()
                        .when(header("captionFromOutside"))
                        .toD("sendtalk:send?phone=" + PHONE
                                + "&messageType=image&filename=a.jpg&caption=${header.captionFromOutside}")
                        .otherwise()
                        .toD("sendtalk:send?phone=" + PHONE
                                + "&messageType=image&filename=${header.filenameFromOutside}");
            }
        };
    }
}
