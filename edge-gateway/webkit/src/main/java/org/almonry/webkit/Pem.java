package org.almonry.webkit;

import io.helidon.common.tls.Tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// Reads the listener's PEM files. TLS 1.3 alone is spoken.
final class Pem {

    private Pem() {}

    static Tls serverTls(ListenConfig.Tls files) {
        return Tls.builder()
                .privateKey(key(files.key()))
                .privateKeyCertChain(chain(files.certificate()))
                .addEnabledProtocol("TLSv1.3")
                .build();
    }

    private static List<X509Certificate> chain(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a PEM certificate chain: " + file, e);
        }
    }

    private static PrivateKey key(Path file) {
        try {
            String body = Files.readString(file)
                    .replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "")
                    .replaceAll("\\s", "");
            var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
            return KeyFactory.getInstance("EC").generatePrivate(spec);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not a PKCS#8 EC key in PEM: " + file, e);
        }
    }
}
