package io.github.camelsendtalk.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A listener that accepts nobody and whose queue is full: whoever connects waits in vain. */
final class FullBacklog implements AutoCloseable {

    private static final int MOST = 64;

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> waiting = new ArrayList<>();

    FullBacklog() throws IOException {
        while (letsSomebodyIn()) {
            if (waiting.size() == MOST) {
                throw new IOException("The queue of connections is never full on this system");
            }
        }
    }

    private boolean letsSomebodyIn() throws IOException {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
            socket.connect(listener.getLocalSocketAddress(), 200);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : waiting) {
            socket.close();
        }
        listener.close();
    }
}
