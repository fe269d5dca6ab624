package io.github.camelsendtalk.example.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.camelsendtalk.client.SendTalkValidationException;
import io.github.camelsendtalk.outbox.KeyTakenException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every source does with a message: it goes into the table under its key, once. */
class EnqueueTest {

    private static final String NUMBER = "0812-3456-7890";
    private static final String TEXT = "Pesanan Anda 482913 siap";
    private static final String ROW = "test|order-1|campaign|6281234567890|" + TEXT;

    private SourceRun run;
    private ProducerTemplate routes;

    @BeforeEach
    void start() throws Exception {
        run = new SourceRun().start(Map.of(), "enqueue");
        routes = run.context().createProducerTemplate();
    }

    @AfterEach
    void stop() {
        run.close();
    }

    private static Map<String, Object> message(Object... more) {
        Map<String, Object> message = new HashMap<>(Map.of("key", "order-1", "phone", NUMBER, "body", TEXT));
        for (int i = 0; i < more.length; i += 2) {
            message.put((String) more[i], more[i + 1]);
        }
        return message;
    }

    private Exchange send(Object message, long since) {
        return routes.send("direct:enqueue", exchange -> {
            exchange.getMessage().setBody(message);
            exchange.getMessage().setHeader(Exchange.MESSAGE_TIMESTAMP, since);
            exchange.setVariable("campaign", "test");
        });
    }

    private Map<?, ?> enqueue(Object message) throws Exception {
        Exchange exchange = send(message, 0);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange.getMessage().getBody(Map.class);
    }

