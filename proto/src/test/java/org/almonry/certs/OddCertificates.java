package org.almonry.certs;

import org.almonry.wire.TlsFiles;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;

/// Certificates that the tool itself would never make, signed by a real authority.
public final class OddCertificates {
    private OddCertificates() {}

    /// A leaf with exactly these URIs, whatever they are.
    public static TlsFiles withUris(Path authority, Path out, String name, List<String> uris) {
        return write(authority, out, name, uris, Signer.newKeys());
    }

    /// A leaf with a good name but an RSA key.
    public static TlsFiles withRsaKey(Path authority, Path out, String uri)
            throws NoSuchAlgorithmException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return write(authority, out, "rsa", List.of(uri), generator.generateKeyPair());
    }

    private static TlsFiles write(
            Path authority, Path out, String name, List<String> uris, KeyPair keys) {
        var signer = new Signer(
                Pem.certificates(authority.resolve("intermediate.crt")).getFirst(),
                Pem.key(authority.resolve("intermediate.key")));
        var now = Instant.now();
        var leaf = signer.leaf(
                name,
                keys.getPublic(),
                uris,
                List.of(),
                now.minusSeconds(60),
                now.plusSeconds(3600));
        var files = new TlsFiles(
                out.resolve(name + ".crt"), out.resolve(name + ".key"), out.resolve("trust.crt"));
        Pem.writeKey(files.key(), keys.getPrivate());
        Pem.writeCertificates(files.certificate(), List.of(leaf, signer.certificate()));
        Pem.writeCertificates(files.trust(), Pem.certificates(authority.resolve("root.crt")));
        return files;
    }
}
