package io.github.camelsendtalk;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A {@link ConnectionCounter} behind a certificate for localhost that no authority of the JVM has signed. */
final class TlsServer implements AutoCloseable {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final ConnectionCounter server;
    private final KeyStore trustStore;

    private TlsServer(ConnectionCounter server, KeyStore trustStore) {
        this.server = server;
        this.trustStore = trustStore;
    }

    static TlsServer start() throws Exception {
        KeyStore keys = selfSigned();
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, PASSWORD);
        trust.setCertificateEntry("server", keys.getCertificate("server"));
        return new TlsServer(
                new ConnectionCounter(
                        context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress())),
                trust);
    }

    /** The JDK's keytool makes the certificate: the JDK has no public API for it. */
    private static KeyStore selfSigned() throws Exception {
        Path file = Files.createTempDirectory("tls").resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        Files.delete(file);
        Files.delete(file.getParent());
        return store;
    }

    String url() {
        return "https://localhost:" + server.port();
    }

    KeyStore trustStore() {
        return trustStore;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
