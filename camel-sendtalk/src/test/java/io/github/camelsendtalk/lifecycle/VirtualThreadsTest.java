package io.github.camelsendtalk.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.support.AsyncSend;
import io.github.camelsendtalk.support.Await;
import io.github.camelsendtalk.support.ScriptedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** With virtual threads on in Camel, routes go on on them, as many as it takes; hard case 37. */
@EnabledForJreRange(min = JRE.JAVA_21)
@Timeout(60)
class VirtualThreadsTest {

    private static final int BLOCKED = 300;

    @TempDir
    Path folder;

    /** Camel reads the switch once for a JVM, so this needs one of its own. */
    @Test
    void case37_routesGoOnOnVirtualThreadsAndBlockedOnesHoldUpNoOther() throws Exception {
        Path printed = folder.resolve("printed.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dcamel.threads.virtual.enabled=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Routes.class.getName())
                .redirectErrorStream(true)
                // a pipe would have to be read, for as long as the process lives
                .redirectOutput(printed.toFile())
                .start();
        try {
            assertThat(process.waitFor(50, TimeUnit.SECONDS))
                    .as("the end of the process, which printed: %s", Files.readString(printed))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(printed)
                .content()
                .contains(BLOCKED + " blocked on VirtualThread")
                .contains("another call: id-another")
                .contains(BLOCKED + " ended");
    }

    /** Sends so many messages whose routes block, and one more. */
    static final class Routes {

        private Routes() {}

        public static void main(String[] arguments) throws Exception {
            CountDownLatch unblock = new CountDownLatch(1);
            AtomicInteger blocked = new AtomicInteger();
            AtomicInteger ended = new AtomicInteger();
            CamelContext context = new DefaultCamelContext();
            try (ScriptedServer server = ScriptedServer.startAccepting()) {
                context.getComponent("sendtalk", SendTalkComponent.class)
                        .setBaseUrl(server.url().toString());
                String to = "sendtalk:send?phone=6281212345678&apiKey=k";
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:send").to(to);
                        from("direct:blocked").to(to).process(e -> {
                            if (Thread.currentThread().toString().startsWith("VirtualThread")) {
                                blocked.incrementAndGet();
                            }
                            unblock.await();
                        });
                    }
                });
                context.start();
                for (int i = 0; i < BLOCKED; i++) {
                    new AsyncSend(context, context.getEndpoint("direct:blocked").createAsyncProducer(), "text-" + i)
                            .end.thenRun(ended::incrementAndGet);
                }
                Await.until(() -> blocked.get() >= BLOCKED);
                System.out.println(blocked + " blocked on VirtualThread");
                System.out.println(
                        "another call: " + context.createProducerTemplate().requestBody("direct:send", "another"));
                unblock.countDown();
                Await.until(() -> ended.get() >= BLOCKED);
                System.out.println(ended + " ended");
            } finally {
                context.stop();
            }
        }
    }
}
