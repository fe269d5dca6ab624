package io.github.camelsendtalk.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority of our own and server certificates signed by it, made by the JDK's keytool for one test run. */
final class TestCertificates {

    private static final String PASSWORD = "changeit";
    private static final String AUTHORITY = "authority";
    private static final String LOOPBACK = "san=ip:127.0.0.1,dns:localhost";

    private final Path file;

    TestCertificates(Path folder) throws IOException, InterruptedException {
        this.file = folder.resolve("certificates.p12");
        keytool(AUTHORITY, List.of("-ext", "bc:c", "-validity", "2"));
        signed("valid", LOOPBACK, "-validity", "2");
        signed("otherHost", "san=dns:other.example", "-validity", "2");
        signed("expired", LOOPBACK, "-startdate", "-3d", "-validity", "1");
    }

    private void signed(String alias, String names, String... validity) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("-signer", AUTHORITY, "-ext", names));
        options.addAll(List.of(validity));
        keytool(alias, options);
    }

    private void keytool(String alias, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed: " + output);
        }
    }

    /** What a server with that certificate uses. */
    SSLContext server(String alias) throws GeneralSecurityException, IOException {
        KeyStore one = empty();
        KeyStore all = load();
        one.setKeyEntry(
                alias,
                all.getKey(alias, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                all.getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** What a client uses that trusts the authority. */
    SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore trusted = empty();
        trusted.setCertificateEntry(AUTHORITY, load().getCertificate(AUTHORITY));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        try (InputStream stream = Files.newInputStream(file)) {
            store.load(stream, PASSWORD.toCharArray());
        }
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
