package io.github.camelsendtalk.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.client.CallEndings;
import io.github.camelsendtalk.client.CallEndings.Ending;
import io.github.camelsendtalk.leaks.HuntedContext.Watch;
import io.github.camelsendtalk.support.ConsoleCapture;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.TestKeys;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.impl.DefaultCamelContext;

/** A server, and contexts that call it with one key, and all that they print. */
final class Hunt implements AutoCloseable {

    private final String key = TestKeys.next();
    private final ConsoleCapture log = new ConsoleCapture();
    private volatile Ending ending = CallEndings.REPEATS_EVERYTHING;
    private volatile String echo = "";
    private final ScriptedServer server =
            ScriptedServer.start(connection -> ending.script().apply(echo).run(connection));
    private final HuntedContext defaults;
    private final HuntedContext watched;

    Hunt() throws Exception {
        // other tests switch it off for all contexts that follow
        DefaultCamelContext.setDisableJmx(false);
        defaults = context(Watch.DEFAULTS, component -> {});
        watched = context(Watch.EVERYTHING, component -> {});
    }

    /** A context whose component has settings of its own. */
    HuntedContext context(Watch watch, Consumer<SendTalkComponent> settings) throws Exception {
        return new HuntedContext(watch, component -> {
            component.getConfiguration().setApiKey(key);
            component.setBaseUrl(server.url().toString());
            settings.accept(component);
        });
    }

    ScriptedServer server() {
        return server;
    }

    /** What the server does from now on. */
    void play(Ending next, String repeating) {
        ending = next;
        echo = repeating;
    }

    ConsoleCapture log() {
        return log;
    }

    /** The one in which Camel shows what it shows unasked. */
    HuntedContext defaults() {
        return defaults;
    }

    /** The one in which Camel shows all that it can. */
    HuntedContext watched() {
        return watched;
    }

    Secrets secrets() {
        return Secrets.next(key);
    }

    /** Secrets with a number of a set ending, by which the sandbox chooses what to do. */
    Secrets secretsWithNumberEndingIn(String ending) {
        return Secrets.next(key, ending);
    }

    /** Looks into what tells of calls. */
    void findsNothing(Secrets secrets, HuntedContext context, List<Call> calls) throws Exception {
        assertThat(Places.ofCalls(context, log, calls).leaksOf(secrets)).isEmpty();
    }

    /** Looks everywhere. */
    void findsNothingAnywhere(Secrets secrets, HuntedContext context, List<Call> calls) throws Exception {
        assertThat(Places.all(context, log, calls).leaksOf(secrets)).isEmpty();
    }

    @Override
    public void close() {
        defaults.close();
        watched.close();
        server.close();
        log.close();
    }
}
