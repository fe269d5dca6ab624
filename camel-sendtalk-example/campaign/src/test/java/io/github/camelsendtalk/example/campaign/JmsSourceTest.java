package io.github.camelsendtalk.example.campaign;

import static io.github.camelsendtalk.example.campaign.SourceRun.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The source {@code jms} on a real broker. */
@Timeout(300)
class JmsSourceTest {

    @TempDir
    Path folder;

    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private ConnectionFactory connections;
    private SourceRun run;
    private Map<String, String> settings;

    @BeforeEach
    void start() throws Exception {
        String url = "tcp://127.0.0.1:" + freePort();
        broker.setConfiguration(new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .addAcceptorConfiguration("tcp", url));
        broker.start();
        connections = new ActiveMQJMSConnectionFactory(url);
        settings = Map.of("jms.url", url);
        run = new SourceRun().start(settings, "enqueue", "sources/jms");
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() throws Exception {
        run.close();
        broker.stop();
    }

    private static String json(String key, String phone, String text) {
        return "{\"key\": \"%s\", \"phone\": \"%s\", \"body\": \"%s\", \"messageType\": \"otp\"}"
                .formatted(key, phone, text);
    }

    private void put(String text, Consumer<JMSProducer> with) {
        try (JMSContext context = connections.createContext()) {
            JMSProducer producer = context.createProducer();
            with.accept(producer);
            producer.send(context.createQueue("messages"), text);
        }
    }

    private void put(String text) {
        put(text, producer -> {});
    }

    private long messagesIn(String name) {
        Queue queue = broker.getActiveMQServer().locateQueue(name);
        return queue == null ? 0 : queue.getMessageCount();
    }

    private void awaitAllTaken() {
        await().atMost(PATIENCE).until(() -> messagesIn("messages") == 0);
    }

    private Message deadLetter() {
        try (JMSContext context = connections.createContext();
                JMSConsumer consumer = context.createConsumer(context.createQueue("messages.dead"))) {
            return consumer.receive(PATIENCE.toMillis());
        }
    }

    @Test
    void aMessageIsARowWithTheLaneOfItsKind() {
        put(json("otp-1", "0812-3456-7890", "Kode 482913"));

        run.awaitRows("jms|otp-1|code|6281234567890|Kode 482913");
        awaitAllTaken();
    }

    @Test
    void aMessageMayBeMadeOfBytes() throws Exception {
        try (JMSContext context = connections.createContext()) {
            BytesMessage message = context.createBytesMessage();
            message.writeBytes(json("otp-1", "0812-3456-7890", "Kode 482913").getBytes(StandardCharsets.UTF_8));
            context.createProducer().send(context.createQueue("messages"), message);
        }

        run.awaitRows("jms|otp-1|code|6281234567890|Kode 482913");
    }

    @Test
    void aCodeGrowsOldFromTheTimeOfItsMessage() throws JMSException {
        long sent;
        try (JMSContext context = connections.createContext()) {
            Message message = context.createTextMessage(json("otp-1", "0812-3456-7890", "Kode 482913"));
            context.createProducer().send(context.createQueue("messages"), message);
            sent = message.getJMSTimestamp();
        }

        awaitAllTaken();
        assertThat(run.query("SELECT (EXTRACT(epoch FROM expires_at - interval '5 min') * 1000)::numeric FROM message"))
                .singleElement()
                .satisfies(since -> assertThat(new BigDecimal(since)).isEqualByComparingTo(BigDecimal.valueOf(sent)));
    }

    @Test
    void theSameMessageSentAgainIsTheSameRow() {
        put(json("otp-1", "0812-3456-7890", "Kode 482913"));
        put(json("otp-1", "0812-3456-7890", "Kode 482913"));
        put(json("otp-2", "0812-3456-7890", "Kode 482913"));

        run.awaitRows("jms|otp-1|code|6281234567890|Kode 482913", "jms|otp-2|code|6281234567890|Kode 482913");
        awaitAllTaken();
        assertThat(messagesIn("messages.dead")).isZero();
    }

    @Test
    void whatCanNeverBeSentBecomesADeadLetterAndTheNextOneIsTaken() throws JMSException {
        String wrong = json("otp-1", "0812-34", "Kode 482913");
        put(wrong, producer -> producer.setProperty("shop", "Rinjani"));
        put(json("otp-2", "0812-3456-7890", "Kode 482913"));

        run.awaitRows("jms|otp-2|code|6281234567890|Kode 482913");
        awaitAllTaken();
        Message dead = deadLetter();
        assertThat(dead.getBody(String.class)).isEqualTo(wrong);
        assertThat(dead.getStringProperty("reason")).isEqualTo("The phone number is too short.");
        assertThat(dead.getStringProperty("shop")).isEqualTo("Rinjani");
    }

    @Test
    void anotherMessageUnderAKeyThatIsTakenBecomesADeadLetter() throws JMSException {
        put(json("otp-1", "0812-3456-7890", "Kode 482913"));
        run.awaitRows("jms|otp-1|code|6281234567890|Kode 482913");

        put(json("otp-1", "0812-3456-7890", "Kode 993311"));

        Message dead = deadLetter();
        assertThat(dead.getBody(String.class)).contains("993311");
        assertThat(dead.getStringProperty("reason"))
                .isEqualTo("Its key is that of another message (row 1), which stands.");
        run.awaitRows("jms|otp-1|code|6281234567890|Kode 482913");
    }

    @Test
    void aDeadLetterGoesWhereWeSayAndNotWhereTheMessageSays() throws JMSException {
        put(json("otp-1", "0812-34", "Kode 482913"), producer -> {
            producer.setProperty("CamelJmsDestinationName", "elsewhere");
            producer.setJMSReplyTo(new ActiveMQQueue("elsewhere"));
        });

        assertThat(deadLetter()).isNotNull();
        awaitAllTaken();
        assertThat(messagesIn("elsewhere")).isZero();
    }

    @Test
    void aMessageComesAgainIfTheProcessDiesAfterItsRowWasWrittenAndItIsOneRow() throws Exception {
        AtomicInteger ends = run.failOnceAtTheEndOf("jms");

        put(json("otp-1", "0812-3456-7890", "Kode 482913"));

        await().atMost(PATIENCE).until(() -> ends.get() == 2);
        awaitAllTaken();
        run.awaitRows("jms|otp-1|code|6281234567890|Kode 482913");
    }

    @Test
    void aMessageStaysWithTheBrokerWhileTheDatabaseIsAway() throws Exception {
        run.takeTheDatabaseAway();
        put(json("otp-1", "0812-3456-7890", "Kode 482913"));
        await().atMost(PATIENCE)
                .until(() -> run.context().getInflightRepository().size("jms") == 1);

        run.stop();
        assertThat(messagesIn("messages")).isEqualTo(1);
        run.start(settings, "enqueue", "sources/jms");
        run.awaitAnotherTryIn("jms");
        run.bringTheDatabaseBack();

        run.awaitRows("jms|otp-1|code|6281234567890|Kode 482913");
        awaitAllTaken();
        assertThat(messagesIn("messages.dead")).isZero();
    }
}
