package io.github.camelsendtalk.sandbox;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.ClasspathFileSource;
import com.github.tomakehurst.wiremock.common.FatalStartupException;
import com.github.tomakehurst.wiremock.common.FileSource;
import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.global.GlobalSettings;
import com.github.tomakehurst.wiremock.store.DefaultStores;
import com.github.tomakehurst.wiremock.store.RequestJournalStore;
import com.github.tomakehurst.wiremock.store.Stores;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A local SendTalk: answers as the SendTalk messages API does, and sends nothing.
 *
 * <p>It takes any API key, unless it is told which. The end of a recipient's number says what becomes of a message: most
 * are accepted, and are pending at first, then sent, then read; some endings misbehave on purpose, as the inbox page at
 * {@link #baseUrl()} and {@code docs/sandbox.adoc} list them.
 *
 * <p>It keeps the newest 100,000 messages and refused requests (less if they hold more than 64 Mi characters), and the
 * newest 10,000 requests in WireMock's journal. The journal holds the API keys that came, and is there for
 * {@link #wireMock()} alone: WireMock's admin API over HTTP is closed.
 */
public class SendTalkSandbox implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SendTalkSandbox.class.getName());
    private static final int REQUESTS_KEPT = 10_000;
    private static final long IDLE_MILLIS = 120_000;
    private static final String FILES = "io/github/camelsendtalk/sandbox/wiremock";

    private final Builder settings;
    private final SandboxClock clock;
    private final Inbox inbox = new Inbox();
    private final RequestJournal journal = new RequestJournal(REQUESTS_KEPT);
    private volatile @Nullable WireMockServer wireMock;
    private volatile List<StubMapping> stubs = List.of();

    SendTalkSandbox(Builder settings) {
        this.settings = new Builder(settings);
        clock = new SandboxClock(settings.frozenAt);
    }

    private WireMockConfiguration options() {
        FileSource files = new ClasspathFileSource(FILES);
        Statuses statuses = new Statuses(clock, settings.sentAfter, settings.readAfter);
        return WireMockConfiguration.options()
                .bindAddress(settings.host)
                .port(settings.port)
                .fileSource(files)
                .withStores(storesOf(files))
                .extensions(
                        new Reception(inbox, clock),
                        new StatusAnswer(inbox, statuses),
                        CustomMatcher.wrongKey(settings.apiKey),
                        CustomMatcher.foreignName(settings.host),
                        CustomMatcher.knownMessage(inbox),
                        CustomMatcher.turnToRefuse(inbox),
                        new SandboxApi(
                                inbox,
                                new InboxView(inbox, statuses, clock),
                                clock,
                                journal,
                                () -> Recipient.in(wireMock().getStubMappings()),
                                this::clear))
                .adminAuthenticator(request -> false)
                .stubRequestLoggingDisabled(true)
                .httpServerFactory(SandboxServer::new)
                // A delayed answer holds no thread, and a burst of new connections is not turned away.
                .asynchronousResponseEnabled(true)
                .asynchronousResponseThreads(10)
                .jettyAcceptQueueSize(1_000)
                // Longer than the component uses one again: else one may be closed just as a message goes on it.
                .jettyIdleTimeout(IDLE_MILLIS)
                // One request at a time on a connection, so that a reset connection is the fate of one message.
                .http2PlainDisabled(true);
    }

    private Stores storesOf(FileSource files) {
        return new DefaultStores(files) {
            @Override
            public RequestJournalStore getRequestJournalStore() {
                return journal;
            }
        };
    }

    /** Starts a sandbox with the default settings, on a free port of the loopback address. */
    public static SendTalkSandbox start() {
        return builder().start();
    }

    /** Settings for a sandbox that is to differ from the default. */
    public static Builder builder() {
        return new Builder();
    }

    /** The address to give to the component as {@code baseUrl}, also that of the inbox page. */
    public String baseUrl() {
        String host = is(settings.host, InetAddress::isAnyLocalAddress) ? Builder.LOOPBACK : settings.host;
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + wireMock().port();
    }

    /**
     * The WireMock server behind the sandbox, to add stubs to and to verify requests with.
     *
     * <p>The sandbox's own stubs have priorities from 10 on: a stub with WireMock's default priority, 5, goes before
     * them. Messages that such a stub answers are not kept, unless its metadata say {@code "accepts": true}.
     *
     * @throws IllegalStateException if the sandbox was not started yet
     */
    public WireMockServer wireMock() {
        WireMockServer server = wireMock;
        if (server == null) {
            throw new IllegalStateException(
                    "The sandbox was not started yet: a SendTalkSandboxExtension needs a field with @RegisterExtension.");
        }
        return server;
    }

    /** The accepted messages, in order of arrival. */
    public List<SandboxMessage> messages() {
        return inbox.matching(Entry::isAccepted).stream().map(Entry::toMessage).toList();
    }

    /** The accepted messages to a number, written as the API got it, in order of arrival. */
    public List<SandboxMessage> messagesTo(String phone) {
        return messages().stream()
                .filter(message -> message.phone().equals(phone))
                .toList();
    }

    /**
     * Waits until at least so many messages were accepted since the start, or since the last {@link #clear()} or
     * {@link #reset()}.
     *
     * @return the accepted messages, in order of arrival
     * @throws AssertionError        if fewer came within the time; says how many, and why others were refused
     * @throws IllegalStateException if the thread is interrupted
     */
    public List<SandboxMessage> await(int count, Duration atMost) {
        try {
            if (!inbox.await(count, atMost)) {
                throw new AssertionError(missing(count, atMost));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + count + " messages", e);
        }
        return messages();
    }

    private String missing(int count, Duration atMost) {
        List<Entry> refused = inbox.matching(entry -> !entry.isAccepted());
        return "Of %d messages %d came within %s; %s."
                .formatted(
                        count,
                        messages().size(),
                        atMost,
                        refused.isEmpty()
                                ? "no request was refused"
                                : "refused: "
                                        + refused.stream()
                                                .map(Entry::refused)
                                                .distinct()
                                                .toList());
    }

    /**
     * Steps the clock by which messages are sent and read.
     *
     * @throws IllegalArgumentException if the duration is negative or longer than 3650 days
     */
    public void step(Duration duration) {
        clock.step(duration);
    }

    /** Forgets all messages and requests; stubs stay. */
    public void clear() {
        inbox.clear();
        wireMock().resetRequests();
    }

    /** Makes the sandbox as it was at its start: no messages, no requests, no stubs but its own, the clock not stepped. */
    public void reset() {
        resetStubs();
        clear();
        clock.reset();
    }

    /** WireMock's own reset takes all stubs away for a moment, and who asks just then gets its 404. */
    private void resetStubs() {
        WireMockServer server = wireMock();
        List<StubMapping> now = server.getStubMappings();
        now.stream().filter(stub -> !stubs.contains(stub)).forEach(server::removeStub);
        stubs.stream().filter(stub -> !now.contains(stub)).forEach(server::addStubMapping);
        server.resetScenarios();
        server.updateGlobalSettings(GlobalSettings.defaults());
    }

    /** Stops the server. */
    @Override
    public void close() {
        wireMock().stop();
    }

    /**
     * Starts to listen.
     *
     * @throws IllegalStateException if it can't, for instance because the port is taken
     */
    final void listen() {
        inbox.clear();
        journal.clear();
        clock.reset();
        // A new one each time: one that was stopped can't delay answers any more.
        WireMockServer server = newServer();
        wireMock = server;
        try {
            server.start();
            stubs = server.getStubMappings();
        } catch (FatalStartupException e) {
            throw new IllegalStateException(
                    "The sandbox can't listen on port %d of %s (%s): choose another port or address."
                            .formatted(settings.port, settings.host, reasonOf(e)),
                    e);
        }
        if (!isLoopback(settings.host)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The sandbox listens on {0}, beyond this machine: whoever reaches it can read the messages.",
                    settings.host);
        }
    }

    private WireMockServer newServer() {
        try {
            Json.node("{}"); // Plain WireMock has it with another class, and would fail with the first message.
            return new WireMockServer(options());
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "The sandbox needs org.wiremock:wiremock-standalone, and another WireMock comes first on the class path: %s. Name the sandbox before it in the pom, or leave it out: the sandbox brings WireMock."
                            .formatted(Json.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()),
                    e);
        }
    }

    /** The message of the innermost cause that has one. */
    private static @Nullable String reasonOf(@Nullable Throwable e) {
        if (e == null) {
            return null;
        }
        String reason = reasonOf(e.getCause());
        return reason == null ? e.getMessage() : reason;
    }

    static boolean isLoopback(String host) {
        return is(host, InetAddress::isLoopbackAddress);
    }

    private static boolean is(String host, Predicate<InetAddress> kind) {
        try {
            return kind.test(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Settings of a sandbox. */
    public static final class Builder {

        private static final String LOOPBACK = "127.0.0.1";

        private String host = LOOPBACK;
        private int port = Options.DYNAMIC_PORT;
        private @Nullable String apiKey;
        private Duration sentAfter = Duration.ofSeconds(1);
        private Duration readAfter = Duration.ofSeconds(3);
        private @Nullable Instant frozenAt;

        private Builder() {}

        /** A copy, so that a builder that is used again changes no sandbox that it made. */
        private Builder(Builder other) {
            host = other.host;
            port = other.port;
            apiKey = other.apiKey;
            sentAfter = other.sentAfter;
            readAfter = other.readAfter;
            frozenAt = other.frozenAt;
        }

        /** The address to listen on, the loopback address by default; with any other, others can read the messages. */
        public Builder host(String host) {
            this.host = notBlank("host", host);
            return this;
        }

        /** The port to listen on; a free one by default. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** The only API key to accept; others are answered with {@code 49103}. Any key is accepted by default. */
        public Builder apiKey(String apiKey) {
            this.apiKey = notBlank("apiKey", apiKey);
            return this;
        }

        /** What comes from a variable that is not set would be a sandbox that nobody reaches, or that takes no key. */
        private static String notBlank(String name, String value) {
            if (value.isBlank()) {
                throw new IllegalArgumentException(name + " must not be blank");
            }
            return value;
        }

        /**
         * How long a message stays pending, 1 s by default; with {@link Duration#ZERO} it is sent at once. Codes
         * overtake the others: they wait a fifth of it.
         */
        public Builder sentAfter(Duration sentAfter) {
            this.sentAfter = bounded("sentAfter", sentAfter);
            return this;
        }

        /** How long a message that was sent stays unread, 3 s by default. */
        public Builder readAfter(Duration readAfter) {
            this.readAfter = bounded("readAfter", readAfter);
            return this;
        }

        private static Duration bounded(String name, Duration duration) {
            if (duration.isNegative() || duration.compareTo(SandboxClock.LONGEST) > 0) {
                throw new IllegalArgumentException("%s must be between 0 and %d days, but is %s"
                        .formatted(name, SandboxClock.LONGEST.toDays(), duration));
            }
            return duration;
        }

        /** A clock that stands still until {@link SendTalkSandbox#step} moves it; the system's clock by default. */
        public Builder frozenAt(Instant instant) {
            this.frozenAt = instant;
            return this;
        }

        /**
         * Starts the sandbox.
         *
         * @throws IllegalStateException if it can't listen, for instance because the port is taken
         */
        public SendTalkSandbox start() {
            SendTalkSandbox sandbox = new SendTalkSandbox(this);
            sandbox.listen();
            return sandbox;
        }
    }
}
