package io.github.camelsendtalk.sandbox;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.ClasspathFileSource;
import com.github.tomakehurst.wiremock.common.FileSource;
import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.store.DefaultStores;
import com.github.tomakehurst.wiremock.store.RequestJournalStore;
import com.github.tomakehurst.wiremock.store.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * A local SendTalk: answers as the SendTalk messages API does, and sends nothing.
 *
 * <p>It takes any API key. The end of a recipient's number says what becomes of a message:
 *
 * <table>
 * <caption>Recipients</caption>
 * <tr><th>phone ends in</th><th>answer to {@code send_whatsapp}</th></tr>
 * <tr><td>{@code 0001}</td><td>refused: {@code success} false, {@code reason} {@code invalid_recipient}</td></tr>
 * <tr><td>{@code 0002}</td><td>refused: {@code success} false, {@code reason} {@code insufficient_balance}</td></tr>
 * <tr><td>anything else</td><td>accepted: pending at first, then sent</td></tr>
 * </table>
 *
 * <p>It keeps the newest 100,000 accepted messages, and the newest 10,000 requests in WireMock's journal. The journal
 * holds the API keys that came, and is there for {@link #wireMock()} alone: WireMock's admin API over HTTP is closed.
 */
public final class SendTalkSandbox implements AutoCloseable {

    private static final int MESSAGES_KEPT = 100_000;
    private static final int REQUESTS_KEPT = 10_000;
    private static final String LOOPBACK = "127.0.0.1";
    private static final String FILES = "io/github/camelsendtalk/sandbox/wiremock";

    private final Newest<String, SandboxMessage> messages = new Newest<>(MESSAGES_KEPT);
    private final WireMockServer wireMock;

    private SendTalkSandbox(Builder settings) {
        FileSource files = new ClasspathFileSource(FILES);
        wireMock = new WireMockServer(WireMockConfiguration.options()
                .bindAddress(LOOPBACK)
                .port(settings.port)
                .fileSource(files)
                .withStores(storesOf(files))
                .extensions(
                        new MessageAcceptance(messages, settings.clock),
                        new StatusAnswer(messages, settings.clock, settings.sentAfter))
                .adminAuthenticator(request -> false)
                .stubRequestLoggingDisabled(true)
                // A delayed answer holds no thread, and a burst of new connections is not turned away.
                .asynchronousResponseEnabled(true)
                .asynchronousResponseThreads(10)
                .jettyAcceptQueueSize(1_000)
                // One request at a time on a connection, so that a reset connection is the fate of one message.
                .http2PlainDisabled(true));
    }

    private static Stores storesOf(FileSource files) {
        RequestJournalStore journal = new RequestJournal(REQUESTS_KEPT);
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

    /** The address to give to the component as {@code baseUrl}. */
    public String baseUrl() {
        return "http://" + LOOPBACK + ":" + wireMock.port();
    }

    /**
     * The WireMock server behind the sandbox, to add stubs to and to verify requests with.
     *
     * <p>The sandbox's own stubs have priorities from 10 on: a stub with WireMock's default priority, 5, goes before
     * them.
     */
    public WireMockServer wireMock() {
        return wireMock;
    }

    /** The accepted messages, in order of arrival. */
    public List<SandboxMessage> messages() {
        return messages.all();
    }

    /** The accepted messages to a number, written as the API got it, in order of arrival. */
    public List<SandboxMessage> messagesTo(String phone) {
        return messages().stream()
                .filter(message -> message.phone().equals(phone))
                .toList();
    }

    /** Forgets all messages and requests; stubs stay. */
    public void clear() {
        messages.clear();
        wireMock.resetRequests();
    }

    /** Stops the server. */
    @Override
    public void close() {
        wireMock.stop();
    }

    /** Settings of a sandbox. */
    public static final class Builder {

        private int port = Options.DYNAMIC_PORT;
        private Duration sentAfter = Duration.ofSeconds(1);
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /** The port to listen on; a free one by default. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** How long a message stays pending, 1 s by default; with {@link Duration#ZERO} it is sent at once. */
        public Builder sentAfter(Duration sentAfter) {
            if (sentAfter.isNegative()) {
                throw new IllegalArgumentException("sentAfter must not be negative, but is " + sentAfter);
            }
            this.sentAfter = sentAfter;
            return this;
        }

        Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /** Starts the sandbox. */
        public SendTalkSandbox start() {
            SendTalkSandbox sandbox = new SendTalkSandbox(this);
            sandbox.wireMock.start();
            return sandbox;
        }
    }
}
