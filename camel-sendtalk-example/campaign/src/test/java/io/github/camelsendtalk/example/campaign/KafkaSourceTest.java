package io.github.camelsendtalk.example.campaign;

import static io.github.camelsendtalk.example.campaign.SourceRun.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The source {@code kafka} on a real broker. */
@Timeout(300)
class KafkaSourceTest {

    private static final int PARTITIONS = 2;

    @TempDir
    static Path folder;

    private static KafkaBroker broker;
    private static Admin admin;
    private static KafkaProducer<String, String> producer;

    private String topic;
    private Map<String, String> settings;
    private SourceRun run;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new KafkaBroker(folder);
        Map<String, Object> address = Map.of("bootstrap.servers", broker.address());
        admin = Admin.create(address);
        producer = new KafkaProducer<>(address, new StringSerializer(), new StringSerializer());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        admin.close();
        broker.close();
    }

    @BeforeEach
    void start(TestInfo test) throws Exception {
        topic = test.getTestMethod().orElseThrow().getName();
        create();
        settings = new HashMap<>(Map.of(
                "kafka.brokers",
                broker.address(),
                "kafka.topic",
                topic,
                "kafka.dead-letters",
                topic + ".dead",
                "kafka.group",
                topic));
        run = new SourceRun().start(settings, "enqueue", "sources/kafka");
    }

    private void create() throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                .all()
                .get();
    }

    @AfterEach
    void stop() {
        run.close();
    }

    private static String json(String key, String phone, String text) {
        return "{\"key\": \"%s\", \"phone\": \"%s\", \"body\": \"%s\", \"messageType\": \"otp\"}"
                .formatted(key, phone, text);
    }

    private RecordMetadata put(int partition, String key, String value) throws Exception {
        return producer.send(new ProducerRecord<>(topic, partition, key, value)).get();
    }

    /** How far the group has come in a partition. */
    private long committed(int partition) throws Exception {
        var offset = admin.listConsumerGroupOffsets(topic)
                .partitionsToOffsetAndMetadata()
                .get()
                .get(new TopicPartition(topic, partition));
        return offset == null ? 0 : offset.offset();
    }

    private void awaitCommitted(int partition, long offset) {
        await().atMost(PATIENCE).until(() -> committed(partition) == offset);
    }

    private ConsumerRecord<String, String> deadLetter() {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address()), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition dead = new TopicPartition(topic + ".dead", 0);
            consumer.assign(List.of(dead));
            consumer.seekToBeginning(List.of(dead));
            return await().atMost(PATIENCE)
                    .pollInSameThread()
                    .until(() -> consumer.poll(Duration.ofMillis(200)).records(dead), records -> !records.isEmpty())
                    .get(0);
        }
    }

    @Test
    void aRecordIsARowWithTheLaneOfItsKind() throws Exception {
        put(0, "customer-7", json("otp-1", "0812-3456-7890", "Kode 482913"));
        put(1, "customer-7", json("otp-2", "0812-3456-7890", "Kode 993311"));

        run.awaitRows("kafka|otp-1|code|6281234567890|Kode 482913", "kafka|otp-2|code|6281234567890|Kode 993311");
        awaitCommitted(0, 1);
        awaitCommitted(1, 1);
    }

    @Test
    void aCodeGrowsOldFromTheTimeOfItsRecord() throws Exception {
        long hourAgo = System.currentTimeMillis() - 3_600_000;
        String code = json("otp-1", "0812-3456-7890", "Kode 482913");
        producer.send(new ProducerRecord<>(topic, 0, hourAgo, null, code)).get();

        awaitCommitted(0, 1);
        assertThat(run.query("SELECT (EXTRACT(epoch FROM expires_at - interval '5 min') * 1000)::bigint FROM message"))
                .containsExactly(String.valueOf(hourAgo));
    }

    @Test
    void theSameRecordSentAgainIsTheSameRow() throws Exception {
        put(0, null, json("otp-1", "0812-3456-7890", "Kode 482913"));
        put(1, null, json("otp-1", "0812-3456-7890", "Kode 482913"));
        put(1, null, json("otp-2", "0812-3456-7890", "Kode 482913"));

        awaitCommitted(0, 1);
        awaitCommitted(1, 2);
        run.awaitRows("kafka|otp-1|code|6281234567890|Kode 482913", "kafka|otp-2|code|6281234567890|Kode 482913");
    }

    @Test
    void aRecordWithoutAKeyIsKnownByItsPlaceAndTime() throws Exception {
        String json = "{\"phone\": \"0812-3456-7890\", \"body\": \"Halo\"}";
        RecordMetadata first = put(0, "customer-7", json);
        RecordMetadata second = put(0, "customer-7", json);

        run.awaitRows(
                "kafka|%s-0-0-%d|campaign|6281234567890|Halo".formatted(topic, first.timestamp()),
                "kafka|%s-0-1-%d|campaign|6281234567890|Halo".formatted(topic, second.timestamp()));
    }

    @Test
    void whatCanNeverBeSentBecomesADeadLetterAndTheNextOneIsTaken() throws Exception {
        String wrong = json("otp-1", "0812-34", "Kode 482913");
        put(0, "customer-7", wrong);
        put(0, "customer-8", json("otp-2", "0812-3456-7890", "Kode 482913"));

        run.awaitRows("kafka|otp-2|code|6281234567890|Kode 482913");
        awaitCommitted(0, 2);
        ConsumerRecord<String, String> dead = deadLetter();
        assertThat(dead.key()).isEqualTo("customer-7");
        assertThat(dead.value()).isEqualTo(wrong);
        assertThat(new String(dead.headers().lastHeader("reason").value(), StandardCharsets.UTF_8))
                .isEqualTo("The phone number is too short.");
    }

    @Test
    void aDeadLetterGoesWhereWeSayAndNotWhereTheRecordSays() throws Exception {
        ProducerRecord<String, String> wrong = new ProducerRecord<>(topic, 0, null, "no JSON");
        wrong.headers().add("kafka.OVERRIDE_TOPIC", "elsewhere".getBytes(StandardCharsets.UTF_8));
        producer.send(wrong).get();

        assertThat(deadLetter().value()).isEqualTo("no JSON");
        assertThat(admin.listTopics().names().get()).doesNotContain("elsewhere");
    }

    @Test
    void aRecordComesAgainIfTheProcessDiesAfterItsRowWasWrittenAndItIsOneRow() throws Exception {
        AtomicInteger ends = run.failOnceAtTheEndOf("kafka");

        put(0, null, json("otp-1", "0812-3456-7890", "Kode 482913"));
        put(0, null, json("otp-2", "0812-3456-7890", "Kode 482913"));

        awaitCommitted(0, 2);
        assertThat(ends.get()).isEqualTo(3);
        run.awaitRows("kafka|otp-1|code|6281234567890|Kode 482913", "kafka|otp-2|code|6281234567890|Kode 482913");
    }

    @Test
    void aRecordStaysWithTheBrokerWhileTheDatabaseIsAway() throws Exception {
        run.takeTheDatabaseAway();
        put(0, null, json("otp-1", "0812-3456-7890", "Kode 482913"));
        put(0, null, json("otp-2", "0812-3456-7890", "Kode 482913"));
        await().atMost(PATIENCE)
                .until(() -> run.context().getInflightRepository().size("kafka") == 1);

        run.stop();
        assertThat(committed(0)).isZero();
        run.start(settings, "enqueue", "sources/kafka");
        run.awaitAnotherTryIn("kafka");
        run.bringTheDatabaseBack();

        run.awaitRows("kafka|otp-1|code|6281234567890|Kode 482913", "kafka|otp-2|code|6281234567890|Kode 482913");
        awaitCommitted(0, 2);
        assertThat(admin.listTopics().names().get()).doesNotContain(topic + ".dead");
    }
}
