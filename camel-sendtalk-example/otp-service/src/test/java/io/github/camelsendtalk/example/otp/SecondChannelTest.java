package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same code by SMS, once, and only where it surely has not come by WhatsApp. */
class SecondChannelTest {

    private static RunningService service;
    private static int asked;

    private final Map<UUID, String> numbers = new HashMap<>();

    @BeforeAll
    static void start() {
        service = RunningService.start("otp.second-channel-after=3s");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void openTheGates() {
        service.jdbc().update("DELETE FROM gate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001", "0005"})
    void whatSendTalkRefusesGoesBySmsWithTheSameCode(String ending) {
        String phone = "62812200" + ending;
        UUID id = service.ask(phone).id();

        String code = RunningService.codeIn(onlySmsTo(phone));

        assertThat(service.show(id).text("channel")).isEqualTo("sms");
        assertThat(service.check(id, code).text("result")).isEqualTo("right");
    }

    @Test
    void whatTheStatusSaysIsNotDeliveredGoesBySmsWithTheSameCode() {
        String phone = "628122010033";
        UUID id = service.ask(phone).id();
        String code = service.codeSentTo(phone);

        assertThat(RunningService.codeIn(onlySmsTo(phone))).isEqualTo(code);
        assertThat(service.check(id, code).text("result")).isEqualTo("right");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0002", "0010"})
    void whatIsNotTakenInTimeIsTakenBackAndGoesBySms(String ending) {
        String phone = "62812202" + ending;
        UUID id = service.ask(phone).id();

        String code = RunningService.codeIn(onlySmsTo(phone));

        assertThat(service.messageOf(id, "state")).isEqualTo("EXPIRED");
        assertThat(service.sandbox().messagesTo(phone)).isEmpty();
        assertThat(service.check(id, code).text("result")).isEqualTo("right");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0012", "0021", "0043"})
    void whatIsUnknownGoesBySmsOnlyWhenThePersonAsksAgain(String ending) {
        String phone = "62812203" + ending;
        UUID first = service.ask(phone).id();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> service.show(first).text("delivery").equals("unknown"));
        service.age(first, "62 s");
        // it has been looked at again since
        awaitALookAt(first);
        assertThat(smsTo(phone)).isEmpty();

        UUID second = service.ask(phone).id();

        String code = RunningService.codeIn(onlySmsTo(phone));
        assertThat(second).isNotEqualTo(first);
        assertThat(service.show(second).text("channel")).isEqualTo("sms");
        assertThat(service.check(second, code).text("result")).isEqualTo("right");
        assertThat(service.jdbc()
                        .queryForList("SELECT 1 FROM message WHERE account = 'sandbox' AND key = ?", second.toString()))
                .as("a message by WhatsApp, too")
                .isEmpty();
    }

    @Test
    void whatHasComeByWhatsAppGoesByWhatsAppWhenThePersonAsksAgain() {
        String phone = "6281220400101";
        UUID first = service.ask(phone).id();
        await().until(() -> service.show(first).text("delivery").equals("delivered"));
        service.age(first, "61 s");

        UUID second = service.ask(phone).id();

        await().until(() -> service.show(second).text("delivery").equals("delivered"));
        assertThat(service.show(second).text("channel")).isEqualTo("whatsapp");
        assertThat(smsTo(phone)).isEmpty();
    }

    @Test
    void aCodeThatIsOverGoesNoFurther() {
        String phone = "628122050033";
        UUID used = service.ask(phone).id();
        assertThat(service.check(used, service.codeSentTo(phone)).text("result"))
                .isEqualTo("right");

        String other = "628122060033";
        UUID expired = service.ask(other).id();
        service.codeSentTo(other);
        service.age(expired, "10 min");

        await().atMost(Duration.ofSeconds(20)).until(() -> watched(used) == 0 && watched(expired) == 0);
        await().until(() -> List.of("failed")
                .containsAll(List.of(
                        service.show(used).text("delivery"),
                        service.show(expired).text("delivery"))));
        assertThat(smsTo(phone)).isEmpty();
        assertThat(smsTo(other)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state = 'SENDING', worker = 'another', claimed_at = now()",
                "state = 'UNKNOWN'",
                "state = 'PARKED'",
                "state = 'SENT', message_id = 'm', is_pending = true, is_sent = false",
                "state = 'SENT', message_id = 'm', is_pending = NULL, is_sent = NULL",
            })
    void nothingElseGoesBySmsHoweverLongItTakes(String columns) {
        UUID id = askInVain();
        service.jdbc().update("UPDATE message SET " + columns + " WHERE key = ?", id.toString());
        service.age(id, "1 min");

        awaitALookAt(id);

        assertThat(service.show(id).text("channel")).isEqualTo("whatsapp");
        assertThat(service.jdbc().queryForList("SELECT 1 FROM message WHERE key = ?", id.toString()))
                .hasSize(1);
    }

    @Test
    void whatIsYoungIsNotTakenBack() {
        UUID id = askInVain();
        service.jdbc()
                .update("UPDATE code SET created_at = created_at + interval '1 h', watch_at = now() WHERE id = ?", id);

        awaitALookAt(id);

        assertThat(stateOf(id)).isEqualTo("QUEUED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "sandbox-sms"})
    void whatANewerCodeReplacesIsNotSentAnyMore(String account) {
        UUID id = askInVain();
        service.jdbc().update("UPDATE message SET account = ?, lane = 'none' WHERE key = ?", account, id.toString());
        service.age(id, "61 s");

        service.ask(numberOf(id));

        assertThat(stateOf(id)).isEqualTo("EXPIRED");
        assertThat(watched(id)).isZero();
    }

    @Test
    void whatIsUnderWayWhenItIsReplacedIsNotTriedAgain() {
        UUID id = askInVain();
        service.jdbc()
                .update(
                        "UPDATE message SET state = 'SENDING', worker = 'another', claimed_at = now() WHERE key = ?",
                        id.toString());
        service.age(id, "61 s");
        service.ask(numberOf(id));

        // as if SendTalk had asked to wait
        service.jdbc().update("UPDATE message SET state = 'QUEUED', not_before = now() WHERE key = ?", id.toString());
        openTheGates();

        await().until(() -> stateOf(id).equals("EXPIRED"));
        assertThat(service.sandbox().messagesTo(numberOf(id))).isEmpty();
    }

    @Test
    void aCodeThatIsBlockedBeforeItWasSentIsNotSent() {
        UUID id = askInVain();
        String wrong = RunningService.notThe(service.bean(Secret.class).code(id));
        for (int guess = 0; guess < 5; guess++) {
            service.check(id, wrong);
        }
        assertThat(service.show(id).text("state")).isEqualTo("blocked");

        openTheGates();

        await().until(() -> stateOf(id).equals("EXPIRED"));
        assertThat(service.sandbox().messagesTo(numberOf(id))).isEmpty();
    }

    @Test
    void aMessageIsOfNoUseLongerThanItsCode() {
        UUID id = askInVain();

        assertThat(service.messageOf(id, "expires_at"))
                .isEqualTo(service.jdbc()
                        .queryForMap("SELECT expires_at FROM code WHERE id = ?", id)
                        .get("expires_at"));
    }

    @Test
    void afterACodeThatExpiredTheNextGoesByWhatsAppAgain() {
        UUID id = askInVain();
        service.age(id, "6 min");

        assertThat(service.show(service.ask(numberOf(id)).id()).text("channel")).isEqualTo("whatsapp");
    }

    @Test
    void afterItsTimeACodeIsForgottenWithTheMessagesOfBothChannels() {
        String phone = "628122080005";
        UUID old = service.ask(phone).id();
        onlySmsTo(phone);
        UUID young = service.ask("628122081000").id();
        service.age(old, "30 days 1 minute");
        service.age(young, "29 days");
        assertThat(rowsOf(old)).isEqualTo(3);

        service.bean(ProducerTemplate.class).sendBody("sql:classpath:sql/tidy.sql", null);

        assertThat(rowsOf(old)).isZero();
        assertThat(rowsOf(young)).isEqualTo(2);
    }

    private static int rowsOf(UUID id) {
        return service.jdbc().queryForObject("""
                SELECT (SELECT count(*) FROM code WHERE id = ?) + (SELECT count(*) FROM message WHERE key = ?)""", Integer.class, id, id.toString());
    }

    /** With a gate closed, so that nothing is claimed. */
    private UUID askInVain() {
        service.jdbc().update("""
                INSERT INTO gate (account, lane, until, exception, reason)
                VALUES ('sandbox', '*', now() + interval '1 h', 'SendTalkTransportException', 'by the test')""");
        String phone = "62812209%04d".formatted(100 + ++asked);
        UUID id = service.ask(phone).id();
        numbers.put(id, phone);
        return id;
    }

    private String numberOf(UUID id) {
        return numbers.get(id);
    }

    private static String stateOf(UUID id) {
        return service.jdbc().queryForObject("SELECT state FROM message WHERE key = ?", String.class, id.toString());
    }

    /** Exactly one, also after it was looked for again. */
    private static String onlySmsTo(String phone) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !smsTo(phone).isEmpty());
        assertThat(smsTo(phone)).hasSize(1);
        return (String) smsTo(phone).get(0).get("body");
    }

    private static List<Map<String, Object>> smsTo(String phone) {
        return service.sms().stream()
                .filter(sms -> phone.equals(sms.get("phone")))
                .toList();
    }

    private static int watched(UUID id) {
        return service.jdbc()
                .queryForObject("SELECT count(*) FROM code WHERE id = ? AND watch_at IS NOT NULL", Integer.class, id);
    }

    private static void awaitALookAt(UUID id) {
        String at = "SELECT watch_at FROM code WHERE id = ?";
        Object before = service.jdbc().queryForObject(at, Object.class, id);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !before.equals(service.jdbc().queryForObject(at, Object.class, id)));
    }
}
