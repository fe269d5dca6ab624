package io.github.camelsendtalk.ledger.comparison;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A server on a loopback port that does the same to each of its connections, and keeps what it read. */
final class TroubledServer implements AutoCloseable {

    /** What is done to a connection. Its failures end the connection and nothing else: clients may leave at any time. */
    interface Behaviour {
        void meet(Visit visit) throws IOException;
    }

    /** A request as it came. */
    record Request(String head, String body) {

        boolean carries(String text) {
            return body.contains(text);
        }
    }

    private static final int BACKLOG = 512;

    private final Behaviour behaviour;
    private final ServerSocket listener;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Semaphore received = new Semaphore(0);
    private final AtomicLong poured = new AtomicLong();
    private final CountDownLatch firstIsClosed = new CountDownLatch(1);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "troubled-server");
        thread.setDaemon(true);
        return thread;
    });

    TroubledServer(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    private void accept() {
        boolean first = true;
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                Visit visit = new Visit(this, socket, first);
                first = false;
                threads.execute(() -> meet(visit, socket));
            } catch (IOException e) {
                // The listener was closed, or the client left already.
            }
        }
    }

    private void meet(Visit visit, Socket socket) {
        try (socket) {
            behaviour.meet(visit);
        } catch (IOException e) {
            // The client left, or the trial is over.
        } finally {
            sockets.remove(socket);
            if (visit.isFirst()) {
                firstIsClosed.countDown();
            }
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return listener.getLocalPort();
    }

    void record(Request request) {
        requests.add(request);
        received.release();
    }

    void pour(int bytes) {
        poured.addAndGet(bytes);
    }

    List<Request> requests() {
        return requests;
    }

    /** How many bytes of an endless answer were written. */
    long poured() {
        return poured.get();
    }

    /** Waits until so many requests were read since the last such wait, at most so long. */
    void awaitRequests(int count, Duration atMost) throws InterruptedException {
        received.tryAcquire(count, atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until the first connection is closed, at most so long. */
    void awaitFirstIsClosed(Duration atMost) throws InterruptedException {
        firstIsClosed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closeQuietly(listener);
        sockets.forEach(TroubledServer::closeQuietly);
        threads.shutdownNow();
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Closed is closed.
        }
    }
}
