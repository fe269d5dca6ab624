package io.github.camelsendtalk.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.support.AsyncSend;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
    private final ScriptedServer server = ScriptedServer.startAccepting();

    @Test
    void aRouteThatIsReloadedWithCallsInFlightLosesNoneAndSendsAsItSaysNow() throws Exception {
        component(context).setBaseUrl(server.url().toString());
        write("version one");
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:" + folder + "/otp.camel.yaml"));
        RouteOnDemandReloadStrategy reload = new RouteOnDemandReloadStrategy(folder.toString());
        reload.setPattern("*.yaml");
        context.addService(reload);
        server.hold();
        List<AsyncSend> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(sent());
        }
        server.awaitReceived(CALLS);

        write("version two");
        Future<Void> reloaded = beginGracefulStop(context -> reload.onReload("test"));
        assertThat(calls).noneMatch(call -> call.end.isDone());
        server.release();
        reloaded.get(30, TimeUnit.SECONDS);

        for (AsyncSend call : calls) {
            call.assertResult("id-version one");
        }
        sent().assertResult("id-version two");
        assertThat(reload.getLastError()).isNull();
        assertThat(context.getRoutes()).hasSize(1);
        int endpoints = context.getEndpoints().size();
        Set<Thread> threads = keptThreads();

        for (int i = 0; i < 10; i++) {
            reload.onReload("test");
            sent().assertResult("id-version two");
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

    private AsyncSend sent() throws Exception {
        return new AsyncSend(context, producer("direct:otp"), "Halo");
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
