package io.github.camelsendtalk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.MessageStatus;
import io.github.camelsendtalk.client.PhoneNumbers;
import io.github.camelsendtalk.client.SendResult;
import io.github.camelsendtalk.client.SendTalkClient;
import io.github.camelsendtalk.client.SendTalkConnections;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkValidationException;
import io.github.camelsendtalk.client.http.ConnectionSettings;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each example of the cookbook does in each language what the page says. */
class ExamplesTest {

    private SendTalkSandbox sandbox;

    @BeforeEach
    void startSandbox() {
        sandbox = SendTalkSandbox.start();
    }

    @AfterEach
    void stopSandbox() {
        sandbox.close();
    }

    @ParameterizedTest
    @EnumSource
    void aCodeIsSentAsOtp(Dsl dsl) throws Exception {
        try (RunningExample example = new RunningExample(Example.CODE, dsl, sandbox)) {
            Exchange sent = example.request("direct:code", "4711", Map.of("CamelSendTalkPhone", "0812-1234-5678"));

            SandboxMessage message = onlyMessage();
            assertThat(message.messageType()).isEqualTo("otp");
            assertThat(message.phone()).isEqualTo("6281212345678");
            assertThat(message.body()).isEqualTo("Your code is 4711. It is valid for 5 minutes.");
            assertThat(sent.getMessage().getBody()).isEqualTo(message.id());
            assertThat(sent.getMessage().getHeader("CamelSendTalkMessageId")).isEqualTo(message.id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRowOfATableIsSentAsText(Dsl dsl) throws Exception {
        try (RunningExample example = new RunningExample(Example.ROW, dsl, sandbox)) {
            example.request("direct:row", Map.of("phone", "+62 812-1234-5678", "name", "Budi"), Map.of());

            SandboxMessage message = onlyMessage();
            assertThat(message.messageType()).isEqualTo("text");
            assertThat(message.phone()).isEqualTo("6281212345678");
            assertThat(message.body()).isEqualTo("Hello Budi, your parcel arrives today.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anImageIsSentByItsUrl(Dsl dsl) throws Exception {
        try (RunningExample example = new RunningExample(Example.IMAGE, dsl, sandbox)) {
            example.request("direct:menu", null, Map.of("phone", "081212345678"));

            SandboxMessage message = onlyMessage();
            assertThat(message.messageType()).isEqualTo("image");
            assertThat(message.body()).isEqualTo("https://www.example.com/menu/today.jpg");
            assertThat(message.filename()).isEqualTo("menu.jpg");
            assertThat(message.caption()).isEqualTo("Menu of today");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStatusIsWaitedFor(Dsl dsl) throws Exception {
        List<String> ends = new ArrayList<>();
        RunningExample.Content content = context -> {
            dsl.add(Example.STATUS, context);
            for (String end : List.of("direct:sent", "direct:still-pending", "direct:not-sent")) {
                context.addRoutes(RunningExample.end(end, exchange -> ends.add(end)));
            }
        };
        try (RunningExample example = new RunningExample(content, sandbox.baseUrl())) {
            Exchange end = example.request("direct:tell", "Hi", Map.of("phone", "081212345678"));

            assertThat(end.getException()).isNull();
            assertThat(ends).containsExactly("direct:sent");
            assertThat(end.getMessage().getBody(MessageStatus.class).isSent()).isTrue();
            assertThat(end.getMessage().getHeader("CamelSendTalkMessageId"))
                    .isEqualTo(onlyMessage().id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsNotOnWhatsAppIsSentNothing(Dsl dsl) throws Exception {
        List<Object> letters = new ArrayList<>();
        RunningExample.Content content = context -> {
            dsl.add(Example.CHECK, context);
            context.addRoutes(RunningExample.end(
                    "direct:letter",
                    exchange -> letters.add(exchange.getMessage().getBody())));
        };
        try (RunningExample example = new RunningExample(content, sandbox.baseUrl())) {
            Exchange sent = example.request("direct:remind", "Hi", Map.of("phone", "0812-1234-5678"));
            Exchange written = example.request("direct:remind", "Hi there", Map.of("phone", "0812-1234-0001"));

            assertThat(sent.getException()).isNull();
            assertThat(onlyMessage().body()).isEqualTo("Hi");
            assertThat(written.getException()).isNull();
            assertThat(letters).containsExactly("Hi there");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDynamicUriNamesRecipientAndType(Dsl dsl) throws Exception {
        try (RunningExample example = new RunningExample(Example.DYNAMIC, dsl, sandbox)) {
            example.request("direct:notify", "Your code is 4711", Map.of("to", "+81 90-1234-5678", "kind", "otp"));

            SandboxMessage message = onlyMessage();
            assertThat(message.phone())
                    .as("with its country, which a lost + would change")
                    .isEqualTo("819012345678");
            assertThat(message.messageType()).isEqualTo("otp");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aJsonObjectHoldsTheWholeMessage(Dsl dsl) throws Exception {
        try (RunningExample example = new RunningExample(Example.JSON, dsl, sandbox);
                InputStream json = getClass().getResourceAsStream("/examples/message.json")) {
            example.request("direct:json", json, Map.of());

            SandboxMessage message = onlyMessage();
            assertThat(message.phone()).isEqualTo("6281212345678");
            assertThat(message.messageType()).isEqualTo("text");
            assertThat(message.body()).isEqualTo("Hi this is a message");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGuardedRouteTakesNoRecipientFromOutside(Dsl dsl) throws Exception {
        try (RunningExample example = new RunningExample(Example.GUARDED, dsl, sandbox)) {
            example.request("direct:signed-in", exchange -> {
                exchange.getMessage().setBody("Your code is 4711");
                exchange.getMessage().setHeader("phone", "6281299999999");
                exchange.setProperty("customerPhone", "0812-1234-5678");
            });
            assertThat(onlyMessage().phone()).isEqualTo("6281212345678");

            Exchange nobody = example.request("direct:signed-in", "Your code", Map.of("phone", "6281299999999"));
            assertThat(nobody.getException()).isInstanceOf(SendTalkValidationException.class);
            assertThat(sandbox.messages()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNumberIsReadForAnotherStep(Dsl dsl) throws Exception {
        List<Object> stored = new ArrayList<>();
        RunningExample.Content content = context -> {
            dsl.add(Example.NUMBER, context);
            context.addRoutes(
                    RunningExample.end("direct:store", exchange -> stored.add(exchange.getVariable("number"))));
        };
        try (RunningExample example = new RunningExample(content, sandbox.baseUrl())) {
            Map<String, String> customer = Map.of("phone", "0812-1234-5678", "name", "Budi");
            Exchange signedUp = example.request("direct:sign-up", customer, Map.of());
            Exchange refused = example.request("direct:sign-up", Map.of("phone", "0812"), Map.of());

            assertThat(signedUp.getException()).isNull();
            assertThat(signedUp.getMessage().getBody()).isEqualTo(customer);
            assertThat(stored).containsExactly("6281212345678");
            assertThat(refused.getException())
                    .isInstanceOf(SendTalkValidationException.class)
                    .hasMessage("The phone number is too short.");
        }
    }

    @Test
    void aRecordHoldsTheWholeMessage() throws Exception {
        RunningExample.Content nothing = context -> {};
        try (RunningExample example = new RunningExample(nothing, sandbox.baseUrl())) {
            ProducerTemplate template = example.template();
            // tag::record[]
            SendTalkMessage message = SendTalkMessage.otp("0812-1234-5678", "Your code is 4711");
            String id = template.requestBody("sendtalk:send?phoneRegion=ID", message, String.class);
            // end::record[]
            assertThat(onlyMessage().id()).isEqualTo(id);
            assertThat(onlyMessage().messageType()).isEqualTo("otp");
        }
    }

    @Test
    void theClientWorksWithoutCamel() throws Exception {
        URI baseUrl = URI.create(sandbox.baseUrl());
        String apiKey = "test-key-" + UUID.randomUUID();
        // tag::client[]
        SendTalkMessage message = SendTalkMessage.text(PhoneNumbers.read("0812-1234-5678", "ID"), "Hi");
        try (SendTalkConnections connections = new SendTalkConnections()) {
            connections.open(ConnectionSettings.of("shop/1.0"));
            SendTalkClient client = connections.client(baseUrl, apiKey, Duration.ofSeconds(10), Duration.ofSeconds(30));
            SendResult result = client.send(message).toCompletableFuture().get();
            System.out.println(result.id());
        }
        // end::client[]
        assertThat(onlyMessage().phone()).isEqualTo("6281212345678");
    }

    private SandboxMessage onlyMessage() {
        assertThat(sandbox.messages()).hasSize(1);
        return sandbox.messages().get(0);
    }
}
