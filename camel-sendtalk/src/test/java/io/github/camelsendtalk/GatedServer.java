package io.github.camelsendtalk;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that holds its answers back behind a gate, which a test closes and opens. It accepts each message with an id made
 * of its text, so that an answer that crosses to another exchange is seen, and says of each message that it is pending.
 */
final class GatedServer implements AutoCloseable {

    static final String NAME = "gated-server";

    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
    private static final Pattern TEXT = Pattern.compile("\"(?:body|id)\":\"([^\"]*)\"");

    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    GatedServer() throws IOException {
        listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    String url() {
        return "http://localhost:" + listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /** Holds back the answers to what comes from now on. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    /** Gives the answers that were held back, and all others at once. */
    void release() {
        gate.countDown();
    }

    /** The texts (or ids) of all requests so far. */
    List<String> received() {
        return received;
    }

    void awaitReceived(int requests) {
        SendTalkTestSupport.await(() -> received.size() >= requests);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, NAME);
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                String head = head(in);
                Matcher length = CONTENT_LENGTH.matcher(head);
                byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
                Matcher said = TEXT.matcher(new String(body, StandardCharsets.UTF_8));
                String text = said.find() ? said.group(1) : "";
                CountDownLatch held = gate;
                received.add(text);
                held.await();
                answer(socket, head.contains("send_whatsapp") ? accepted("id-" + text) : SendTalkTestSupport.PENDING);
            }
        } catch (IOException e) {
            // the client went away, which ends this connection
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(socket);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static String accepted(String id) {
        return SendTalkTestSupport.accepted().replace(SendTalkTestSupport.ID, id);
    }

    private static void answer(Socket socket, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(
                ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        answer.writeBytes(body);
        socket.getOutputStream().write(answer.toByteArray());
    }

    @Override
    public void close() throws IOException {
        gate.countDown();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
