package io.github.camelsendtalk.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.github.camelsendtalk.sandbox.SandboxClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs the little test classes below, as JUnit runs those of a user. */
class SendTalkSandboxExtensionTest {

    /** Where the sandbox of each test listened. */
    private static final List<String> BASE_URLS = new ArrayList<>();

    @BeforeEach
    void forget() {
        BASE_URLS.clear();
    }

    @Test
    void aStaticOneIsSharedWithNestedClassesAndResetBeforeEachTest() {
        run(WithOneSandbox.class, 3);

        assertThat(BASE_URLS).hasSize(3).containsOnly(BASE_URLS.get(0));
        assertIsClosed(BASE_URLS.get(0));
    }

    @Test
    void oneThatIsNotStaticStartsBeforeEachTestAndIsClosedAfterIt() {
        run(WithASandboxForEachTest.class, 2);

        assertThat(BASE_URLS).hasSize(2).allSatisfy(SendTalkSandboxExtensionTest::assertIsClosed);
    }

    @Test
    void itStartsAgainAfterItWasClosed() {
        run(WithADelayedAnswer.class, 1);
        run(WithADelayedAnswer.class, 1);

        assertThat(BASE_URLS).hasSize(2).allSatisfy(SendTalkSandboxExtensionTest::assertIsClosed);
    }

    @Test
    void itListensBeforeTheFirstTestAndAfterwardsUntilTheLastEnds() {
        run(WithAMessageBeforeAllTests.class, 1);
    }

    @Test
    void classesThatRunAtTheSameTimeAndInheritOneEndItTogether() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(EndsFirst.class), selectClass(EndsLast.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(2).failed(0));

        assertThat(BASE_URLS).containsOnly(BASE_URLS.get(0));
        assertIsClosed(BASE_URLS.get(0));
    }

    abstract static class WithAnInheritedSandbox {

        static final CountDownLatch BOTH_RUN = new CountDownLatch(2);
        static final CountDownLatch FIRST_HAS_ENDED = new CountDownLatch(1);

        @Order(1) // so that it comes after the sandbox's own
        @RegisterExtension
        static final AfterAllCallback END = context -> FIRST_HAS_ENDED.countDown();

        @Order(2)
        @RegisterExtension
        static final SendTalkSandbox SANDBOX = new SendTalkSandboxExtension();

        static void await(CountDownLatch latch) throws InterruptedException {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    static class EndsFirst extends WithAnInheritedSandbox {

        @Test
        void test() throws Exception {
            BOTH_RUN.countDown();
            await(BOTH_RUN);
        }
    }

    static class EndsLast extends WithAnInheritedSandbox {

        @Test
        void test() throws Exception {
            BOTH_RUN.countDown();
            await(FIRST_HAS_ENDED);
            sendTheOnlyMessageTo(SANDBOX);
        }
    }

    static class WithOneSandbox {

        @RegisterExtension
        static final SendTalkSandbox SANDBOX = new SendTalkSandboxExtension();

        @Test
        void first() {
            sendTheOnlyMessageTo(SANDBOX);
        }

        @Test
        void second() {
            sendTheOnlyMessageTo(SANDBOX);
        }

        @Nested
        class Inside {

            @Test
            void third() {
                sendTheOnlyMessageTo(SANDBOX);
            }
        }
    }

    static class WithASandboxForEachTest {

        @RegisterExtension
        final SendTalkSandbox sandbox = new SendTalkSandboxExtension();

        @Test
        void first() {
            assertThat(BASE_URLS).allSatisfy(SendTalkSandboxExtensionTest::assertIsClosed);
            sendTheOnlyMessageTo(sandbox);
        }

        @Test
        void second() {
            first();
        }
    }

    static class WithADelayedAnswer {

        @RegisterExtension
        static final SendTalkSandbox SANDBOX = new SendTalkSandboxExtension();

        @Test
        void test() {
            sendTheOnlyMessageTo(SANDBOX);
            SANDBOX.wireMock().stubFor(post("/slow").willReturn(okJson("{}").withFixedDelay(1)));
            SandboxClient client = new SandboxClient(SANDBOX.baseUrl());
            assertThat(client.post("/slow", "{}").join().statusCode()).isEqualTo(200);
        }
    }

    static class WithAMessageBeforeAllTests {

        @RegisterExtension
        static final SendTalkSandbox SANDBOX =
                new SendTalkSandboxExtension(SendTalkSandbox.builder().sentAfter(Duration.ZERO));

        @BeforeAll
        static void send() {
            sendTheOnlyMessageTo(SANDBOX);
        }

        @Test
        void theMessageIsForgottenAndTheSettingsStay() {
            sendTheOnlyMessageTo(SANDBOX);
            SandboxClient client = new SandboxClient(SANDBOX.baseUrl());
            assertThat(client.ask("/_sandbox/messages").findValuesAsText("status"))
                    .containsExactly("sent");
        }
    }

    private static void sendTheOnlyMessageTo(SendTalkSandbox sandbox) {
        BASE_URLS.add(sandbox.baseUrl());
        new SandboxClient(sandbox.baseUrl()).send(text("62811001234", "Hi"));
        assertThat(sandbox.messages()).hasSize(1);
    }

    private static void run(Class<?> testClass, int tests) {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(tests).failed(0));
    }

    private static void assertIsClosed(String baseUrl) {
        SandboxClient client = new SandboxClient(baseUrl);
        assertThatThrownBy(() -> client.get("/_sandbox/health")).hasCauseInstanceOf(ConnectException.class);
    }
}
