package io.github.camelsendtalk.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camelsendtalk.SendTalkConstants;
import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendTalkInvalidRecipientException;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkValidationException;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import io.github.camelsendtalk.support.TestKeys;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left over on a message from an earlier step, or came with it from outside, goes to nobody else: R1 to R4 and R11. */
class MisdirectedMessageTest extends SendTalkTestSupport {

    private static final String STAFF = "6281300009001";
    private String other;

    private static final String CUSTOMER = "6281200009002";

    @ParameterizedTest(name = "R1: a notice to staff ({0}) does not go to the customer of the step before")
    @ValueSource(strings = {"to", "toD", "kamelet"})
    void aNoticeGoesToStaff(String verb) {
        call("direct:code-then-notice-" + verb, "4711", Map.of(SendTalkConstants.PHONE, CUSTOMER));

        assertThat(sandbox.messages())
                .extracting(SandboxMessage::phone, SandboxMessage::body)
                .containsExactly(tuple(CUSTOMER, "4711"), tuple(STAFF, "A code was sent"));
    }

    @Test
    @DisplayName("R1: a copy that an interceptor of a dynamic send taps goes where its own header says")
    void theTapOfAnInterceptorGoesToStaff() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                interceptSendToEndpoint("sendtalk://send").wireTap("direct:audit");
                from("direct:audit")
                        .setHeader(SendTalkConstants.PHONE, constant(STAFF))
                        .to(other + "send");
                from("direct:tapped").toD("sendtalk:send?phone=${header.to}");
            }
        });

        call("direct:tapped", "Halo", Map.of("to", CUSTOMER));

        assertThat(sandbox.await(2, Duration.ofSeconds(20)))
                .extracting(SandboxMessage::phone)
                .containsExactlyInAnyOrder(CUSTOMER, STAFF);
    }

    @Test
    @DisplayName("R1: a step of an interceptor that names the recipient in a header is not the dynamic send")
    void aStepOfAnInterceptorIsNotTheDynamicSend() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                interceptSendToEndpoint("sendtalk://send")
                        .setHeader(SendTalkConstants.PHONE, constant(STAFF))
                        .to(other + "send")
                        .setBody(constant("4711"));
                from("direct:stepped").toD("sendtalk:send?phone=${header.to}");
            }
        });

        call("direct:stepped", "A code is sent", Map.of("to", CUSTOMER));

        assertThat(sandbox.messages())
                .extracting(SandboxMessage::phone, SandboxMessage::body)
                .containsExactly(tuple(STAFF, "A code is sent"), tuple(CUSTOMER, "4711"));
    }

    @Test
    @DisplayName("R1: a notice that an interceptor of a dynamic send makes goes to staff")
    void theNoticeOfAnInterceptorGoesToStaff() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                interceptSendToEndpoint("sendtalk://send")
                        .to("sendtalk:send?phone=" + STAFF)
                        .setBody(constant("4711"));
                from("direct:intercepted").toD("sendtalk:send?phone=${header.to}");
            }
        });

        call("direct:intercepted", "A code is sent", Map.of("to", CUSTOMER));

        assertThat(sandbox.messages())
                .extracting(SandboxMessage::phone, SandboxMessage::body)
                .containsExactly(tuple(STAFF, "A code is sent"), tuple(CUSTOMER, "4711"));
    }

    @Test
    @DisplayName("R1: the notice of a failed code goes to staff, not to the customer whose header is still there")
    void theNoticeOfAFailureGoesToStaff() {
        call("direct:code-that-fails", "4711", Map.of(SendTalkConstants.PHONE, "6281212340001"));

        assertThat(sandbox.messages())
                .extracting(SandboxMessage::phone, SandboxMessage::body)
                .containsExactly(tuple(STAFF, "A code failed"));
    }

    @Test
    @DisplayName("R2: the URI's type stands above the type of the step before")
    void theUrisTypeStands() {
        call(
                "sendtalk:send?messageType=text&phone=" + STAFF,
                "A menu was sent",
                Map.of(SendTalkConstants.MESSAGE_TYPE, "image", SendTalkConstants.FILENAME, "menu.jpg"));

        assertThat(message())
                .extracting(SandboxMessage::phone, SandboxMessage::messageType, SandboxMessage::filename)
                .containsExactly(STAFF, "text", null);
    }

    @ParameterizedTest(name = "R3: a header {0} from outside does not win over the URI")
    @ValueSource(strings = {SendTalkConstants.PHONE, "phone"})
    void aHeaderFromOutsideDoesNotWin(String header) {
        call("sendtalk:send?phone=" + STAFF, "Halo", Map.of(header, CUSTOMER));

        assertThat(message().phone()).isEqualTo(STAFF);
    }

    @ParameterizedTest(name = "R3: {0} with a body that names another number than the URI is refused")
    @ValueSource(strings = {"sendtalk:send?phone=" + STAFF, "direct:dynamic"})
    void aBodyForSomebodyElseIsRefused(String uri) {
        Object map = Map.of("phone", CUSTOMER, "body", "Your code is 4711");
        Object message = new SendTalkMessage(CUSTOMER, MessageType.OTP, "Your code is 4711", null, null);

        for (Object body : new Object[] {map, message}) {
            SendTalkValidationException failure = failure(call(uri, body), SendTalkValidationException.class);
            assertThat(failure.getField()).isEqualTo("phone");
            assertThat(failure).hasMessageContaining("another recipient").hasMessageNotContainingAny(STAFF, CUSTOMER);
        }
        noRequestWasMade();
    }

    @Test
    @DisplayName("R3: a body that names the URI's number in another way is sent")
    void aBodyForTheSamePersonIsSent() {
        call("sendtalk:send?phoneRegion=ID&phone=0813-0000-9001", Map.of("phone", "+62 813 0000 9001", "body", "Halo"));

        assertThat(message().phone()).isEqualTo(STAFF);
    }

    @ParameterizedTest(name = "R4: two sends in a row: {0}: the second does not text the id of the first")
    @ValueSource(
            strings = {
                "direct:twice",
                "direct:twice-dynamic",
                "direct:twice-kamelet",
                "direct:loop",
                "direct:without-headers",
                "direct:bytes",
                "direct:stream",
                "direct:map",
                "direct:padded",
                "direct:quoted",
                "direct:upper-case",
                "direct:another-endpoint",
                "direct:after-status"
            })
    void anIdIsNotTexted(String uri) {
        Exchange exchange = call(uri, "Halo");

        SendTalkValidationException failure = failure(exchange, SendTalkValidationException.class);
        assertThat(failure.getField()).isEqualTo("body");
        assertThat(failure).hasMessageContaining("multicast").hasMessageContaining("keep the text");
        assertThat(sandbox.messages()).extracting(SandboxMessage::body).containsExactly("Halo");
    }

    @Test
    @DisplayName("R4: an id with words around it, and the text kept, are sent")
    void wordsAroundAnIdAreSent() {
        Exchange exchange = call("direct:words-and-kept", "Halo");

        assertThat(exchange.getException()).isNull();
        assertThat(sandbox.messages()).hasSize(3);
        assertThat(sandbox.messages().get(1).body()).startsWith("Queued as ");
        assertThat(sandbox.messages().get(2).body()).isEqualTo("Halo");
    }

    @ParameterizedTest(name = "R11: JSON that nobody has unmarshalled is refused: {0}")
    @ValueSource(
            strings = {
                "{\"phone\":\"6281200009002\",\"body\":\"Halo\"}",
                "{\"phone\":\"6281200009002\",\"message\":\"Halo\"}",
                "{\"phone\":\"6281200009002\",\"text\":\"Halo\",\"order\":17}",
                "{\"Phone\":\"6281200009002\",\"Message\":\"Halo\"}",
                " \r\n{ \"body\" : \"Halo\" }\n",
                "{\"phone\":6281200009002,\"messageType\":\"otp\"}",
                "\"{\\\"phone\\\":\\\"6281200009002\\\",\\\"body\\\":\\\"Halo\\\"}\"",
                "[[{\"phone\":\"6281200009002\",\"body\":\"Halo\"}]]",
                "[null,{\"phone\":\"6281200009002\",\"body\":\"Halo\"}]",
                "{\"messages\":[{\"phone\":\"6281200009002\",\"text\":\"Halo\"}]}",
                "{\"phone\":\"6281200009002\",\"body\":\"Halo\",}",
                "{\"phone\":\"6281200009002\",\"body\":\"Halo\"}\n{\"phone\":\"62",
                "\u0000\u200b{\"phone\":\"6281200009002\",\"body\":\"Halo\"}",
                "{\"phone\":\"62\",\"text\":\"Halo\nSari\"}",
                "{'phone':'6281200009002','body':'Halo'}",
                "[{\"phone\":\"6281200009002\",\"body\":\"Halo\"},{\"phone\":\"6281200009003\",\"body\":\"Halo\"}]"
            })
    void jsonIsNotTexted(String json) {
        for (String uri : new String[] {"sendtalk:send", "sendtalk:send?phone=" + STAFF, "direct:dynamic"}) {
            for (Object body : new Object[] {json, json.getBytes(StandardCharsets.UTF_8), stream(json)}) {
                Exchange exchange = call(uri, body, Map.of("phone", CUSTOMER));

                SendTalkValidationException failure = failure(exchange, SendTalkValidationException.class);
                assertThat(failure.getField()).isEqualTo("body");
                assertThat(failure).hasMessageContaining("unmarshal").hasMessageNotContaining("Halo");
            }
        }
        noRequestWasMade();
    }

    @ParameterizedTest(name = "R11: what toString makes of an object is refused: {0}")
    @ValueSource(
            strings = {
                "{phone=6281200009002, body=Halo}",
                "{body=Halo, phone=6281200009002}",
                "MessageStatus[status=sent, isPending=false, isSent=true]",
                "SendTalkMessage[phone=62***002, messageType=otp, body=4 characters]"
            })
    void whatToStringMakesIsNotTexted(String text) {
        Exchange exchange = call("sendtalk:send?phone=" + STAFF, text);

        assertThat(failure(exchange, SendTalkValidationException.class)).hasMessageContaining("toString");
        noRequestWasMade();
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "R11: a text with braces is a text: {0}")
    @ValueSource(
            strings = {
                "{nama}, pesananmu siap",
                "{\"order\": 17, \"total\": 5000}",
                "[PROMO] Diskon 50% [hari ini]",
                "{\"phone\":\"6281200009002\"} adalah nomormu {ya}",
                "{}",
                "[]"
            })
    void aTextWithBracesIsSent(String text) {
        call("sendtalk:send?phone=" + CUSTOMER, text);

        assertThat(message().body()).isEqualTo(text);
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        other = at(sandbox.baseUrl());
        String toStaff = "sendtalk:send?phone=" + STAFF;
        String toCustomer = "sendtalk:send?phone=" + CUSTOMER;
        context.getPropertiesComponent().addInitialProperty("own.key", TestKeys.next());
        String kamelet = "kamelet:sendtalk-send-action?apiKey=RAW({{own.key}})&phone=" + STAFF;
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:code-then-notice-to")
                        .to("sendtalk:send?messageType=otp")
                        .setBody(constant("A code was sent"))
                        .to(toStaff);
                from("direct:code-then-notice-toD")
                        .setProperty("staff", constant(STAFF))
                        .to("sendtalk:send?messageType=otp")
                        .setBody(constant("A code was sent"))
                        .toD("sendtalk:send?phone=${exchangeProperty.staff}");
                from("direct:code-then-notice-kamelet")
                        .to("sendtalk:send?messageType=otp")
                        .setBody(constant("A code was sent"))
                        .to(kamelet);
                from("direct:code-that-fails")
                        .onException(SendTalkInvalidRecipientException.class)
                        .handled(true)
                        .setBody(constant("A code failed"))
                        .to(toStaff)
                        .end()
                        .to("sendtalk:send?messageType=otp");
                from("direct:dynamic")
                        .setProperty("staff", constant(STAFF))
                        .toD("sendtalk:send?phone=${exchangeProperty.staff}");

                from("direct:twice").to(toStaff).to(toCustomer);
                from("direct:twice-dynamic").to(toStaff).toD("sendtalk:send?phone=${exchangeProperty.none}" + CUSTOMER);
                from("direct:twice-kamelet").to(toCustomer).to(kamelet);
                from("direct:loop").loop(2).to(toStaff);
                from("direct:without-headers").to(toStaff).removeHeaders("*").to(toCustomer);
                from("direct:bytes").to(toStaff).convertBodyTo(byte[].class).to(toCustomer);
                from("direct:stream")
                        .to(toStaff)
                        .convertBodyTo(java.io.InputStream.class)
                        .to(toCustomer);
                from("direct:map")
                        .to(toStaff)
                        .process(e -> e.getMessage()
                                .setBody(Map.of("body", e.getMessage().getBody())))
                        .to(toCustomer);
                from("direct:padded").to(toStaff).setBody(simple(" ${body}\n")).to(toCustomer);
                from("direct:quoted").to(toStaff).setBody(simple("\"${body}\"")).to(toCustomer);
                from("direct:upper-case")
                        .to(toStaff)
                        .setBody(simple("${body.toUpperCase()}"))
                        .to(toCustomer);
                from("direct:another-endpoint").to("direct:send").to(toCustomer);
                from("direct:send").to(toStaff);
                from("direct:after-status")
                        .to(toStaff)
                        .to("sendtalk:status")
                        .setBody(header(SendTalkConstants.MESSAGE_ID))
                        .to(toCustomer);
                from("direct:words-and-kept")
                        .setVariable("text", body())
                        .to(toStaff)
                        .setBody(simple("Queued as ${body}"))
                        .to(toStaff)
                        .setBody(variable("text"))
                        .to(toCustomer);
            }
        };
    }
}
