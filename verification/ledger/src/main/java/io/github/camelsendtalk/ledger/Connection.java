package io.github.camelsendtalk.ledger;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A connection to the server: reads one request after the other, and does to each what chance says. */
final class Connection implements Runnable {

    private final FaultServer server;
    private final Socket raw;
    /** The same, or TLS on top of it. */
    private final Socket socket;

    private final InputStream in;
    private final OutputStream out;
    private final Way way;
    private Request request;
    private int attempt;

    Connection(FaultServer server, Way way, Socket raw, @Nullable SSLContext tls) throws IOException {
        this.server = server;
        this.way = way;
        this.raw = raw;
        this.socket = tls == null ? raw : onTop(raw, tls);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    private static Socket onTop(Socket raw, SSLContext tls) throws IOException {
        return tls.getSocketFactory().createSocket(raw, InputStream.nullInputStream(), true);
    }

    @Override
    public void run() {
        try {
            while (!socket.isClosed()) {
                serve();
            }
        } catch (IOException e) {
            // The client left, as it may at any time.
        } finally {
            reset();
            server.forget(this);
        }
    }

    private void serve() throws IOException {
        request = Request.read(in);
        if (!request.apiKey().equals(way.apiKey())) {
            server.ledger().wrongKey();
        }
        Fault fault = request.asksForStatus() ? asked() : received();
        server.beSlow(way);
        fault.act(this);
    }

    private Fault asked() {
        attempt = server.ledger().asked(request.message());
        return Fault.ofStatus(server.chance(), request.message(), attempt);
    }

    private Fault received() throws IOException {
        int message = request.message();
        attempt = server.ledger().attempt(message);
        Fault fault = server.fault(message, attempt);
        if (fault.readsAll()) {
            in.skipNBytes(request.unread());
        }
        server.ledger().received(message, System.nanoTime());
        if (request.isMisdirected()) {
            server.ledger().misdirected(message);
        }
        if (request.code() != null) {
            server.ledger().code(message, request.code());
        }
        server.ledger().record(message, attempt, fault, server.takes(fault, message, attempt));
        return fault;
    }

    static String acceptedWithId(String id) {
        return """
                {"status":200,"error":{"code":"","message":"","field":""},"data":{"success":true,"message":"","reason":"","id":"%s"}}""".formatted(id);
    }

    String accepted() {
        return request.asksForStatus() ? status() : acceptedWithId(id(request.message(), attempt));
    }

    static String id(int message, int attempt) {
        return message + "-" + attempt;
    }

    /** Of every other one it is pending still; its time says whose it is. */
    private String status() {
        boolean isPending = (request.message() + attempt) % 2 == 0;
        return """
                {"status":200,"error":{"code":"","message":"","field":""},"data":{"status":"%s","isPending":%s,"isSent":%s,"createdTime":%d,"sentTime":%d}}""".formatted(
                        isPending ? "pending" : "sent", isPending, !isPending, request.message(), request.message());
    }

    void answerAccepted() throws IOException {
        answer("200 OK", "", accepted());
    }

    void refuse(String reason) throws IOException {
        answer("200 OK", "", """
                {"status":200,"error":{"code":"","message":"","field":""},"data":{"success":false,"message":"","reason":"%s","id":""}}""".formatted(reason));
    }

    void answerError(int status, String code) throws IOException {
        answer("200 OK", "", """
                {"status":%d,"error":{"code":"%s","message":"","field":""},"data":{}}""".formatted(status, code));
    }

    void answer(String status, String headers, String body) throws IOException {
        write(response(status, headers, body));
    }

    private static String response(String status, String headers, String body) {
        return "HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n%s".formatted(status, headers, body.length(), body);
    }

    void answerInPieces() throws IOException {
        for (char each : response("200 OK", "", accepted()).toCharArray()) {
            write(String.valueOf(each));
        }
    }

    /** A byte each 100 ms, for as long as the client listens. */
    void drip() throws IOException {
        write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        while (!socket.isClosed()) {
            write(" ");
            waitMillis(100);
        }
    }

    void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Waits until the client closes the connection. */
    void awaitEnd() throws IOException {
        while (in.read() >= 0) {
            // What it sends meanwhile is for nobody.
        }
        socket.close();
    }

    void waitMillis(long millis) {
        LockSupport.parkNanos(millis * 1_000_000);
    }

    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    void close() throws IOException {
        socket.close();
    }

    /** For the story of one that is left over. */
    @Override
    public String toString() {
        return "by %s from port %d, %s"
                .formatted(
                        way, raw.getPort(), request == null ? "no request" : "last for message " + request.message());
    }

    void reset() {
        try {
            if (!raw.isClosed()) {
                raw.setSoLinger(true, 0);
            }
            raw.close();
        } catch (IOException e) {
            // It is gone already.
        }
    }
}
