package io.github.camelsendtalk.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContextBuilder;

/** An authority of our own and server certificates signed by it, made for one test run by keytool: the JDK has no public API for it. */
public final class TestCertificates {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String AUTHORITY = "authority";
    private static final String LOOPBACK = "san=ip:127.0.0.1,dns:localhost";
    private static final KeyStore ALL = make();

    private TestCertificates() {}

    private static KeyStore make() {
        try {
            Path file = Path.of("target", "certificates-" + UUID.randomUUID() + ".p12");
            keytool(file, AUTHORITY, "-ext", "bc:c", "-validity", "2");
            keytool(file, "valid", "-signer", AUTHORITY, "-ext", LOOPBACK, "-validity", "2");
            keytool(file, "otherHost", "-signer", AUTHORITY, "-ext", "san=dns:other.example", "-validity", "2");
            keytool(file, "expired", "-signer", AUTHORITY, "-ext", LOOPBACK, "-startdate", "-3d", "-validity", "1");
            KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD);
            Files.delete(file);
            return store;
        } catch (GeneralSecurityException | IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path file, String alias, String... options) throws IOException, InterruptedException {
        String keytool = System.getProperty("java.home") + "/bin/keytool";
        List<String> command = new ArrayList<>(
                List.of(keytool, "-J-XX:TieredStopAtLevel=1", "-genkeypair", "-alias", alias, "-dname", "CN=" + alias));
        command.addAll(List.of("-keyalg", "EC", "-storetype", "PKCS12", "-storepass", new String(PASSWORD)));
        command.addAll(List.of("-keystore", file.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + output);
        }
    }

    /** What a server with that certificate uses. */
    public static SSLContext server(String alias) throws GeneralSecurityException {
        return SSLContextBuilder.create()
                .loadKeyMaterial(ALL, PASSWORD, (aliases, parameters) -> aliases.containsKey(alias) ? alias : null)
                .build();
    }

    /** What a client uses that trusts the authority. */
    public static SSLContext trusting() throws GeneralSecurityException, IOException {
        return SSLContextBuilder.create().loadTrustMaterial(trustStore(), null).build();
    }

    /** The authority alone. */
    public static KeyStore trustStore() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(AUTHORITY, ALL.getCertificate(AUTHORITY));
        return trusted;
    }
}
