package io.github.camelsendtalk.example.otp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** More is asked of an instance than it can do, or of the database. */
class OverloadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void whoSendsARequestSlowlyHoldsUpNobody() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                slow.add(beginToGuess());
            }

            assertThat(service.show(UUID.randomUUID()).status()).isEqualTo(404);

            for (Socket socket : slow) {
                assertThat(socket.getInputStream().available())
                        .as("answered before")
                        .isZero();
            }
            slow.get(0).getOutputStream().write("ode\": \"12345\"}".getBytes(UTF_8));
            assertThat(answer(slow.get(0))).startsWith("HTTP/1.1 400").contains("urn:otp:invalid-code");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void whoEndsInTheMiddleOfARequestIsRefused() throws IOException {
        try (Socket socket = beginToGuess()) {
            socket.shutdownOutput();

            assertThat(answer(socket)).startsWith("HTTP/1.1 400");
        }
    }

    /** Sends the first 3 bytes of a guess of 17. */
    private static Socket beginToGuess() throws IOException {
        URI uri = URI.create(service.url("/codes/" + UUID.randomUUID() + "/check"));
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream()
                .write("""
                POST %s HTTP/1.1\r
                Host: %s\r
                Content-Type: application/json\r
                Content-Length: 17\r
                Connection: close\r
                \r
                {"c""".formatted(uri.getPath(), uri.getAuthority()).getBytes(UTF_8));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
}
