package io.github.camelsendtalk.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.MessageStatus;
import io.github.camelsendtalk.client.SendTalkTimeoutException;
import io.github.camelsendtalk.support.AsyncSend;
import io.github.camelsendtalk.support.Await;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a route waits for after an answer never holds up what it waits for: R20, R21 and R23. */
@Timeout(60)
class BlockedStepsTest extends SendTalkTestSupport {

    private static final String SEND_TO_ONE = "sendtalk:send?phone=" + PHONE;

    @AutoClose
    private final ScriptedServer server = ScriptedServer.startAccepting();

    @AutoClose("shutdownNow")
    private final ExecutorService tenWorkers = Executors.newFixedThreadPool(10);

    private final CountDownLatch unblock = new CountDownLatch(1);
    private final AtomicInteger blocked = new AtomicInteger();

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        configuration.withJMX(true);
    }

    @AfterEach
    void unblock() {
        unblock.countDown();
    }

    @Test
    @DisplayName("R20: 1,200 steps that each wait for a status all end, and others go on meanwhile")
    void stepsThatWaitForAStatusEnd() throws Exception {
        allEnd(sendMany("direct:asksForTheStatus", 1_200));
    }

    @Test
    @DisplayName("R20: 40 steps that each wait for a status on a user's pool of 10 threads all end")
    void stepsOnAFullPoolEnd() throws Exception {
        restart(component -> component.setWorkerPool(tenWorkers));

        allEnd(sendMany("direct:asksForTheStatus", 40));
    }

    @Test
    @DisplayName("R20: with all threads of a user's pool blocked, other calls still come back")
    void otherCallsComeBackPastAFullPool() throws Exception {
        restart(component -> component.setWorkerPool(tenWorkers));
        sendMany("direct:blocked", 10);
        Await.until(() -> blocked.get() == 10);

        assertThat(new AsyncSend(context, producer(SEND_TO_ONE), "Halo").ended().getException())
                .isNull();
    }

    @Test
    @DisplayName("R21: 300 steps that hang hold up no deadline of another call")
    void hangingStepsHoldUpNoDeadline() throws Exception {
        sendMany("direct:blocked", 300);
        Await.until(() -> blocked.get() == 300);
        server.hold();

        Exchange ended = new AsyncSend(context, producer(SEND_TO_ONE + "&requestTimeout=300"), "Halo").ended();

        assertThat(ended.getException()).isInstanceOf(SendTalkTimeoutException.class);
    }

    @Test
    @DisplayName("R23: a worker pool lowered and restored through JMX works as before")
    void aPoolLoweredAndRestoredThroughJmxWorks() throws Exception {
        allEnd(sendMany(SEND_TO_ONE, 1));
        MBeanServer jmx = context.getManagementStrategy().getManagementAgent().getMBeanServer();
        ObjectName pool = jmx.queryNames(
                        new ObjectName("org.apache.camel:type=threadpools,context=%s,name=\"SendTalkComponent*\""
                                .formatted(context.getManagementName())),
                        null)
                .iterator()
                .next();
        Object before = jmx.getAttribute(pool, "MaximumPoolSize");

        jmx.setAttribute(pool, new Attribute("MaximumPoolSize", 1));
        allEnd(sendMany("direct:asksForTheStatus", 50));
        jmx.setAttribute(pool, new Attribute("MaximumPoolSize", before));

        allEnd(sendMany("direct:asksForTheStatus", 50));
    }

    @Test
    @DisplayName("R23: a component restarted under load works as before")
    void aComponentRestartedUnderLoadWorks() throws Exception {
        server.hold();
        List<AsyncSend> underWay = sendMany("direct:asksForTheStatus", 300);
        server.awaitReceived(50);

        component(context).stop();
        component(context).start();
        server.release();

        for (AsyncSend one : underWay) {
            one.ended();
            assertThat(one.done).hasValue(1);
        }
        allEnd(sendMany("direct:asksForTheStatus", 300));
    }

    private List<AsyncSend> sendMany(String uri, int count) throws Exception {
        AsyncProcessor route = producer(uri);
        List<AsyncSend> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new AsyncSend(context, route, "text-" + i));
        }
        return all;
    }

    private static void allEnd(List<AsyncSend> all) throws Exception {
        for (AsyncSend one : all) {
            assertThat(one.ended().getException()).isNull();
            assertThat(one.done).hasValue(1);
        }
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        component(context).setBaseUrl(server.url().toString());
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:asksForTheStatus").to(SEND_TO_ONE).process(e -> {
                    String id = e.getMessage().getBody(String.class);
                    MessageStatus status = template.requestBody("sendtalk:status", id, MessageStatus.class);
                    assertThat(status.isPending()).isTrue();
                });
                from("direct:blocked").to(SEND_TO_ONE).process(e -> {
                    blocked.incrementAndGet();
                    unblock.await();
                });
            }
        };
    }
}
