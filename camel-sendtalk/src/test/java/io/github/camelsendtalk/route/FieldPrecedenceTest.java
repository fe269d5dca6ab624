package io.github.camelsendtalk.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsendtalk.SendTalkConfiguration;
import io.github.camelsendtalk.SendTalkConstants;
import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkValidationException;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hard case 24: who says what, through {@code to} and {@code toD}. */
class FieldPrecedenceTest extends SendTalkTestSupport {

    private static final List<String> RANKS =
            List.of("URI", "map", "CamelSendTalk header", "short header", "ce- header", "component");

    private static final Map<String, List<String>> VALUES = Map.of(
            "phone",
                    List.of(
                            "6281000000101",
                            "6281000000102",
                            "6281000000103",
                            "6281000000104",
                            "6281000000105",
                            "6281000000106"),
            "filename", List.of("a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg", "f.jpg"),
            "caption", List.of("a", "b", "c", "d", "e", "f"));

    private static final Map<String, String> HEADERS = Map.of(
            "phone", SendTalkConstants.PHONE,
            "messageType", SendTalkConstants.MESSAGE_TYPE,
            "filename", SendTalkConstants.FILENAME,
            "caption", SendTalkConstants.CAPTION);

    static Stream<Arguments> fieldsAndWinners() {
        List<Arguments> rows = new ArrayList<>();
        for (String verb : List.of("to", "toD")) {
            for (String field : List.of("phone", "filename", "caption")) {
                for (int winner = 0; winner < RANKS.size(); winner++) {
                    rows.add(Arguments.of(verb, field, RANKS.get(winner), winner));
                }
            }
        }
        return rows.stream();
    }

    @ParameterizedTest(name = "case 24: {0}, {1}: the {2} wins over what is weaker")
    @MethodSource("fieldsAndWinners")
    void theStrongestWins(String verb, String field, String name, int winner) throws Exception {
        List<String> values = VALUES.get(field);
        Map<String, Object> body = imageWithout(field);
        Map<String, Object> headers = new HashMap<>();
        String option = null;
        if (winner <= 0) {
            option = values.get(0);
        }
        // a map that names another number than the URI is refused
        if (winner == 1 || winner < 1 && !field.equals("phone")) {
            body.put(field, values.get(1));
        }
        if (winner <= 2) {
            headers.put(HEADERS.get(field), values.get(2));
        }
        if (winner <= 3) {
            headers.put(field, values.get(3));
        }
        if (winner <= 4) {
            headers.put("ce-" + field, values.get(4));
        }
        setOnComponent(field, values.get(5));

        Exchange exchange = send(verb, field, option, body, headers);

        assertThat(exchange.getException()).isNull();
        assertThat(request().get(field).textValue()).isEqualTo(values.get(winner));
    }

    private void setOnComponent(String field, String value) {
        SendTalkConfiguration configuration = component(context).getConfiguration();
        switch (field) {
            case "phone" -> configuration.setPhone(value);
            case "filename" -> configuration.setFilename(value);
            case "caption" -> configuration.setCaption(value);
            default -> throw new IllegalArgumentException(field);
        }
    }

