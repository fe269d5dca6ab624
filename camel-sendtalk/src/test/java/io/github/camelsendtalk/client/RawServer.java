package io.github.camelsendtalk.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * A server on a loopback port whose connections do what a test says, byte by byte.
 *
 * <p>The first connection runs the first script, the second the second, and so on; the last script serves all further ones.
 * A connection is closed when its script ends. What was read is recorded.
 */
final class RawServer implements AutoCloseable {

    /** What one connection does. Its failures end the connection and nothing else: clients may leave at any time. */
    interface Script {
        void run(Connection connection) throws IOException;
    }

    /** A request as it came. */
    record Request(String head, byte[] body) {

        /** The first line. */
        String line() {
            return head.lines().findFirst().orElse("");
        }

        /** The header lines, in their order. */
        List<String> headers() {
            return head.lines().skip(1).filter(line -> !line.isEmpty()).toList();
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");

    private final ServerSocket listener;
    private final List<Script> scripts;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile int lastClientsPort = -1;

    private RawServer(ServerSocketFactory factory, Script... scripts) {
        try {
            listener = factory.createServerSocket(0, 512, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException("No port is free", e);
        }
        this.scripts = List.of(scripts);
        threads.execute(this::accept);
    }

    static RawServer start(Script... scripts) {
        return new RawServer(ServerSocketFactory.getDefault(), scripts);
    }

    static RawServer startTls(SSLContext tls, Script... scripts) {
        return new RawServer(tls.getServerSocketFactory(), scripts);
    }

    /** Answers every request of every connection with the same bytes. */
    static Script answering(String answer) {
        return connection -> {
            while (true) {
                connection.read();
                connection.write(answer);
            }
        };
    }

    /** An HTTP answer with JSON in it. */
    static String json(int httpStatus, String body, String... headers) {
        StringBuilder answer = new StringBuilder("HTTP/1.1 %d Status\r\n".formatted(httpStatus));
        for (String header : headers) {
            answer.append(header).append("\r\n");
        }
        return answer.append("Content-Type: application/json\r\nContent-Length: ")
                .append(body.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n\r\n")
                .append(body)
                .toString();
    }

    int port() {
        return listener.getLocalPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    URI httpsUrl() {
        return URI.create("https://127.0.0.1:" + port());
    }

    /** The requests that were read so far. */
    List<Request> requests() {
        return requests;
    }

    /** The only request so far. */
    Request request() {
        if (requests.size() != 1) {
            throw new AssertionError("expected one request, got " + requests.size());
        }
        return requests.get(0);
    }

    /** How many connections were accepted so far. */
    int connections() {
        return connections.get();
    }

    /**
     * Serves those who are connected until they have left, and nobody after them; then all that they sent was read. The
     * clients must leave by themselves.
     */
    void awaitLastClient() {
        try (Socket last = new Socket()) {
            // the system hands connections over in their order: when it is this one's turn, all others have a thread
            last.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            lastClientsPort = last.getLocalPort();
            last.connect(listener.getLocalSocketAddress());
            last.setSoTimeout((int) PATIENCE.toMillis());
            last.getInputStream().read();
            threads.shutdown();
            if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("a client is still connected, or a script goes on without it");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                if (socket.getPort() == lastClientsPort) {
                    socket.close();
                    return;
                }
                sockets.add(socket);
                int number = connections.getAndIncrement();
                Script script = scripts.get(Math.min(number, scripts.size() - 1));
                threads.execute(() -> run(script, number, socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void run(Script script, int number, Socket socket) {
        try (socket) {
            script.run(new Connection(number, socket));
        } catch (IOException e) {
            // the client left, or the test is over
        } finally {
            sockets.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            // closed is closed
        }
        threads.shutdownNow();
    }

    /** One client's connection. */
    final class Connection {

        private final int number;
        private final Socket socket;
        private final InputStream in;

        private Connection(int number, Socket socket) throws IOException {
            this.number = number;
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        /** Its place among the connections of the server, from 0. */
        int number() {
            return number;
        }

        Socket socket() {
            return socket;
        }

        /** Reads and records one whole request. */
        Request read() throws IOException {
            String head = readHead();
            Matcher length = CONTENT_LENGTH.matcher(head);
            Request request = new Request(head, in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
            requests.add(request);
            return request;
        }

        /** Reads up to the empty line after the headers. */
        String readHead() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException();
                }
                head.write(next);
            }
            return head.toString(StandardCharsets.ISO_8859_1);
        }

        void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /** Closes with a reset instead of an orderly end. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Sends the client what another socket says, until that ends. */
        void copyFrom(Socket other) {
            try {
                other.getInputStream().transferTo(socket.getOutputStream());
                socket.shutdownOutput();
            } catch (IOException e) {
                // one of the two left
            }
        }

        /** Sends another socket what the client says, until the client leaves. */
        void copyTo(Socket other) throws IOException {
            byte[] buffer = new byte[8 * 1024];
            int length = in.read(buffer);
            while (length >= 0) {
                other.getOutputStream().write(buffer, 0, length);
                other.getOutputStream().flush();
                length = in.read(buffer);
            }
        }

        /** Waits until the client leaves, at most so long; whether it left. */
        boolean clientLeaves(Duration atMost) throws IOException {
            socket.setSoTimeout((int) atMost.toMillis());
            try {
                while (in.read() >= 0) {
                    // what still comes is of no interest
                }
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            } finally {
                socket.setSoTimeout(0);
            }
        }

        /** Says nothing until the client leaves, in whatever way. */
        void awaitClientLeaves() {
            try {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // a reset is a way to leave as well
            }
        }
    }
}
