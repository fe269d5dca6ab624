package io.github.camelsendtalk.ledger.comparison;

import io.github.camelsendtalk.ledger.comparison.TroubledServer.Request;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client's connection. */
final class Visit {

    /** An endless answer has its end here. */
    static final int MOST = 64 << 20;

    static final String JSON = "Content-Type: application/json\r\n";

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");

    private final TroubledServer server;
    private final Socket socket;
    private final InputStream in;
    private final boolean first;

    Visit(TroubledServer server, Socket socket, boolean first) throws IOException {
        this.server = server;
        this.socket = socket;
        this.first = first;
        in = new BufferedInputStream(socket.getInputStream());
        socket.setTcpNoDelay(true);
    }

    boolean isFirst() {
        return first;
    }

    /** Reads and records a whole request. */
    Request read() throws IOException {
        String head = head();
        Matcher length = LENGTH.matcher(head);
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        Request request = new Request(head, new String(body, StandardCharsets.UTF_8));
        server.record(request);
        return request;
    }

    private String head() throws IOException {
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

    /** Waits until the client writes. */
    void awaitFirstByte() throws IOException {
        in.read();
    }

    void answer(String status, String headers, String body) throws IOException {
        write("HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n%s".formatted(status, headers, body.length(), body));
    }

    void answerJson(String body) throws IOException {
        answer("200 OK", JSON, body);
    }

    /** Half of the body that was announced. */
    void answerHalf(String body) throws IOException {
        write("HTTP/1.1 200 OK\r\n" + JSON + "Content-Length: " + body.length() + "\r\n\r\n");
        write(body.substring(0, body.length() / 2));
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** A success that never gets to its point; given up after {@link #MOST} bytes. */
    void pour() throws IOException {
        write("HTTP/1.1 200 OK\r\n" + JSON + "Content-Length: 1000000000000\r\n\r\n");
        String blanks = " ".repeat(1 << 16);
        for (int written = 0; written < MOST; written += blanks.length()) {
            write(blanks);
            server.pour(blanks.length());
        }
    }

    /** A byte each 100 ms, for as long as the client listens. */
    void drip() throws IOException {
        write("HTTP/1.1 200 OK\r\n" + JSON + "Content-Length: 100000\r\n\r\n");
        while (!socket.isClosed()) {
            write(" ");
            LockSupport.parkNanos(100_000_000);
        }
    }

    /** Says nothing until the client leaves. */
    void beSilent() throws IOException {
        while (in.read() >= 0) {
            // What it sends meanwhile is for nobody.
        }
    }

    /** Ends the answers, and gives the client so long to notice. */
    void closeInOrder(Duration forTheClient) throws IOException {
        socket.shutdownOutput();
        socket.setSoTimeout((int) forTheClient.toMillis());
        try {
            beSilent();
        } catch (SocketTimeoutException e) {
            // It did not look.
        }
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
