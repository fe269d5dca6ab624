package io.github.camelsendtalk.leaks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server on one thread that keeps nothing, and answers a message as the end of its number says. */
final class MixedServer implements AutoCloseable {

    private static final Pattern NUMBER = Pattern.compile("\"phone\":\"\\d+?(\\d{3})\"");

    private final ServerSocketChannel listener;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    private final AtomicLong requests = new AtomicLong();

    MixedServer() throws IOException {
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        Thread thread = new Thread(this::run, "mixed-server");
        thread.setDaemon(true);
        thread.start();
    }

    String url() throws IOException {
        return "http://127.0.0.1:" + ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    /** How many requests came so far. */
    long requests() {
        return requests.get();
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select(key -> serve(key), 100);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel client = listener.accept();
                client.configureBlocking(false);
                client.register(selector, SelectionKey.OP_READ, new StringBuilder());
            } else {
                read((SocketChannel) key.channel(), (StringBuilder) key.attachment());
            }
        } catch (IOException e) {
            close(key);
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            // closed is closed
        }
    }

    private void read(SocketChannel client, StringBuilder request) throws IOException {
        if (client.read(buffer.clear()) < 0) {
            client.close();
            return;
        }
        request.append(UTF_8.decode(buffer.flip()));
        Matcher number = NUMBER.matcher(request);
        if (request.charAt(request.length() - 1) == '}' && number.find()) {
            int end = Integer.parseInt(number.group(1));
            request.setLength(0);
            requests.incrementAndGet();
            answer(client, end);
        }
    }

    private static void answer(SocketChannel client, int end) throws IOException {
        if (end == 123) {
            return; // never answered
        }
        switch (end % 10) {
            case 5 -> write(client, "200 OK", "{'status':200,'data':{'success':false,'reason':'invalid_recipient'}}");
            case 6 -> write(client, "200 OK", "{'status':429,'error':{'code':'42900','message':'Busy'}}");
            case 7 -> write(client, "500 Failed", "<html>failed</html>");
            case 8 -> {
                client.setOption(StandardSocketOptions.SO_LINGER, 0);
                client.close();
            }
            case 9 -> {
                write(client, "200 OK\r\nConnection: close", "{'status':200,'data':{'success");
                client.close();
            }
            default ->
                write(client, "200 OK", "{'status':200,'data':{'success':true,'message':'Queued','id':'an-id'}}");
        }
    }

    private static void write(SocketChannel client, String status, String body) throws IOException {
        client.write(UTF_8.encode("HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, body.length(), body.replace('\'', '"'))));
    }

    @Override
    public void close() throws IOException {
        selector.close();
        listener.close();
    }
}
