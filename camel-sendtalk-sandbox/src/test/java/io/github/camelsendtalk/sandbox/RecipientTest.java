package io.github.camelsendtalk.sandbox;

import static io.github.camelsendtalk.sandbox.SandboxClient.compact;
import static io.github.camelsendtalk.sandbox.SandboxClient.idIn;
import static io.github.camelsendtalk.sandbox.SandboxClient.text;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a message by the last digits of its recipient's number. */
class RecipientTest {

    private static final String COUNTRY = "6281100";
    private static final String SILENCE = "silence";
    private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(1);

    /** The ending, the answer (ID for the message's id, NONE for an error without a code), and whether the message is kept. */
    private static final String TABLE = """
            0001 | 200 {"status":200,"error":NONE,"data":{"success":false,"message":"The recipient is invalid","reason":"invalid_recipient","id":""}}       | false
            0002 | 200 {"status":200,"error":NONE,"data":{"success":false,"message":"The balance is insufficient","reason":"insufficient_balance","id":""}} | false
            0003 | 200 {"status":200,"error":NONE,"data":{"success":false,"message":"The message is blocked","reason":"blocked","id":""}}                   | false
            0004 | 200 {"status":400,"error":{"code":"49103","message":"API-Key is not found","field":""},"data":[]}                                        | false
            0005 | 200 {"status":400,"error":{"code":"40002","message":"Phone is invalid","field":"phone"},"data":[]}                                       | false
            0010 | 429 <html><body><h1>429 Too Many Requests</h1></body></html> Retry-After: 1                                                              | false
            0011 | 429 <html><body><h1>429 Too Many Requests</h1></body></html> Retry-After: 1                                                              | false
            0012 | 500 <html><body><h1>500 Internal Server Error</h1></body></html>                                                                         | false
            0013 | 503 <html><body><h1>503 Service Unavailable</h1></body></html>                                                                           | false
            0020 | 200 <html><body><h1>OK</h1></body></html>                                                                                                | true
            0021 | 200 {"status":200,"error":NONE,"data":{"success":tr                                                                                      | true
            0022 | 200 {"status":200,"error":NONE,"data":{"success":true,"message":"The message has been added to queue","reason":"","id":""}}              | true
            0030 | 200 {"status":200,"error":NONE,"data":{"success":true,"message":"The message has been added to queue","reason":"","id":"ID"}}            | true
            0031 | 200 {"status":200,"error":NONE,"data":{"success":true,"message":"The message has been added to queue","reason":"","id":"ID"}}            | true
            0032 | 200 {"status":200,"error":NONE,"data":{"success":true,"message":"The message has been added to queue","reason":"","id":"ID"}}            | true
            0033 | 200 {"status":200,"error":NONE,"data":{"success":true,"message":"The message has been added to queue","reason":"","id":"ID"}}            | true
            0040 | after 3 s: 200 {"status":200,"error":NONE,"data":{"success":true,"message":"The message has been added to queue","reason":"","id":"ID"}}            | true
            0041 | silence                                                                                                                                  | true
            0042 | reset                                                                                                                                    | false
            0043 | reset                                                                                                                                    | true
            0044 | 200 {"status":200,"error":NONE,"data":{"success":true,"message":"The message has been added to queue","reason":"","id":"ID"}} Connection: close | true
            """;

    @RegisterExtension
    static final SendTalkSandbox SANDBOX =
            new SendTalkSandboxExtension(SendTalkSandbox.builder().frozenAt(Instant.EPOCH));

    private SandboxClient client;

    @BeforeEach
    void connect() {
        client = new SandboxClient(SANDBOX.baseUrl());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = TABLE)
    void theSameNumberGetsTheSameAnswerEveryTime(String ending, String answer, boolean kept) throws Exception {
        String phone = COUNTRY + ending;
        String expected = answer.replace("NONE", "{\"code\":\"\",\"message\":\"\",\"field\":\"\"}");
        Duration patience = answer.equals(SILENCE) ? SILENCE_TIMEOUT : Duration.ofSeconds(20);

        long start = System.nanoTime();
        CompletableFuture<HttpResponse<String>> first = client.sendText(phone, "first");
        CompletableFuture<HttpResponse<String>> second = client.sendText(phone, "second");

        String outcome = outcomeOf(first, patience);
        Duration time = Duration.ofNanos(System.nanoTime() - start);

        assertThat(outcome).isEqualTo(expected.replace("after 3 s: ", ""));
        if (expected.startsWith("after 3 s: ")) {
            assertThat(time).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        }
        assertThat(outcomeOf(second, patience)).isEqualTo(outcome);
        assertThat(SANDBOX.messages())
                .extracting(SandboxMessage::body)
                .containsExactlyInAnyOrderElementsOf(kept ? List.of("first", "second") : List.of());
    }

    @Test
    void theListOfRecipientsIsThatOfTheTable() {
        Map<String, Boolean> table = TABLE.lines()
                .map(row -> row.split(" *\\| "))
                .collect(toMap(cells -> cells[0], cells -> Boolean.valueOf(cells[2])));
        table.put("0011", true); // After two failures.

        Map<String, Boolean> listed = StreamSupport.stream(
                        client.ask("/_sandbox/recipients").get("recipients").spliterator(), false)
                .collect(toMap(
                        each -> each.get("ending").asText(),
                        each -> each.get("accepted").asBoolean()));

        assertThat(listed).isEqualTo(table);
    }

    @Test
    void aRecipientIsListedWithWhatBecomesOfItsMessages() {
        assertThat(client.ask("/_sandbox/recipients").at("/recipients/0")).hasToString(compact("""
                {
                  "ending": "0001",
                  "answer": "refused: invalid_recipient; a check says that it is not on WhatsApp",
                  "accepted": false,
                  "exception": "SendTalkInvalidRecipientException"
                }
                """));
    }