    private static Map<String, Object> imageWithout(String field) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("body", "https://example.com/a.jpg");
        body.put("messageType", "image");
        body.put("phone", PHONE);
        body.put("filename", "z.jpg");
        body.remove(field);
        return body;
    }

    private Exchange send(String verb, String field, String option, Object body, Map<String, Object> headers) {
        if (verb.equals("to")) {
            return call("sendtalk:send" + (option == null ? "" : "?" + field + "=" + option), body, headers);
        }
        return template.request("direct:dynamic" + (option == null ? "" : "-" + field), e -> {
            e.getMessage().setBody(body);
            e.getMessage().setHeaders(new HashMap<>(headers));
            e.setProperty("option", option);
        });
    }

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of("to", "otp", Map.of("messageType", "text"), "text", "otp", "text", "text"),
                Arguments.of("to", "otp", Map.of("messageType", "otp"), "text", null, "text", "text"),
                Arguments.of("to", "otp", Map.of(), "otp", null, "text", "text"),
                Arguments.of("to", "otp", Map.of(), null, null, "otp", "text"),
                Arguments.of("to", "otp", Map.of(), null, null, null, "otp"),
                Arguments.of("to", "text", Map.of(), null, null, null, null),
                Arguments.of("toD", "otp", Map.of("messageType", "text"), "text", "otp", "text", "text"),
                Arguments.of("toD", "otp", Map.of(), null, null, "otp", "text"));
    }

    @ParameterizedTest(
            name = "case 24: {0}, messageType {1}: map {2}, header {3}, URI {4}, short header {5}, component {6}")
    @MethodSource("types")
    void theStrongestTypeWins(
            String verb,
            String expected,
            Map<String, Object> fields,
            String header,
            String option,
            String shortHeader,
            String component) {
        Map<String, Object> body = new HashMap<>(fields);
        body.put("body", "1234");
        body.put("phone", PHONE);
        Map<String, Object> headers = new HashMap<>();
        if (header != null) {
            headers.put(SendTalkConstants.MESSAGE_TYPE, header);
        }
        if (shortHeader != null) {
            headers.put("messageType", shortHeader);
        }
        component(context).getConfiguration().setMessageType(component);

        send(verb, "messageType", option, body, headers);

        assertThat(message().messageType()).isEqualTo(expected);
    }

    @Test
    void case24_aMessageRecordSaysEverythingAndWins() throws Exception {
        SendTalkMessage image = new SendTalkMessage(PHONE, MessageType.IMAGE, "https://example.com/a", "a.jpg", "Foto");
        Map<String, Object> others = Map.of(
                SendTalkConstants.PHONE, "6281999999999",
                SendTalkConstants.MESSAGE_TYPE, "otp",
                SendTalkConstants.FILENAME, "b.jpg",
                SendTalkConstants.CAPTION, "Lain");

        call("sendtalk:send", image, others);

        assertThat(request()).isEqualTo(new ObjectMapper().readTree("""
                {"phone": "%s", "messageType": "image", "body": "https://example.com/a", "filename": "a.jpg",
                 "caption": "Foto"}""".formatted(PHONE)));
    }

    @Test
    void shortHeadersAreNotReadWherePlainHeadersIsFalse() {
        Map<String, Object> types = Map.of("messageType", "otp", "ce-messagetype", "otp");
        call("sendtalk:send?plainHeaders=false&phone=" + PHONE, "Halo", types);
        assertThat(message().messageType()).isEqualTo("text");

        Map<String, Object> phones = Map.of("phone", PHONE, "ce-phone", PHONE);
        Exchange exchange = call("sendtalk:send?plainHeaders=false", "Halo", phones);
        assertThat(failure(exchange, SendTalkValidationException.class).getField())
                .isEqualTo("phone");
    }

    @Test
    void aWrongEventHeaderIsNamed() {
        Exchange exchange = call("sendtalk:send", "Halo", Map.of("ce-phone", "0812-1234-5678"));

        assertThat(failure(exchange, SendTalkValidationException.class))
                .hasMessageContaining("The phone number in the header ce-phone");
        noRequestWasMade();
    }

    @ParameterizedTest(name = "case 24: a blank {0} falls through to what is weaker")
    @CsvSource({"messageType,otp", "filename,b.jpg", "caption,Foto"})
    void aBlankHeaderSaysNothing(String field, String option) throws Exception {
        Map<String, Object> body = imageWithout(field);

        call("sendtalk:send", body, Map.of(HEADERS.get(field), "  ", field, option));

        assertThat(request().get(field).textValue()).isEqualTo(option);
    }

    static Stream<Arguments> blankPhones() {
        Map<String, Object> nullPhone = new HashMap<>(Map.of("body", "Halo"));
        nullPhone.put("phone", null);
        Map<String, Object> nullHeader = new HashMap<>();
        nullHeader.put(SendTalkConstants.PHONE, null);
        return Stream.of(
                Arguments.of(
                        "in a map", Map.of("body", "Halo", "phone", " "), Map.of(), "sendtalk:send?phone=" + PHONE),
                Arguments.of("null in a map", nullPhone, Map.of(), "sendtalk:send?phone=" + PHONE),
                Arguments.of(
                        "in the header", "Halo", Map.of(SendTalkConstants.PHONE, "", "phone", PHONE), "sendtalk:send"),
                Arguments.of("null in the header", "Halo", nullHeader, "sendtalk:send"),
                Arguments.of("in the short header", "Halo", Map.of("phone", "", "ce-phone", PHONE), "sendtalk:send"),
                Arguments.of("in the ce- header", "Halo", Map.of("ce-phone", ""), "sendtalk:send"),
                Arguments.of("in a dynamic URI", "Halo", Map.of("phone", PHONE), "direct:dynamic-phone"));
    }

    @ParameterizedTest(name = "case 24: a blank phone {0} is an error")
    @MethodSource("blankPhones")
    void aBlankPhoneSendsToNobodyElse(String place, Object body, Map<String, Object> headers, String uri) {
        component(context).getConfiguration().setPhone("6281999999999");

        Exchange exchange = call(uri, body, headers);

        assertThat(failure(exchange, SendTalkValidationException.class)).hasMessageContaining("blank");
        noRequestWasMade();
    }

    @Test
    void case33_anyNumberOfDynamicRecipientsUseOneEndpoint() {
        int endpoints = context.getEndpoints().size();

        for (int i = 0; i < 200; i++) {
            String phone = "+62 812-%04d".formatted(i) + "-5678";
            Exchange exchange = template.request("direct:dynamic-phone", e -> {
                e.getMessage().setBody("Halo");
                e.setProperty("option", phone);
            });
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getProperties()).containsOnlyKeys("option", "CamelSendTalkSentIds");
        }

        assertThat(sandbox.messages())
                .extracting(SandboxMessage::phone)
                .doesNotHaveDuplicates()
                .hasSize(200);
        assertThat(context.getEndpoints().size()).isLessThanOrEqualTo(endpoints + 1);
    }

    @ParameterizedTest(name = "a recipient {0} chooses neither key nor server nor another recipient")
    @ValueSource(
            strings = {
                "62812&baseUrl=http://evil.example",
                "62812&e=1",
                "62812&lazyStartProducer=true",
                "62812&apiKey=other",
                "6281212345678&phone=6281212345679",
                "6281212345678&messageType=otp",
                "6281212345678&6281299999999",
                "6281212345678%26baseUrl=http://evil.example",
                "6281212345678&requestTimeout=1",
                "RAW(6281212345678)&baseUrl=http://evil.example"
            })
    void aDynamicValueSetsNoOtherParameter(String value) {
        Exchange exchange = template.request("direct:dynamic-phone", e -> {
            e.getMessage().setBody("Halo");
            e.setProperty("option", value);
        });

        assertThat(failure(exchange, SendTalkValidationException.class).getMessage())
                .doesNotContain("6281212345678")
                .doesNotContain("6281299999999");
        noRequestWasMade();
    }

    @ParameterizedTest(name = "R47: a text of the route that holds {0} lets no value set it")
    @ValueSource(strings = {"apiKey", "requestTimeout", "e"})
    void theRoutesOwnTextNamesNoParameter(String option) {
        Exchange exchange = template.request("direct:dynamic-text", e -> {
            e.getMessage().setBody("https://example.com/a.jpg");
            e.setProperty("option", "6281212345678&" + option + "=5");
        });

        assertThat(failure(exchange, SendTalkValidationException.class)).hasMessageNotContainingAny("6281212345678");
        noRequestWasMade();
    }

    @Test
    void anEncodedAmpersandInADynamicKeyChoosesNoServer() {
        Exchange exchange = template.request("direct:dynamic-key", e -> {
            e.getMessage().setBody("Halo");
            e.setProperty("option", "other%26baseUrl=http://evil.example");
        });

        failure(exchange, SendTalkValidationException.class);
        noRequestWasMade();
    }

    @Test
    void aDynamicValueThatBeginsWithRawSwallowsNoParameter() {
        Exchange exchange = template.request("direct:dynamic-swallow", e -> {
            e.getMessage().setBody("https://example.com/a.jpg");
            e.setProperty("option", "RAW(hello");
        });

        failure(exchange, SendTalkValidationException.class);
        noRequestWasMade();
    }

    @Test
    void aDynamicValueIsNotEvaluated() {
        Exchange exchange = template.request("direct:dynamic-raw", e -> {
            e.getMessage().setBody("https://example.com/a.jpg");
            e.setProperty("option", "$simple{sys:java.version}");
        });

        assertThat(exchange.getException()).isNull();
        assertThat(message().caption()).isEqualTo("$simple{sys:java.version}");
    }

    @Test
    void aDynamicUriMayStillSetOtherOptions() {
        template.request("direct:dynamic-mixed", e -> {
            e.getMessage().setBody("https://example.com/a.jpg");
            e.setProperty("option", "Potongan 50% & gratis + ongkir");
        });

        assertThat(message().caption()).isEqualTo("Potongan 50% & gratis + ongkir");
        assertThat(message().filename()).isEqualTo("a.jpg");
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:dynamic").toD("sendtalk:${exchangeProperty.operation}send");
                for (String field : List.of("phone", "messageType", "filename", "caption")) {
                    from("direct:dynamic-" + field).toD("sendtalk:send?" + field + "=${exchangeProperty.option}");
                }
                from("direct:dynamic-text")
                        .toD(
                                "sendtalk:send?messageType=image&filename=a.jpg"
                                        + "&caption=RAW(see &apiKey=x &requestTimeout=x &e=x)&phone=${exchangeProperty.option}");
                from("direct:dynamic-raw")
                        .toD("sendtalk:send?messageType=image&filename=a.jpg&phone=" + PHONE
                                + "&caption=RAW(${exchangeProperty.option})");
                from("direct:dynamic-key").toD("sendtalk:send?phone=" + PHONE + "&apiKey=${exchangeProperty.option}");
                from("direct:dynamic-swallow")
                        .toD("sendtalk:send?messageType=image&filename=a.jpg&phone=" + PHONE
                                + "&caption=${exchangeProperty.option}&plainHeaders=false&apiKey=RAW(other)");
                from("direct:dynamic-mixed")
                        .toD("sendtalk:send?requestTimeout=10s&messageType=image&filename=a.jpg&phone=" + PHONE
                                + "&caption=RAW(${exchangeProperty.option})");
            }
        };
    }
}
