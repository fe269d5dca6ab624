package io.github.camelsendtalk.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The recipe for JMS on a real broker: what surely did not leave goes back, what is doubtful waits for a person, nothing is sent twice. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class JmsRecipeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RECIPE = "classpath:examples/jms.yaml";

    @RegisterExtension
    final SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    @TempDir
    Path folder;

    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private Map<String, String> settings;
    private ConnectionFactory connections;

    /** What was parked: the text, and the headers that say why. */
    private record Parked(String body, boolean mayHaveBeenSent, String reason) {}

    @BeforeEach
    void startBroker() throws Exception {
        String url = "tcp://127.0.0.1:" + freePort();
        broker.setConfiguration(new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .addAcceptorConfiguration("tcp", url)
                .addAddressSetting("#", new AddressSettings().setRedeliveryDelay(200)));
        broker.start();
        connections = new ActiveMQJMSConnectionFactory(url);
        settings = Map.of(
                "files",
                "classpath:examples/jms.properties,classpath:examples/begun.properties",
                "camel.component.sendtalk.api-key",
                "key-of-the-reminders",
                "camel.component.sendtalk.base-url",
                sandbox.baseUrl(),
                "camel.beans.broker.brokerURL",
                url,
                "camel.beans.database.url",
                new Database().url());
    }

    @AfterEach
    void stopBroker() throws Exception {
        broker.stop();
    }

    @Test
    @DisplayName("R27: JMS: what surely did not leave goes back to the broker, the rest to a person")
    void eachOutcomeHasItsPlace() throws Exception {
        List<String> numbers = List.of(
                "6281234567890", // taken
                "6281200000011", // 429 twice, then taken
                "6281200000043", // taken, and the connection is reset
                "6281200000042", // not taken, and the connection is reset
                "6281200000001"); // refused
        put(numbers);
        putText("no JSON");
        Main main = RecipeMain.of(RECIPE, settings);
        main.start();
        try {
            awaitTheEnd();
        } finally {
            main.stop();
        }

        assertThat(numbersOfTheMessages()).containsExactlyInAnyOrder(numbers.get(0), numbers.get(1), numbers.get(2));
        String begun = "It was begun before, and its end is not known";
        assertThat(parked())
                .extracting(
                        Parked::body,
                        Parked::mayHaveBeenSent,
                        message -> message.reason().equals(begun))
                .containsExactlyInAnyOrder(
                        tuple(json(numbers.get(2), 2), true, false),
                        tuple(json(numbers.get(3), 3), true, false),
                        tuple(json(numbers.get(4), 4), false, false),
                        tuple("no JSON", true, true));
    }

    @Test
    @DisplayName("R27: JMS: a process that is killed in the middle, twice, sends nothing twice and loses nothing")
    void nothingIsSentTwiceByAProcessThatIsKilled() throws Exception {
        List<String> numbers = new ArrayList<>(
                IntStream.range(0, 40).mapToObj(i -> "62812345678" + (10 + i)).toList());
        // these are taken and never answered, until the process is killed
        numbers.set(10, "6281200000041");
        numbers.set(30, "6281210000041");
        put(numbers);

        for (String slow : List.of(numbers.get(10), numbers.get(30))) {
            Process killed = RecipeMain.start(RECIPE, settings);
            try {
                await().atMost(PATIENCE).until(() -> numbersOfTheMessages().contains(slow));
            } finally {
                killed.destroyForcibly().waitFor();
            }
        }
        Main main = RecipeMain.of(RECIPE, settings);
        main.start();
        try {
            awaitTheEnd();
        } finally {
            main.stop();
        }

        List<String> sent = numbersOfTheMessages();
        List<Parked> parked = parked();
        assertThat(sent).doesNotHaveDuplicates().contains(numbers.get(10), numbers.get(30));
        assertThat(parked)
                .allMatch(Parked::mayHaveBeenSent)
                .extracting(Parked::body)
                .doesNotHaveDuplicates()
                .contains(json(numbers.get(10), 10), json(numbers.get(30), 30))
                .hasSizeLessThanOrEqualTo(20);
        for (int i = 0; i < numbers.size(); i++) {
            String body = json(numbers.get(i), i);
            assertThat(sent.contains(numbers.get(i))
                            || parked.stream()
                                    .anyMatch(message -> message.body().equals(body)))
                    .as("sent or parked: %s", body)
                    .isTrue();
        }
    }

    @Test
    @DisplayName("R27: JMS: a context that is stopped in the middle leaves nothing in doubt")
    void nothingIsInDoubtAfterAStop() throws Exception {
        List<String> numbers = List.of("6281200000040", "6281234567810", "6281210000040", "6281234567811");
        put(numbers);

        Main stopped = RecipeMain.of(RECIPE, settings);
        stopped.start();
        sandbox.await(1, PATIENCE);
        stopped.stop();
        Main main = RecipeMain.of(RECIPE, settings);
        main.start();
        try {
            awaitTheEnd();
        } finally {
            main.stop();
        }

        assertThat(numbersOfTheMessages()).containsExactlyInAnyOrderElementsOf(numbers);
        assertThat(parked()).isEmpty();
    }

    @Test
    @DisplayName("R10: a header of the component does not pass a broker, and what the body says does")
    void theBodySaysWhoReceivesBehindABroker() throws Exception {
        Map<String, String> withDefault = new HashMap<>(settings);
        withDefault.put("camel.component.sendtalk.phone", "6281299999999");
        Main main = RecipeMain.of(RECIPE, withDefault);
        main.start();
        try {
            ProducerTemplate producer = main.getCamelTemplate();
            producer.sendBodyAndHeader("jms:queue:hop", "Halo", "CamelSendTalkPhone", "6281234567890");
            Exchange behind =
                    main.getCamelContext().createConsumerTemplate().receive("jms:queue:hop", PATIENCE.toMillis());
            assertThat(behind.getMessage().getHeaders()).doesNotContainKey("CamelSendTalkPhone");

            putText(json("6281234567890", 0));
            awaitTheEnd();
        } finally {
            main.stop();
        }

        assertThat(numbersOfTheMessages()).containsExactly("6281234567890");
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String json(String number, int i) {
        return "{\"phone\": \"%s\", \"body\": \"Reminder %d\"}".formatted(number, i);
    }

    private void put(List<String> numbers) {
        for (int i = 0; i < numbers.size(); i++) {
            putText(json(numbers.get(i), i));
        }
    }

    private void putText(String text) {
        try (JMSContext context = connections.createContext()) {
            context.createProducer().send(context.createQueue("reminders"), text);
        }
    }

    private void awaitTheEnd() {
        await().atMost(PATIENCE).until(() -> messagesIn("reminders") == 0);
    }

    private long messagesIn(String name) {
        Queue queue = broker.getActiveMQServer().locateQueue(name);
        return queue == null ? 0 : queue.getMessageCount();
    }

    private List<Parked> parked() throws JMSException {
        List<Parked> parked = new ArrayList<>();
        try (JMSContext context = connections.createContext();
                JMSConsumer consumer = context.createConsumer(context.createQueue("reminders.parked"))) {
            for (long i = messagesIn("reminders.parked"); i > 0; i--) {
                Message message = consumer.receive(PATIENCE.toMillis());
                parked.add(new Parked(
                        message.getBody(String.class),
                        message.getBooleanProperty("mayHaveBeenSent"),
                        message.getStringProperty("reason")));
            }
        }
        return parked;
    }

    private List<String> numbersOfTheMessages() {
        return sandbox.messages().stream().map(SandboxMessage::phone).toList();
    }
}
