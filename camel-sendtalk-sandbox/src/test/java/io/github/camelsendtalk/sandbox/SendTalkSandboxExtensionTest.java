package io.github.camelsendtalk.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.github.camelsendtalk.sandbox.SandboxClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs the little test classes below, as JUnit runs those of a user. */
class SendTalkSandboxExtensionTest {

    /** Where the sandbox of each test listened. */
    private static final List<String> BASE_URLS = Collections.synchronizedList(new ArrayList<>());

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
        runInParallel(EndsFirst.class, EndsLast.class)
                .assertStatistics(statistics -> statistics.succeeded(2).failed(0));

        assertThat(BASE_URLS).containsOnly(BASE_URLS.get(0));
        assertIsClosed(BASE_URLS.get(0));
    }

    @Test
    void ofTwoTestsAtTheSameTimeTheSecondSaysWhyItFails() {
        Events events = runInParallel(WithOneSandboxForTwoAtATime.class);

        events.assertStatistics(statistics -> statistics.succeeded(1).failed(1));
        assertThat(events.failed().stream().map(SendTalkSandboxExtensionTest::complaint))
                .singleElement(STRING)
                .matches("(one|two)\\(\\) of WithOneSandboxForTwoAtATime began while (one|two)\\(\\) of"
                        + " WithOneSandboxForTwoAtATime uses the same sandbox, and would forget its messages\\. Give each test"
                        + " a sandbox of its own, in a field that is not static, or let them run one after another with"
                        + " @ResourceLock\\.");
    }

    @Test
    void testsAtTheSameTimeWithSandboxesOfTheirOwnDoNotDisturbEachOther() {
        runInParallel(WithASandboxEachForTwoAtATime.class)
                .assertStatistics(statistics -> statistics.succeeded(2).failed(0));
        assertThat(BASE_URLS).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void testsThatHaveToRunOneAfterAnotherShareASandbox() {
        runInParallel(WithALock.class)
                .assertStatistics(statistics -> statistics.succeeded(3).failed(0));
    }

    private static Events runInParallel(Class<?>... testClasses) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(Stream.of(testClasses)
                        .map(DiscoverySelectors::selectClass)
                        .toArray(DiscoverySelector[]::new))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
                .execute()
                .testEvents();
    }

    private static String complaint(Event failed) {
        return failed.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow()
                .getMessage();
    }

    static class WithOneSandboxForTwoAtATime {

        static final CountDownLatch FIRST_HAS_SENT = new CountDownLatch(1);
        static final CountDownLatch OTHER_HAS_ENDED = new CountDownLatch(1);

        /** Before the sandbox is asked: the second comes when the first has sent. */
        @Order(1)
        @RegisterExtension
        static final OneAfterAnother ORDER = new OneAfterAnother();

        @Order(2)
        @RegisterExtension
        static final SendTalkSandbox SANDBOX = new SendTalkSandboxExtension();

        @Test
        void one() throws Exception {
            sendTheOnlyMessageTo(SANDBOX);
            FIRST_HAS_SENT.countDown();
            await(OTHER_HAS_ENDED);
            assertThat(SANDBOX.messages()).hasSize(1);
        }

        @Test
        void two() throws Exception {
            one();
        }
    }

    static class OneAfterAnother implements BeforeEachCallback, AfterEachCallback {

        private final AtomicBoolean begun = new AtomicBoolean();

        @Override
        public void beforeEach(ExtensionContext context) throws Exception {
            if (begun.getAndSet(true)) {
                await(WithOneSandboxForTwoAtATime.FIRST_HAS_SENT);
            }
        }

        @Override
        public void afterEach(ExtensionContext context) {
            WithOneSandboxForTwoAtATime.OTHER_HAS_ENDED.countDown();
        }
    }

    static class WithASandboxEachForTwoAtATime {

        static final CountDownLatch BOTH_HAVE_SENT = new CountDownLatch(2);

        @RegisterExtension
        final SendTalkSandbox sandbox = new SendTalkSandboxExtension();

        @Test
        void one() throws Exception {
            sendTheOnlyMessageTo(sandbox);
            BOTH_HAVE_SENT.countDown();
            await(BOTH_HAVE_SENT);
            assertThat(sandbox.messages()).hasSize(1);
        }

        @Test
        void two() throws Exception {
            one();
        }
    }

    @ResourceLock("sandbox")
    static class WithALock extends WithOneSandbox {}

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
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
    }

    static class EndsFirst extends WithAnInheritedSandbox {

        @Test
        void test() throws Exception {
            BOTH_RUN.countDown();
            await(BOTH_RUN);
        }
    }

    static class EndsLast extends WithAnInheritedSandbox {

        @BeforeAll
        static void waitForTheOther() throws Exception {
            BOTH_RUN.countDown();
            await(FIRST_HAS_ENDED);
        }

        @Test
        void test() {
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
