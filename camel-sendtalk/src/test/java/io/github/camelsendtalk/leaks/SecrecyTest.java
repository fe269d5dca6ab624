package io.github.camelsendtalk.leaks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.github.camelsendtalk.support.Answers.accepted;
import static io.github.camelsendtalk.support.Answers.error;
import static io.github.camelsendtalk.support.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.camelsendtalk.SendTalkConstants;
import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.support.ConsoleCapture;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import io.github.camelsendtalk.support.TestKeys;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hard case 40: the key, the text of a code and the whole number are nowhere that people look. */
class SecrecyTest extends SendTalkTestSupport {

    private static final String CODE = "Kode rahasia 902817";

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        configuration.withEnableJMX();
    }

    static Stream<Arguments> answers() {
        String echo = "Wrong: API-Key %s, phone " + PHONE + ", body " + CODE;
        return Stream.of(
                Arguments.of("accepted", json(accepted()), null),
                Arguments.of("an error that repeats what was sent", null, error(400, "40002", echo, "phone")),
                Arguments.of("an error that repeats a part", null, error(400, "40002", "Wrong: ...902817", "body")),
                Arguments.of("a refusal that repeats it", null, refused(echo)),
                Arguments.of("a broken answer that repeats it", null, "{ " + echo),
                Arguments.of("503 that repeats it", aResponse().withStatus(503).withBody(echo), null),
                Arguments.of("garbage", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE), null),
                Arguments.of("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), null),
                Arguments.of("deadline", json(accepted()).withFixedDelay(2_000), null));
    }

    @ParameterizedTest(name = "case 40: {0}")
    @MethodSource("answers")
    void noLogLineAndNoExceptionHoldsThem(String what, ResponseDefinitionBuilder answer, String echo) {
        answer(SEND, answer != null ? answer : json(echo.formatted(key)));

        String printed = ConsoleCapture.during(() -> {
            Exchange exchange = call("direct:send", CODE + "\n", Map.of(SendTalkConstants.PHONE, PHONE));
            if (exchange.getException() != null) {
                StringWriter stack = new StringWriter();
                exchange.getException().printStackTrace(new PrintWriter(stack));
                System.err.println(stack);
            }
        });

        assertThat(printed).as("DEBUG is on").contains("DEBUG org.apache.camel");
        assertThat(printed).doesNotContain(key).doesNotContain("902817").doesNotContain(PHONE);
    }

    @Test
    void case40_noTextFormOfAMessageHoldsThem() {
        SendTalkMessage message = new SendTalkMessage(PHONE, MessageType.OTP, CODE, null, null);

        assertThat(message.toString()).contains("otp").doesNotContain(PHONE).doesNotContain(CODE);
    }

    @Test
    void case40_theKeyOfAUriIsInNoTextFormNoJmxAttributeAndNoRouteDump() throws Exception {
        String secret = TestKeys.next();
        context.getPropertiesComponent().addOverrideProperty("secret", secret);
        String uri = "sendtalk:send?phone=" + PHONE + "&apiKey={{secret}}";
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:secret").routeId("secret").to(uri);
            }
        });
        call("direct:secret", CODE);

        assertThat(requests().get(0).getHeader("API-Key")).isEqualTo(secret);
        assertThat(context.getEndpoints().toString()).doesNotContain(secret);
        assertThat(context.getRoute("secret").toString()).doesNotContain(secret);
        assertThat(new Management(context).everything())
                .contains("sendtalk")
                .doesNotContain(secret)
                .doesNotContain(key);
        String dump = PluginHelper.getModelToXMLDumper(context)
                .dumpModelAsXml(
                        context,
                        context.getCamelContextExtension()
                                .getContextPlugin(Model.class)
                                .getRouteDefinition("secret"));
        assertThat(dump).contains("{{secret}}").doesNotContain(secret);
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:send").to("sendtalk:send?messageType=otp&requestTimeout=1000");
            }
        };
    }
}
