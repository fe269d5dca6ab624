package io.github.camelsendtalk.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;

/**
 * A server on a loopback port whose connections do what a test says, byte by byte.
 *
 * <p>The first connection runs the first script, the second the second, and so on; the last script serves all further ones.
 * A connection is closed when its script ends. What was read is recorded.
 */
public final class ScriptedServer implements AutoCloseable {

    /** What the names of all its threads begin with. */
    public static final String THREADS = "scripted-server";

    private static final int BACKLOG = 2_000;
    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
    private static final Pattern CONTENT = Pattern.compile("\"(?:body|id)\":\"([^\"]*)\"");

    private final ServerSocket listener;
    private final List<Script> scripts;
    private final CompletableFuture<Void> accepting;
    private final ExecutorService threads = Executors.newCachedThreadPool(new DefaultThreadFactory(THREADS, true));
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile int lastAccepted;

    /** What one connection does. Its failures end the connection and nothing else: clients may leave at any time. */
    @FunctionalInterface
    public interface Script {
        void run(Connection connection) throws IOException, InterruptedException;

        default Script then(Script next) {
            return connection -> {
                run(connection);
                next.run(connection);
            };
        }
    }

    /** A request as it came. */
    public record Request(String head, byte[] body) {

        /** The first line. */
        public String line() {
            return head.lines().findFirst().orElse("");
        }

        /** The header lines, in their order. */
        public List<String> headers() {
            return head.lines().skip(1).filter(line -> !line.isEmpty()).toList();
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The text of a message, or the id whose status is asked for. */
        public String content() {
            Matcher content = CONTENT.matcher(text());
            return content.find() ? content.group(1) : "";
        }
    }

    private ScriptedServer(ServerSocketFactory factory, Script... scripts) {
        try {
            listener = factory.createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("No port is free", e);
        }
        this.scripts = List.of(scripts);
        accepting = CompletableFuture.runAsync(this::accept, threads);
    }

    public static ScriptedServer start(Script... scripts) {
        return new ScriptedServer(ServerSocketFactory.getDefault(), scripts);
    }

    public static ScriptedServer startTls(SSLContext tls, Script... scripts) {
        return new ScriptedServer(tls.getServerSocketFactory(), scripts);
    }

    /**
     * Starts a server that accepts each message with an id made of its text, so that an answer that crosses to another
     * exchange is seen, and says of each message that it is pending. It can be told to hold its answers back.
     */
    public static ScriptedServer startAccepting() {
        return start(connection -> {
            while (true) {
                Request request = connection.read();
                connection.held.await();
                boolean send = request.line().contains("send_whatsapp");
                connection.write(json(200, send ? Answers.accepted("id-" + request.content()) : Answers.PENDING));
            }
        });
    }

    /** Answers one request. */
    public static Script once(String answer) {
        return connection -> {
            connection.read();
            connection.write(answer);
        };
    }

    /** Answers every request with the same bytes. */
    public static Script answering(String answer) {
        return connection -> {
            while (true) {
                once(answer).run(connection);
            }
        };
    }

    /** An HTTP answer with JSON in it. */
    public static String json(int httpStatus, String body, String... headers) {
        String more = Stream.of(headers).map(header -> header + "\r\n").collect(Collectors.joining());
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return "HTTP/1.1 %d Status\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(httpStatus, more, length, body);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public URI httpsUrl() {
        return URI.create("https://127.0.0.1:" + port());
    }

    /** The requests that were read so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The only request so far. */
    public Request request() {
        return assertThat(requests).singleElement().actual();
    }

    /** The texts (or ids) of all requests so far. */
    public List<String> received() {
        return requests.stream().map(Request::content).toList();
    }

    public void awaitReceived(int atLeast) {
        Await.until(() -> requests.size() >= atLeast);
    }

    /** How many connections were accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** Holds back the answers to what comes from now on, where the server accepts all that comes. */
    public void hold() {
        gate = new CountDownLatch(1);
    }

    /** Gives the answers that were held back, and all others at once. */
    public void release() {
        gate.countDown();
    }

    /** Waits until all clients so far have left, which they must do by themselves; then all that they sent was read. */
    public void awaitClientsLeft() {
        try (Socket last = new Socket(listener.getInetAddress(), port())) {
            // the system hands connections over in their order: when it is this one's turn, all others had theirs
            int lastPort = last.getLocalPort();
            Await.until(() ->
                    lastAccepted == lastPort && sockets.stream().allMatch(socket -> socket.getPort() == lastPort));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                lastAccepted = socket.getPort();
                Script script = scripts.get(Math.min(connections.getAndIncrement(), scripts.size() - 1));
                threads.execute(() -> run(script, socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void run(Script script, Socket socket) {
        try (socket) {
            script.run(new Connection(socket));
        } catch (IOException | InterruptedException e) {
            // the client left, or the test is over
        } finally {
            sockets.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            // the system lets clients in until the thread has gone that waited for them
            accepting.join();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            // closed is closed
        }
        threads.shutdownNow();
    }

    /** One client's connection. */
    public final class Connection {

        private final Socket socket;
        private final DataInputStream in;

        /** Holds its answers back, if the server was told to when the last request came. */
        private CountDownLatch held = gate;

        private Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        }

        public Socket socket() {
            return socket;
        }

        /** Reads and records one whole request. */
        public Request read() throws IOException {
            Request request = readUnrecorded();
            held = gate;
            requests.add(request);
            return request;
        }

        /** Reads one whole request, where there are too many to keep. */
        public Request readUnrecorded() throws IOException {
            String head = readHead();
            Matcher length = CONTENT_LENGTH.matcher(head);
            return new Request(head, in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
        }

        /** Reads up to the empty line after the headers. */
        public String readHead() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
                head.append((char) in.readUnsignedByte());
            }
            return head.toString();
        }

        public void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        public void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        /** Closes with a reset instead of an orderly end. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Connects the client with another server, until one of the two leaves. */
        public void tunnelTo(Socket server) throws IOException {
            // fails where one of the two left
            threads.submit(() -> {
                server.getInputStream().transferTo(socket.getOutputStream());
                socket.shutdownOutput();
                return null;
            });
            in.transferTo(server.getOutputStream());
        }

        /** Says nothing until the client leaves, in whatever way. */
        public void awaitClientLeaves() throws IOException {
            clientLeaves(Duration.ZERO);
        }

        /** Waits until the client leaves, in whatever way; at most so long, unless that is zero. Whether it left. */
        public boolean clientLeaves(Duration atMost) throws IOException {
            socket.setSoTimeout((int) atMost.toMillis());
            try {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (SocketTimeoutException e) {
                socket.setSoTimeout(0);
                return false;
            } catch (IOException e) {
                // a reset is a way to leave as well
            }
            return true;
        }
    }
}
