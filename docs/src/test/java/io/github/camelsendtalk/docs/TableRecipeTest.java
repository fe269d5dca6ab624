package io.github.camelsendtalk.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The recipe for a table, on PostgreSQL: begun is committed before the send, and the rows in doubt are those that were on their way. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class TableRecipeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RECIPE = "classpath:examples/reminders/reminders.yaml";

    @RegisterExtension
    final SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    private Database database;
    private Map<String, String> settings;

    @BeforeEach
    void makeTheTable() throws Exception {
        database = new Database();
        try (InputStream table = getClass().getResourceAsStream("/examples/reminders/table.sql")) {
            database.execute(new String(table.readAllBytes(), StandardCharsets.UTF_8));
        }
        settings = Map.of(
                "files",
                "classpath:examples/reminders/reminders.properties",
                "camel.component.sendtalk.api-key",
                "key-of-the-reminders",
                "camel.component.sendtalk.base-url",
                sandbox.baseUrl(),
                "camel.beans.database.url",
                database.url());
    }

    @Test
    @DisplayName("R30: each row says what became of it")
    void eachOutcomeHasItsState() throws Exception {
        put(List.of(
                "0812-3456-7890", // taken
                "6281200000011", // 429 twice, then taken
                "6281200000043", // taken, and the connection is reset
                "6281200000042", // not taken, and the connection is reset
                "6281200000001", // refused
                "6281200000004", // the key is refused
                "12")); // not a number
        Main main = RecipeMain.of(RECIPE, settings);
        main.start();
        try {
            await().atMost(PATIENCE).until(() -> {
                database.execute("UPDATE reminders SET due = now() WHERE phone = '6281200000011' AND state = 'QUEUED'");
                return states().equals(List.of("SENT", "SENT", "UNKNOWN", "UNKNOWN", "REFUSED", "QUEUED", "REFUSED"));
            });
        } finally {
            main.stop();
        }

        assertThat(numbersOfTheMessages()).containsExactlyInAnyOrder("6281234567890", "6281200000011", "6281200000043");
        assertThat(database.query("SELECT message_id FROM reminders WHERE state = 'SENT'"))
                .containsExactlyInAnyOrder(idOf("6281234567890"), idOf("6281200000011"));
        assertThat(database.query("SELECT reason FROM reminders WHERE state <> 'SENT'"))
                .hasSize(5)
                .doesNotContainNull();
        assertThat(database.query("SELECT due > now() + interval '30 seconds' FROM reminders WHERE state = 'QUEUED'"))
                .containsExactly("t");
    }

    @Test
    @DisplayName("R30: a process that is killed in the middle, four times, sends nothing twice and loses nothing")
    void nothingIsSentTwiceByAProcessThatIsKilled() throws Exception {
        // these are taken and never answered, until the process is killed
        List<String> slow = List.of("6281200000041", "6281210000041", "6281220000041", "6281230000041");
        List<String> numbers = IntStream.range(0, 90)
                .mapToObj(i -> i % 20 == 10 ? slow.get(i / 20 % 4) : "62812345678" + (10 + i))
                .distinct()
                .toList();
        put(numbers);

        for (String number : slow) {
            Process killed = RecipeMain.start(RECIPE, settings);
            try {
                await().atMost(PATIENCE).until(() -> numbersOfTheMessages().contains(number));
            } finally {
                killed.destroyForcibly().waitFor();
            }
        }
        Main main = RecipeMain.of(RECIPE, settings);
        main.start();
        try {
            await().atMost(PATIENCE).until(() -> !states().contains("QUEUED"));
        } finally {
            main.stop(); // and what is on its way ends
        }

        assertThat(numbersOfTheMessages()).doesNotHaveDuplicates();
        List<String> onTheirWay = database.query("SELECT phone FROM reminders WHERE state = 'SENDING'");
        List<String> sent = database.query("SELECT phone FROM reminders WHERE state = 'SENT'");
        assertThat(onTheirWay).containsAll(slow).hasSizeLessThanOrEqualTo(80);
        assertThat(onTheirWay.size() + sent.size()).isEqualTo(numbers.size());
        assertThat(sent).hasSizeGreaterThanOrEqualTo(numbers.size() - 80);
        assertThat(numbersOfTheMessages())
                .doesNotHaveDuplicates()
                .containsAll(sent)
                .containsAll(slow);
    }

    private void put(List<String> numbers) throws Exception {
        for (String number : numbers) {
            database.execute("INSERT INTO reminders (phone, text) VALUES ('%s', 'Reminder')".formatted(number));
        }
    }

    private List<String> states() throws Exception {
        return database.query("SELECT state FROM reminders ORDER BY id");
    }

    private List<String> numbersOfTheMessages() {
        return sandbox.messages().stream().map(SandboxMessage::phone).toList();
    }

    private String idOf(String number) {
        return sandbox.messagesTo(number).get(0).id();
    }
}
