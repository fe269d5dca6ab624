package io.github.camelsendtalk.ledger.comparison;

import io.github.camelsendtalk.ledger.comparison.Contender.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** A contender in one kind of trouble: its server, its context, and a message that is sent. */
final class Trial implements AutoCloseable {

    /** How long an exchange may stay open. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The same where the contender's own deadline, at its default, is waited for: our longest is 30 s. */
    static final Duration LONG_PATIENCE = Duration.ofSeconds(Integer.getInteger("comparison.patience", 40));

    static final Duration DEADLINE = Duration.ofSeconds(2);

    /** How long a context that is stopped waits for what is under way: 45 s if nobody says otherwise. */
    private static final int SHUTDOWN_SECONDS = 2;

    private final Contender contender;
    private final Trouble trouble;
    private final Letter letter = Letter.next();
    private final TroubledServer server;
    private final TroubledServer elsewhere;
    private final Socket nobody = new Socket();
    private final CamelContext context;

    Trial(Contender contender, Trouble trouble) throws Exception {
        this.contender = contender;
        this.trouble = trouble;
        server = new TroubledServer(visit -> trouble.meet(visit, this));
        elsewhere = new TroubledServer(visit -> {
            visit.read();
            visit.answerJson(accepted());
        });
        nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        context = context(contender, new Target(baseUrl(), letter.secret(), options()));
    }

    static CamelContext context(Contender contender, Target target) throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeout(SHUTDOWN_SECONDS);
        context.addRoutes(new Call.Routes());
        context.addRoutes(contender.route(target));
        context.start();
        return context;
    }

    /** A port that is taken, but not listened at, refuses connections; a free one might be another trial's a moment later. */
    private String baseUrl() {
        return trouble.hasServer() ? server.baseUrl() : "http://127.0.0.1:" + nobody.getLocalPort();
    }

    private String options() {
        return trouble.hasDeadline() ? "?" + contender.deadlineOption(DEADLINE) : "";
    }

    static Finding of(Contender contender, Trouble trouble) throws Exception {
        try (Trial trial = new Trial(contender, trouble)) {
            return trouble.run(trial);
        }
    }

    String accepted() {
        return contender.accepted(letter);
    }

    String refused() {
        return contender.refused();
    }

    /** Where a redirect leads: to the same machine under another name and port. */
    String elsewhere() {
        return "http://localhost:" + elsewhere.port() + "/elsewhere";
    }

    Finding send() throws Exception {
        return sendWithin(PATIENCE);
    }

    Finding sendPatiently() throws Exception {
        return sendWithin(LONG_PATIENCE);
    }

    Finding sendAfterAnother() throws Exception {
        new Call(context, letter.another()).begin().awaitEnd(PATIENCE);
        return send();
    }

    Finding sendAfterAnotherIsClosed() throws Exception {
        new Call(context, letter.another()).begin().awaitEnd(PATIENCE);
        server.awaitFirstIsClosed(PATIENCE);
        return send();
    }

    Finding stopWhileSending() throws Exception {
        Call call = new Call(context, letter).begin();
        server.awaitRequests(1, PATIENCE);
        CompletableFuture<Void> stop = CompletableFuture.runAsync(context::stop);
        Finding finding = finding(call.awaitEnd(PATIENCE), PATIENCE);
        stop.get(1, TimeUnit.MINUTES);
        return finding;
    }

    private Finding sendWithin(Duration patience) throws Exception {
        return finding(new Call(context, letter).begin().awaitEnd(patience), patience);
    }

    private Finding finding(List<Call.Ending> endings, Duration patience) {
        return new Finding(
                contender,
                trouble,
                letter,
                List.copyOf(endings),
                patience,
                received(server),
                server.poured(),
                List.copyOf(elsewhere.requests()));
    }

    private int received(TroubledServer by) {
        return (int) by.requests().stream()
                .filter(request -> request.carries(letter.text()))
                .count();
    }

    @Override
    public void close() throws IOException {
        nobody.close();
        server.close();
        elsewhere.close();
        context.stop();
    }
}
