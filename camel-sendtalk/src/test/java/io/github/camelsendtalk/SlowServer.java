package io.github.camelsendtalk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on one thread that accepts each message after a while, for any number of connections. Requests must be small
 * enough to come in one piece.
 */
final class SlowServer implements AutoCloseable {

    private static final String NAME = "slow-server";

    private final ServerSocketChannel listener;
    private final Selector selector;
    private final long delay;
    private final Queue<Due> due = new ArrayDeque<>();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private volatile int awaited;

    private record Due(long at, SocketChannel channel) {}

    SlowServer(Duration delay) throws IOException {
        this.delay = delay.toNanos();
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2_000);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        Thread thread = new Thread(this::run, NAME);
        thread.setDaemon(true);
        thread.start();
    }

    String url() throws IOException {
        return "http://localhost:" + ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    /** Answers nothing until so many requests are in flight. */
    void await(int requests) {
        awaited = requests;
    }

    int mostInFlight() {
        return mostInFlight.get();
    }

    /** The threads of this JVM but for the server's. */
    int otherThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().equals(NAME))
                .count();
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select(10);
                for (SelectionKey key : selector.selectedKeys()) {
                    serve(key);
                }
                selector.selectedKeys().clear();
                answer();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SelectionKey key) throws IOException {
        if (key.isAcceptable()) {
            for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
            }
            return;
        }
        SocketChannel channel = (SocketChannel) key.channel();
        ByteBuffer bytes = ByteBuffer.allocate(4_096);
        if (channel.read(bytes) < 0) {
            channel.close();
        } else if (new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).endsWith("}")) {
            due.add(new Due(System.nanoTime() + delay, channel));
            mostInFlight.accumulateAndGet(due.size(), Math::max);
        }
    }

    private void answer() throws IOException {
        String body = SendTalkTestSupport.accepted();
        byte[] answer = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
        while (mostInFlight.get() >= awaited && !due.isEmpty() && due.peek().at() <= System.nanoTime()) {
            due.remove().channel().write(ByteBuffer.wrap(answer));
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        selector.close();
    }
}
