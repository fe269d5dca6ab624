package io.github.camelsendtalk.ledger;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** An authority that the components trust, and what the server shows of itself on each way. */
final class Certificates {

    private final X509Bundle authority = authority("CN=authority");
    private final X509Bundle stranger = authority("CN=stranger");

    Certificates() throws Exception {}

    private static X509Bundle authority(String name) throws Exception {
        return new CertificateBuilder()
                .subject(name)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    TrustManager trust() {
        return authority.toTrustManager();
    }

    /** The server's end of a way; null where it has no TLS. */
    @Nullable
    SSLContext server(Way way) throws Exception {
        return switch (way) {
            case PLAIN, OTHER_ACCOUNT, OVERLOADED, PROXIED, LOGIN_REFUSED, NO_SUCH_HOST, FULL_BACKLOG -> null;
            case TLS, TUNNELLED, TUNNEL_REFUSED -> tls(loopback().buildIssuedBy(authority));
            case UNKNOWN_AUTHORITY -> tls(loopback().buildIssuedBy(stranger));
            case WRONG_NAME -> tls(server().addSanDnsName("other.example").buildIssuedBy(authority));
            case EXPIRED ->
                tls(loopback()
                        .notAfter(Instant.now().minus(Duration.ofHours(1)))
                        .buildIssuedBy(authority));
        };
    }

    private static CertificateBuilder loopback() {
        return server().addSanIpAddress("127.0.0.1");
    }

    private static CertificateBuilder server() {
        return new CertificateBuilder().subject("CN=server");
    }

    private static SSLContext tls(X509Bundle certificate) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
        return context;
    }
}
