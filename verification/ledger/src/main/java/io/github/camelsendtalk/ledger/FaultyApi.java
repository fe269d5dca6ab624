package io.github.camelsendtalk.ledger;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;

/** The server that misbehaves, and its record of what it took, for senders that are other processes. */
public final class FaultyApi implements AutoCloseable {

    private final Ledger ledger;
    private final FaultServer server;

    /**
     * @param messages how many different messages are sent, at most
     * @param seed what becomes of an attempt depends on this, the message and how often it was tried before
     * @param delayMillis how long each answer takes at least
     * @param limitsOneIn of so many answers 429, which hold up more than their message, one is given
     */
    public FaultyApi(int messages, long seed, int delayMillis, int limitsOneIn) throws IOException {
        ledger = new Ledger(messages);
        server = FaultServer.plain(ledger, new Chance(seed), limitsOneIn);
        server.setDelayMillis(delayMillis);
    }

    public String baseUrl() {
        return server.baseUrl(Way.PLAIN);
    }

    /** The recipient by whom the server knows a message. */
    public static String phone(int message) {
        return Sender.PREFIX + "%08d".formatted(message);
    }

    /** The beginning of the text by which the server knows that it is for the right recipient. */
    public static String text(int message) {
        return "Pesan %d ".formatted(message);
    }

    /** How many messages were taken. */
    public int taken() {
        return ledger.count(message -> ledger.taken(message) > 0);
    }

    public Received received(int message) {
        return new Received(
                ledger.taken(message),
                ledger.takenIn(message)
                        .mapToObj(attempt -> Connection.id(message, attempt))
                        .collect(Collectors.toSet()),
                ledger.wasMisdirected(message),
                ledger.attemptsSeen(message));
    }

    /** The codes that came to a recipient, whether they were taken or not, if its messages are codes. */
    public Set<String> codes(int message) {
        return ledger.codes(message);
    }

    /**
     * What the server did with a message.
     *
     * @param times how often it took it
     * @param ids the ids that it gave it
     * @param isMisdirected whether it came to somebody else's number
     * @param story the attempts that it saw, in words
     */
    public record Received(int times, Set<String> ids, boolean isMisdirected, String story) {}

    @Override
    public void close() throws IOException {
        server.close();
    }
}