    @Test
    void aMessageIsARowUnderItsKey() throws Exception {
        Map<?, ?> row = enqueue(message("who", "Sari"));

        assertThat(run.rows()).containsExactly(ROW);
        assertThat(row.get("key")).isEqualTo("order-1");
        assertThat(row.get("state")).isEqualTo("QUEUED");
        assertThat(row.get("id"))
                .isEqualTo(Long.valueOf(run.query("SELECT id FROM message").get(0)));
        assertThat(run.query("SELECT campaign || ' ' || who || ' ' || outcome FROM report"))
                .containsExactly("test Sari not begun");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "bytes"})
    void aMessageMayBeJson(String form) throws Exception {
        String json = "{\"key\": 4711, \"phone\": 6281234567890, \"body\": \"Halo 😊\", \"campaign\": \"orders\"}";

        enqueue(form.equals("text") ? json : json.getBytes(StandardCharsets.UTF_8));

        assertThat(run.rows()).containsExactly("orders|4711|campaign|6281234567890|Halo 😊");
    }

    @ParameterizedTest
    @CsvSource({"otp,,code,300", "OTP,campaign,campaign,300", "text,,campaign,", "text,code,code,"})
    void aCodeHasALaneAndATimeOfItsOwn(String type, String lane, String expected, String seconds) throws Exception {
        enqueue(message("messageType", type, "lane", lane));

        assertThat(run.query("SELECT lane FROM message")).containsExactly(expected);
        assertThat(run.query("SELECT EXTRACT(epoch FROM expires_at - created_at)::int FROM message"))
                .containsExactly(seconds);
    }

    @ParameterizedTest
    @CsvSource({"600,600", "PT2H,7200", "P1D,86400"})
    void aMessageMaySayForHowLongItIsOfUse(String expires, String seconds) throws Exception {
        enqueue(message("expires", expires));

        assertThat(run.query("SELECT EXTRACT(epoch FROM expires_at - created_at)::int FROM message"))
                .containsExactly(seconds);
    }

    @ParameterizedTest
    @CsvSource({"-200,100", "-3600,-3300", "3600,300"})
    void theTimeOfACodeBeginsWhenItWasHandedToTheSource(int secondsFromNow, int secondsLeft) {
        send(message("messageType", "otp"), System.currentTimeMillis() + secondsFromNow * 1_000L);

        assertThat(run.query("SELECT EXTRACT(epoch FROM expires_at - created_at)::int FROM message"))
                .singleElement()
                .satisfies(left -> assertThat(Integer.parseInt(left)).isBetween(secondsLeft - 30, secondsLeft + 1));
    }

    @Test
    void theSameMessageAgainChangesNothing() throws Exception {
        Map<?, ?> first = enqueue(message());
        run.update("UPDATE message SET state = 'SENT'");

        Map<?, ?> second = enqueue(message("phone", "+62 812 3456 7890"));

        assertThat(second.get("id")).isEqualTo(first.get("id"));
        assertThat(second.get("state")).isEqualTo("SENT");
        assertThat(run.rows()).containsExactly(ROW);
    }

    @ParameterizedTest
    @CsvSource({
        "body,Pesanan Anda 993311 siap",
        "phone,0812-9999-1234",
        "messageType,otp",
        "filename,menu.jpg",
        "caption,Menu"
    })
    void anotherMessageUnderTheSameKeyChangesNothingAndIsSaid(String field, String value) throws Exception {
        enqueue(message());
        PrintStream usual = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        Exchange second;
        try {
            second = send(message(field, value), 0);
        } finally {
            System.setErr(usual);
        }

        assertThat(second.getException()).isInstanceOf(KeyTakenException.class);
        assertThat(run.rows()).containsExactly(ROW);
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("Another message came under the key of row 1 and is not sent")
                .doesNotContain("812", "993311", "482913", "menu", "Menu");
    }

    @Test
    void aMessageWhoseTextWasForgottenIsTheSameByItsKey() throws Exception {
        enqueue(message());
        run.update("UPDATE message SET phone = NULL, body = NULL, state = 'SENT'");

        assertThat(enqueue(message()).get("state")).isEqualTo("SENT");
    }

    static Stream<Arguments> wrongMessages() {
        return Stream.of(
                arguments(message("key", null), "key", "It has no key"),
                arguments(message("key", " "), "key", "It has no key"),
                arguments(message("key", "a,b"), "key", "no comma"),
                arguments(message("key", "x".repeat(201)), "key", "at most 200"),
                arguments(message("key", "a\nb"), "key", "can be seen"),
                arguments(message("key", "a\n"), "key", "can be seen"),
                arguments(message("campaign", "a\tb"), "campaign", "can be seen"),
                arguments(message("phone", null), "phone", "missing"),
                arguments(message("phone", "0812-34"), "phone", "too short"),
                arguments(message("phone", 6.28E12), "phone", "has decimals or an exponent"),
                arguments(message("messageType", "sms"), "messageType", "use otp, text or image"),
                arguments(message("messageType", "image"), "body", "URL"),
                arguments(message("body", null), "body", "missing"),
                arguments(
                        message("body", List.of(TEXT)),
                        null,
                        "not a JSON object that has each of its fields once, with a text"),
                arguments(message("body", TEXT + "\0"), "body", "zero character"),
                arguments(message("body", TEXT + "\uD83D"), "body", "lone surrogate"),
                arguments(message("lane", "fast"), "lane", "use code or campaign"),
                arguments(message("expires", "-1"), "expires", "such as 600"),
                arguments(message("since", "yesterday"), "since", "epoch milliseconds"),
                arguments(message("expires", "tomorrow"), "expires", "such as 600"),
                arguments(message("expires", "P4000D"), "expires", "such as PT10M"),
                arguments(message("expires", "P1D\n"), "expires", "such as PT10M"),
                arguments(message("message", TEXT), null, "a field 'message' that is unknown: use key, phone"),
                arguments(message(TEXT, "x"), null, "a field that is unknown"),
                arguments("[" + TEXT + "]", null, "not a JSON object"),
                arguments(
                        "{\"key\": \"a\", \"body\": \"" + TEXT + "\", \"key\": \"b\"}",
                        null,
                        "each of its fields once"),
                arguments("{\"body\": \"" + TEXT + "\"", null, "not a JSON object"),
                arguments("null", null, "not a JSON object"),
                arguments(null, null, "not a JSON object"));
    }

    @ParameterizedTest
    @MethodSource("wrongMessages")
    void whatCanNeverBeSentIsRefusedWithASentence(Object message, String field, String sentence) {
        Exception refusal = send(message, 0).getException();

        assertThat(refusal)
                .isInstanceOf(SendTalkValidationException.class)
                .hasMessageContaining(sentence)
                .hasMessageEndingWith(".")
                .extracting(e -> ((SendTalkValidationException) e).getField())
                .isEqualTo(field);
        assertThat(refusal.getMessage()).doesNotContain("812", "482913", "Pesanan");
        assertThat(run.rows()).isEmpty();
    }

    @Test
    void aHeaderCannotPutAnotherStatementInThePlaceOfOurs() {
        routes.sendBodyAndHeaders(
                "direct:enqueue",
                message("campaign", "test"),
                Map.of("CamelSqlQuery", "DROP TABLE message", "phone", "0812-9999-1234"));

        assertThat(run.rows()).containsExactly(ROW);
    }
}
