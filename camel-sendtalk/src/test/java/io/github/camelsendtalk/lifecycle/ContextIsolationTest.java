package io.github.camelsendtalk.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.support.Await;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.TestKeys;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contexts beside each other, and what is left of one that is gone. */
@Timeout(60)
class ContextIsolationTest {

    private static final String PHONE = "6281212345678";

    @AutoClose
    private final ScriptedServer one = ScriptedServer.startAccepting();

    @AutoClose
    private final ScriptedServer other = ScriptedServer.startAccepting();

    private final List<CamelContext> contexts = new ArrayList<>();

    @AfterEach
    void stopContexts() {
        contexts.forEach(CamelContext::stop);
    }

    @Test
    void twoContextsShareNeitherConnectionsNorThreadsNorTheirEnd() throws Exception {
        CamelContext first = started(one, 1);
        CamelContext second = started(other, 1);
        one.hold();
        other.hold();
        CompletableFuture<Object> ofFirst = send(first, "first");
        CompletableFuture<Object> ofSecond = send(second, "second");
        // each has one connection: were it shared, one of the two calls would wait for the other
        one.awaitReceived(1);
        other.awaitReceived(1);
        List<Thread> threadsOfBoth = ourThreads();

        component(first).stop();

        assertThat(ofFirst.handle((result, failure) -> failure != null).get(20, TimeUnit.SECONDS))
                .isTrue();
        assertThat(ofSecond).isNotDone();
        other.release();
        assertThat(ofSecond.get(20, TimeUnit.SECONDS)).isEqualTo("id-second");
        assertThat(send(second, "again").get(20, TimeUnit.SECONDS)).isEqualTo("id-again");
        assertThat(component(second)).isNotSameAs(component(first));
        assertThat(threadsOfBoth.stream().filter(Thread::isAlive)).isNotEmpty();
    }

    @Test
    void noThreadIsLeftAfterTheContextStops() throws Exception {
        started(one, 10).stop();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        CamelContext context = started(one, 10);
        send(context, "text").get(20, TimeUnit.SECONDS);
        one.hold();
        send(context, "unanswered");
        one.awaitReceived(2);
        Set<Thread> during = threadsSince(before, ContextIsolationTest::isOurs);
        assertThat(during).extracting(Thread::getName).anyMatch(name -> name.startsWith("sendtalk"));
        assertThat(during).extracting(Thread::getName).anyMatch(name -> name.startsWith("Camel ("));

        context.getShutdownStrategy().setTimeout(1);
        context.stop();

        assertEnd(threadsSince(before, ContextIsolationTest::isOurs));
    }

    private static void assertEnd(Set<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    /** As an application server does with an application that it takes down. */
    @Test
    void aClassLoaderThatIsThrownAwayLeavesNoThreadBehindAndIsCollected() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        WeakReference<ClassLoader> loader = new WeakReference<>(liveInALoader());

        assertEnd(threadsSince(before, thread -> isOurs(thread) || belongsTo(loader, thread)));
        Await.until(() -> {
            System.gc();
            return loader.refersTo(null);
        });
    }

    private ClassLoader liveInALoader() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            CompletableFuture<Object> told = new CompletableFuture<>();
            Thread application = new Thread(() -> {
                try {
                    told.complete(loader.loadClass(IsolatedLife.class.getName())
                            .getMethod("live", String.class)
                            .invoke(null, one.url().toString()));
                } catch (Throwable e) {
                    told.completeExceptionally(e);
                }
            });
            application.setContextClassLoader(loader);
            application.start();

            assertThat(told.get(50, TimeUnit.SECONDS)).isEqualTo("id-Halo");
            return loader;
        }
    }

    private static URL[] classPath() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** What runs in a class loader of its own. */
    public static final class IsolatedLife {

        private IsolatedLife() {}

        /** Starts a context, sends a message with it, and stops it. */
        public static Object live(String url) {
            CamelContext context = new DefaultCamelContext();
            // with JMX, Camel itself holds its class loader
            context.disableJMX();
            try {
                context.start();
                component(context).setBaseUrl(url);
                String to = "sendtalk:send?phone=6281212345678&phoneRegion=ID&apiKey=isolated";
                return context.createProducerTemplate().requestBody(to, "Halo");
            } finally {
                context.stop();
            }
        }
    }

    private CamelContext started(ScriptedServer server, int maxConnections) throws Exception {
        CamelContext context = new DefaultCamelContext();
        component(context).setMaxConnections(maxConnections);
        component(context).setBaseUrl(server.url().toString());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:send").to("sendtalk:send?phone=" + PHONE + "&apiKey=" + TestKeys.next());
            }
        });
        contexts.add(context);
        context.start();
        return context;
    }

    private static CompletableFuture<Object> send(CamelContext context, String text) {
        return context.createProducerTemplate().asyncRequestBody("direct:send", text);
    }

    private static SendTalkComponent component(CamelContext context) {
        return context.getComponent("sendtalk", SendTalkComponent.class);
    }

    private static List<Thread> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("sendtalk"))
                .toList();
    }

    /** The threads of this kind that run now and did not then; the JVM, the tests and their servers start some as well. */
    private static Set<Thread> threadsSince(Set<Thread> then, Predicate<Thread> kind) {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeAll(then);
        threads.removeIf(kind.negate());
        return threads;
    }

    /** Whether the component started it, or Camel, which names all that it starts. */
    private static boolean isOurs(Thread thread) {
        return thread.getName().startsWith("sendtalk") || thread.getName().startsWith("Camel (");
    }

    /** Whether it was started by code of the class loader, whatever its name. */
    private static boolean belongsTo(WeakReference<ClassLoader> loader, Thread thread) {
        ClassLoader itsOwn = thread.getContextClassLoader();
        return itsOwn != null && loader.refersTo(itsOwn);
    }
}
