package io.github.camelsendtalk.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.processor.PredicateValidationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How Camel reads two braces in the text of a route, and in that of a message. */
class BracesTest {

    private static final Map<String, Object> PHONE = Map.of("phone", "081212345678");

    @RegisterExtension
    static SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    @ParameterizedTest(name = "R42: {0} in the text of a route is a property that must exist")
    @ValueSource(strings = {"{{1}}", "{{nama}}"})
    void bracesInARouteAreAProperty(String braces) {
        RunningExample.Content route = context -> context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:braces").setBody(simple("Halo " + braces)).to("sendtalk:send");
            }
        });

        assertThatThrownBy(() -> new RunningExample(route, sandbox.baseUrl()))
                .hasStackTraceContaining("Property with key [" + braces.replaceAll("[{}]", "") + "] not found");
    }

    @Test
    @DisplayName("R42: braces with backslashes in the text of a route are sent as braces")
    void escapedBracesAreSent() throws Exception {
        try (RunningExample example = new RunningExample(BracesTest::load, sandbox.baseUrl())) {
            example.request("direct:braces", "Budi", PHONE);
        }

        assertThat(sandbox.messages())
                .extracting(SandboxMessage::body)
                .containsExactly("Write {{1}} for the name of Budi");
    }

    @Test
    @DisplayName("R42: escaped braces in Java, with a constant and with Simple")
    void escapedBracesInJavaAreSent() throws Exception {
        RunningExample.Content routes = context -> context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:constant").setBody(constant("Halo \\{{1\\}}")).to("sendtalk:send?phoneRegion=ID");
                from("direct:simple").setBody(simple("Halo \\{{nama\\}}")).to("sendtalk:send?phoneRegion=ID");
            }
        });
        try (RunningExample example = new RunningExample(routes, sandbox.baseUrl())) {
            example.request("direct:constant", null, PHONE);
            example.request("direct:simple", null, PHONE);
        }

        assertThat(sandbox.messages()).extracting(SandboxMessage::body).containsExactly("Halo {{1}}", "Halo {{nama}}");
    }

    @Test
    @DisplayName("R42: braces that a message brings are sent as they are, or refused by a step before")
    void bracesOfAMessage() throws Exception {
        try (RunningExample example = new RunningExample(BracesTest::load, sandbox.baseUrl())) {
            example.request("direct:braces", "{{nama}}", PHONE);
            Exchange refused = example.request("direct:filled-in", "Halo {{nama}}", PHONE);
            example.request("direct:filled-in", "Halo Budi", PHONE);

            assertThat(refused.getException()).isInstanceOf(PredicateValidationException.class);
        }
        assertThat(sandbox.messages())
                .extracting(SandboxMessage::body)
                .containsExactly("Write {{1}} for the name of {{nama}}", "Halo Budi");
    }

    private static void load(CamelContext context) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource("classpath:examples/braces.yaml"));
    }
}
