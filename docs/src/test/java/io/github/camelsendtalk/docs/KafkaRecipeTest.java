package io.github.camelsendtalk.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The recipe for Kafka on a real broker: what surely did not leave is tried again, what is doubtful waits for a person, nothing is sent twice. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class KafkaRecipeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RECIPE = "classpath:examples/kafka.yaml";
    private static final String BEGUN = "It was begun before, and its end is not known";

    @RegisterExtension
    final SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    @TempDir
    Path folder;

    private KafkaBroker broker;
    private Map<String, String> settings;

    /** What was parked: the text, and the headers that say why. */
    private record Parked(String body, String mayHaveBeenSent, String reason) {

        static Parked of(ConsumerRecord<String, String> message) {
            return new Parked(message.value(), header(message, "mayHaveBeenSent"), header(message, "reason"));
        }

        private static String header(ConsumerRecord<String, String> message, String name) {
            return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
        }
    }

    @BeforeEach
    void startBroker() throws Exception {
        broker = new KafkaBroker(folder);
        settings = Map.of(
                "files", "classpath:examples/begun.properties",
                "camel.component.sendtalk.api-key", "key-of-the-reminders",
                "camel.component.sendtalk.base-url", sandbox.baseUrl(),
                "camel.component.kafka.brokers", broker.address(),
                "camel.component.kafka.session-timeout-ms", "2000",
                "camel.component.kafka.heartbeat-interval-ms", "500",
                "camel.beans.database.url", new Database().url());
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    @DisplayName("R27: Kafka: each outcome has its place, and a process that is killed sends nothing twice")
    void nothingIsSentTwiceAndNothingIsLost() throws Exception {
        List<String> numbers = List.of(
                "6281234567890", // taken
                "6281200000011", // 429 twice, then taken
                "6281200000043", // taken, and the connection is reset
                "6281200000042", // not taken, and the connection is reset
                "6281200000001", // refused
                "6281200000041", // taken and never answered, until the process is killed
                "6281234567891"); // taken
        put(numbers);
        put("no JSON");

        Process killed = RecipeMain.start(RECIPE, settings);
        try {
            sandbox.await(4, PATIENCE);
        } finally {
            killed.destroyForcibly().waitFor();
        }
        Main main = RecipeMain.of(RECIPE, settings);
        main.start();
        List<Parked> parked;
        try {
            sandbox.await(5, PATIENCE);
            parked = awaitParked(5);
        } finally {
            main.stop();
        }

        assertThat(numbersOfTheMessages())
                .containsExactly(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(5), numbers.get(6));
        assertThat(parked)
                .extracting(
                        Parked::body,
                        Parked::mayHaveBeenSent,
                        message -> message.reason().equals(BEGUN))
                .containsExactly(
                        tuple(json(numbers.get(2), 2), "true", false),
                        tuple(json(numbers.get(3), 3), "true", false),
                        tuple(json(numbers.get(4), 4), "false", false),
                        tuple(json(numbers.get(5), 5), "true", true),
                        tuple("no JSON", "true", true));
    }

    private static String json(String number, int i) {
        return "{\"phone\": \"%s\", \"body\": \"Reminder %d\"}".formatted(number, i);
    }

    private void put(List<String> numbers) {
        put(IntStream.range(0, numbers.size())
                .mapToObj(i -> json(numbers.get(i), i))
                .toArray(String[]::new));
    }

    private void put(String... texts) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new StringSerializer(), new StringSerializer())) {
            for (String text : texts) {
                producer.send(new ProducerRecord<>("reminders", text));
            }
        }
    }

    private List<Parked> awaitParked(int count) {
        List<Parked> parked = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address(), "allow.auto.create.topics", "true"),
                new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition topic = new TopicPartition("reminders.parked", 0);
            consumer.assign(List.of(topic));
            consumer.seekToBeginning(List.of(topic));
            await().atMost(PATIENCE).pollInSameThread().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(message -> parked.add(Parked.of(message)));
                return parked.size() >= count;
            });
        }
        return parked;
    }

    private List<String> numbersOfTheMessages() {
        return sandbox.messages().stream().map(SandboxMessage::phone).toList();
    }
}