    @Test
    void aMessageIsKeptBeforeItIsAnswered() {
        CompletableFuture<HttpResponse<String>> answer = client.sendText(COUNTRY + "0040", "Hi");

        assertThat(SANDBOX.await(1, Duration.ofSeconds(20))).hasSize(1);
        assertThat(answer).isNotDone();
    }

    @Test
    void twoFailuresAndASuccessTakeTurnsForEachNumber() {
        List<Integer> turns = List.of(429, 429, 200, 429, 429, 200);

        assertThat(Stream.generate(() -> statusOf("62811110011")).limit(6)).isEqualTo(turns);
        assertThat(Stream.generate(() -> List.of(statusOf("62811120011"), statusOf("62811130011")))
                        .limit(6))
                .isEqualTo(turns.stream().map(turn -> List.of(turn, turn)).toList());
        assertThat(SANDBOX.messages()).hasSize(6);
    }

    @Test
    void messagesThatAreSentAtTheSameTimeShareTheTurns() {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 30)
                .mapToObj(i -> client.sendText("62811110011", "Hi"))
                .toList();

        assertThat(answers.stream().map(answer -> answer.join().statusCode()))
                .filteredOn(status -> status == 200)
                .hasSize(10);
    }

    @Test
    void aRequestThatIsWrongInItselfTakesNoTurn() {
        client.send("{\"phone\": \"62811110011\"}");

        assertThat(Stream.generate(() -> statusOf("62811110011")).limit(3)).containsExactly(429, 429, 200);
    }

    @Test
    void aResetBringsTheFailuresBack() {
        assertThat(statusOf(COUNTRY + "0011")).isEqualTo(429);
        assertThat(statusOf(COUNTRY + "0011")).isEqualTo(429);

        SANDBOX.reset();

        assertThat(statusOf(COUNTRY + "0011")).isEqualTo(429);
    }

    @Test
    void theSilentRecipientDoesNotHoldUpTheEndOfTheSandbox() {
        SendTalkSandbox sandbox = SendTalkSandbox.start();
        CompletableFuture<HttpResponse<String>> answer =
                new SandboxClient(sandbox.baseUrl()).sendText(COUNTRY + "0041", "Hi");
        sandbox.await(1, Duration.ofSeconds(20));

        assertTimeoutPreemptively(Duration.ofSeconds(10), sandbox::close);

        assertThat(answer).failsWithin(Duration.ofSeconds(10));
    }

    @Test
    void aMessageThatIsNeverSentStaysPending() {
        assertThat(statusAfterAYearOf("0030")).contains("\"status\":\"pending\"", "\"isPending\":true");
    }

    @Test
    void aMessageIsAcknowledgedInsteadOfSentAndRead() {
        String id = idIn(client.send(text(COUNTRY + "0031", "Hi")));
        assertThat(client.statusOf(id)).contains("\"status\":\"pending\"");

        SANDBOX.step(Duration.ofSeconds(1));
        String acknowledged = client.statusOf(id);
        SANDBOX.step(Duration.ofDays(365));

        assertThat(acknowledged)
                .contains("\"status\":\"acknowledged\"", "\"isPending\":false", "\"isSent\":true", "\"sentTime\":1000");
        assertThat(client.statusOf(id)).isEqualTo(acknowledged);
    }

    @Test
    void aMessageThatIsForgottenIsNotFound() {
        assertThat(statusAfterAYearOf("0032")).isEqualTo(compact("""
                {
                  "status": 400,
                  "error": {"code": "40401", "message": "Message is not found", "field": ""},
                  "data": []
                }
                """));
    }

    @Test
    void aMessageFailsWhenItWouldBeSentAndIsNeverDelivered() {
        String id = idIn(client.send(text(COUNTRY + "0033", "Hi")));
        SANDBOX.step(Duration.ofMillis(999));
        assertThat(client.statusOf(id)).contains("\"status\":\"pending\"");

        SANDBOX.step(Duration.ofMillis(1));
        String failed = client.statusOf(id);
        SANDBOX.step(Duration.ofDays(365));

        assertThat(failed).isEqualTo(compact("""
                {
                  "status": 200,
                  "error": {"code": "", "message": "", "field": ""},
                  "data": {
                    "status": "failed",
                    "isPending": false,
                    "isSent": false,
                    "sentTime": null,
                    "currency": "IDR",
                    "price": 0,
                    "createdTime": 0
                  }
                }
                """));
        assertThat(client.statusOf(id)).isEqualTo(failed);
    }

    private String statusAfterAYearOf(String ending) {
        String id = idIn(client.send(text(COUNTRY + ending, "Hi")));
        SANDBOX.step(Duration.ofDays(365));
        return client.statusOf(id);
    }

    private int statusOf(String phone) {
        return client.sendText(phone, "Hi").join().statusCode();
    }

    private static String outcomeOf(CompletableFuture<HttpResponse<String>> answer, Duration patience)
            throws InterruptedException {
        try {
            return described(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return SILENCE;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(IOException.class);
            return "reset";
        }
    }

    private static String described(HttpResponse<String> answer) {
        boolean isWhole = answer.body().strip().endsWith("}");
        String body = isWhole ? compact(answer.body()) : answer.body();
        String id = isWhole ? idIn(body) : "";
        return answer.statusCode()
                + " "
                + (id.isEmpty() ? body : body.replace(id, "ID"))
                + header("Retry-After", answer)
                + header("Connection", answer);
    }

    private static String header(String name, HttpResponse<String> answer) {
        return answer.headers()
                .firstValue(name)
                .map(value -> " " + name + ": " + value)
                .orElse("");
    }
}
