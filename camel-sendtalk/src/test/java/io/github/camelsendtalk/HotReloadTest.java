package io.github.camelsendtalk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Service;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RouteOnDemandReloadStrategy;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A YAML route that is changed while it runs, as a developer does. */
@Timeout(60)
class HotReloadTest extends SendTalkTestSupport {

    private static final int CALLS = 20;

    @TempDir
    Path folder;

    @AutoClose
    private final GatedServer server = new GatedServer();

    HotReloadTest() throws Exception {}

    @Test
    void aRouteThatIsReloadedWithCallsInFlightLosesNoneAndSendsAsItSaysNow() throws Exception {
        component(context).setBaseUrl(server.url());
        write("version one");
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:" + folder + "/otp.camel.yaml"));
        RouteOnDemandReloadStrategy reload = new RouteOnDemandReloadStrategy(folder.toString());
        reload.setPattern("*.yaml");
        context.addService(reload);
        server.hold();
        List<Sent> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(sent());
        }
        server.awaitReceived(CALLS);

        write("version two");
        CompletableFuture<Void> reloaded = CompletableFuture.runAsync(() -> reload.onReload("test"));
        awaitGracefulStop(reloaded);
        assertThat(calls).noneMatch(call -> call.end.isDone());
        server.release();
        reloaded.get(30, TimeUnit.SECONDS);

        for (Sent call : calls) {
            assertAccepted(call, "version one");
        }
        assertAccepted(sent(), "version two");
        assertThat(reload.getLastError()).isNull();
        assertThat(context.getRoutes()).hasSize(1);
        int endpoints = context.getEndpoints().size();
        Set<Thread> threads = keptThreads();

        for (int i = 0; i < 10; i++) {
            reload.onReload("test");
            assertAccepted(sent(), "version two");
        }

        assertThat(context.getEndpoints()).hasSize(endpoints);
        assertThat(keptThreads()).isSubsetOf(threads);
    }

    private void write(String text) throws Exception {
        Files.writeString(folder.resolve("otp.camel.yaml"), """
                - route:
                    id: otp
                    from:
                      uri: direct:otp
                      steps:
                        - setBody:
                            constant: %s
                        - to: sendtalk:send?phone=6281212345678
                """.formatted(text));
    }

    private Sent sent() throws Exception {
        AsyncProcessor producer = context.getEndpoint("direct:otp").createAsyncProducer();
        ((Service) producer).start();
        return new Sent(context, producer, "Halo");
    }

    private static void assertAccepted(Sent call, String text) throws Exception {
        Exchange ended = call.ended();
        assertThat(ended.getException()).isNull();
        assertThat(ended.getMessage().getBody()).isEqualTo("id-" + text);
        assertThat(call.done).hasValue(1);
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                // the route comes from the file
            }
        };
    }
}
