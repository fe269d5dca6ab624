package io.github.camelsendtalk.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Plays SendTalk, badly: each attempt to send a message meets the fault that chance gave it, and is written down. */
final class FaultServer implements AutoCloseable {

    private static final int CHANCE_TO_TAKE = 2;
    private static final int CHANCE_AT_THE_DOOR = 3;
    private static final int BACKLOG = 512;

    private final Ledger ledger;
    private final Chance chance;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicInteger delayMillis = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fault-server");
        thread.setDaemon(true);
        return thread;
    });
    private final int port;
    private volatile @Nullable ServerSocket listener;

    FaultServer(Ledger ledger, Chance chance) {
        this.ledger = ledger;
        this.chance = chance;
        ServerSocket first = listen(0);
        port = first.getLocalPort();
        listener = first;
        threads.execute(() -> accept(first));
    }

    private static ServerSocket listen(int port) {
        try {
            return new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                open(from.accept());
            } catch (IOException e) {
                // The listener was closed, or the client left already.
            }
        }
    }

    private void open(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        Connection connection = new Connection(this, socket);
        connections.add(connection);
        int door = chance.of(1_000, CHANCE_AT_THE_DOOR, accepted.getAndIncrement());
        if (door < 20) {
            connection.reset();
            forget(connection);
        } else if (door < 24) {
            threads.execute(() -> readNothing(connection));
        } else {
            threads.execute(connection);
        }
    }

    private void readNothing(Connection connection) {
        connection.waitMillis(3_000);
        connection.reset();
        forget(connection);
    }

    String baseUrl() {
        return "http://127.0.0.1:" + port;
    }

    Ledger ledger() {
        return ledger;
    }

    Chance chance() {
        return chance;
    }

    boolean takes(Fault fault, int message, int attempt) {
        return switch (fault.taken()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case PERHAPS -> chance.of(2, CHANCE_TO_TAKE, message * 64L + attempt) == 1;
        };
    }

    void forget(Connection connection) {
        connections.remove(connection);
    }

    int connections() {
        return connections.size();
    }

    /** Delays all answers from now on. */
    void setDelayMillis(int millis) {
        delayMillis.set(millis);
    }

    void beSlow() {
        LockSupport.parkNanos(delayMillis.get() * 1_000_000L);
    }

    /** Breaks all connections, and lets nobody in for a while. */
    void restartAfter(long millis) throws IOException {
        ServerSocket before = listener;
        if (before != null) {
            before.close();
        }
        connections.forEach(Connection::reset);
        LockSupport.parkNanos(millis * 1_000_000);
        ServerSocket after = listen(port);
        listener = after;
        threads.execute(() -> accept(after));
    }

    @Override
    public void close() throws IOException {
        ServerSocket last = listener;
        if (last != null) {
            last.close();
        }
        connections.forEach(Connection::reset);
        threads.shutdown();
    }
}
