package io.github.camelsendtalk.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Plays SendTalk, badly: each attempt to send a message meets the fault that chance gave it, and is written down. */
final class FaultServer implements AutoCloseable {

    private static final int CHANCE_TO_TAKE = 2;
    private static final int CHANCE_AT_THE_DOOR = 3;
    private static final int CHANCE_OF_A_LIMIT = 7;
    private static final int BACKLOG = 512;

    private final Ledger ledger;
    private final Chance chance;
    /** Of so many answers 429 that chance gives, one is given; the others' messages are accepted. */
    private final int limitsOneIn;

    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicInteger delayMillis = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fault-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Way, Door> doors = new EnumMap<>(Way.class);
    private final Set<ServerSocket> listeners = ConcurrentHashMap.newKeySet();

    /** Where it listens for what comes by one way. */
    private record Door(Way way, int port, @Nullable SSLContext tls) {}

    FaultServer(Ledger ledger, Chance chance, Certificates certificates) throws Exception {
        this(ledger, chance, 1);
        for (Way way : Way.values()) {
            doors.put(way, open(new Door(way, 0, certificates.server(way))));
        }
    }

    private FaultServer(Ledger ledger, Chance chance, int limitsOneIn) {
        this.ledger = ledger;
        this.chance = chance;
        this.limitsOneIn = limitsOneIn;
    }

    /** One that is reached by {@link Way#PLAIN} only. */
    static FaultServer plain(Ledger ledger, Chance chance, int limitsOneIn) throws IOException {
        FaultServer server = new FaultServer(ledger, chance, limitsOneIn);
        server.doors.put(Way.PLAIN, server.open(new Door(Way.PLAIN, 0, null)));
        return server;
    }

    private Door open(Door door) throws IOException {
        ServerSocket listener =
                onceFree(() -> new ServerSocket(door.port(), BACKLOG, InetAddress.getLoopbackAddress()));
        listeners.add(listener);
        threads.execute(() -> accept(listener, door));
        return new Door(door.way(), listener.getLocalPort(), door.tls());
    }

    /** Waits while a connection that goes out of this machine happens to have the port. */
    static <T> T onceFree(Binding<T> binding) throws IOException {
        for (int i = 0; i < 500; i++) {
            try {
                return binding.bind();
            } catch (IOException e) {
                LockSupport.parkNanos(20_000_000);
            }
        }
        return binding.bind();
    }

    /** Takes a port. */
    interface Binding<T> {
        T bind() throws IOException;
    }

    private void accept(ServerSocket from, Door door) {
        while (!from.isClosed()) {
            try {
                welcome(from.accept(), door);
            } catch (IOException e) {
                // The listener was closed, or the client left already.
            }
        }
    }

    private void welcome(Socket socket, Door door) throws IOException {
        socket.setTcpNoDelay(true);
        Connection connection = new Connection(this, door.way(), socket, door.tls());
        connections.add(connection);
        int chanceOfEntry = chance.of(1_000, CHANCE_AT_THE_DOOR, accepted.getAndIncrement());
        if (chanceOfEntry < 20) {
            connection.reset();
            forget(connection);
        } else if (chanceOfEntry < 24) {
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

    String baseUrl(Way way) {
        Door door = Objects.requireNonNull(doors.get(way));
        return (door.tls() == null ? "http" : "https") + "://127.0.0.1:" + door.port();
    }

    Ledger ledger() {
        return ledger;
    }

    Chance chance() {
        return chance;
    }

    /** The fate of an attempt to send a message. */
    Fault fault(int message, int attempt) {
        Fault fault = Fault.of(chance, message, attempt);
        return switch (fault) {
            case TOO_MANY_REQUESTS, TOO_MANY_REQUESTS_FOR_NOW, TOO_MANY_REQUESTS_IN_JSON ->
                chance.of(limitsOneIn, CHANCE_OF_A_LIMIT, message * 64L + attempt) == 0 ? fault : Fault.ACCEPTED;
            default -> fault;
        };
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

    Set<String> connections() {
        return connections.stream().map(Connection::toString).collect(Collectors.toSet());
    }

    /** Delays all answers from now on. */
    void setDelayMillis(int millis) {
        delayMillis.set(millis);
    }

    void beSlow(Way way) {
        LockSupport.parkNanos((delayMillis.get() + way.answerMillis()) * 1_000_000L);
    }

    /** Breaks all connections, and lets nobody in for a while. */
    void restartAfter(long millis) throws IOException {
        breakAll();
        LockSupport.parkNanos(millis * 1_000_000);
        for (Door door : doors.values()) {
            open(door);
        }
    }

    private void breakAll() throws IOException {
        for (ServerSocket listener : listeners) {
            listener.close();
        }
        listeners.clear();
        connections.forEach(Connection::reset);
    }

    @Override
    public void close() throws IOException {
        breakAll();
        threads.shutdown();
    }
}
