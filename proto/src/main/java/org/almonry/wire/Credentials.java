package org.almonry.wire;

import io.grpc.util.CertificateUtils;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/// The certificate, key and trust of this process, read and found to fit together.
record Credentials(
        List<X509Certificate> chain,
        PrivateKey key,
        List<X509Certificate> trust,
        Identity identity) {
    /// A chain, a key or a bundle of roots; a larger file is surely the wrong one.
    private static final long FILE_BYTES_MAX = 256 * 1024;

    Credentials {
        chain = List.copyOf(chain);
        trust = List.copyOf(trust);
    }

    /// Reads the files. Fails if the key is not the certificate's, which is what a renewal
    /// looks like for the moment between writing one file and the other.
    static Credentials read(TlsFiles files) throws IOException, GeneralSecurityException {
        refuseReadableByAll(files.key());
        var chain = certificates(files.certificate());
        var trust = certificates(files.trust());
        PrivateKey key;
        try (var in = open(files.key())) {
            key = CertificateUtils.getPrivateKey(in);
        }
        if (!fits(key, chain.getFirst())) {
            throw new GeneralSecurityException(
                    "the key does not belong to the certificate " + files.certificate());
        }
        return new Credentials(chain, key, trust, Identity.of(chain.getFirst()));
    }

    X509Certificate[] chainArray() {
        return chain.toArray(X509Certificate[]::new);
    }

    X509Certificate[] trustArray() {
        return trust.toArray(X509Certificate[]::new);
    }

    private static List<X509Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (var in = open(file)) {
            var certificates = CertificateUtils.getX509Certificates(in);
            if (certificates.length == 0) {
                throw new GeneralSecurityException("no certificate in " + file);
            }
            return List.of(certificates);
        }
    }

    private static InputStream open(Path file) throws IOException {
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new IOException("file is too large: " + file);
        }
        return Files.newInputStream(file);
    }

    private static boolean fits(PrivateKey key, X509Certificate leaf)
            throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(leaf.getPublicKey().getAlgorithm())) {
            return false;
        }
        var probe = new byte[] {1, 2, 3};
        var signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(key);
        signer.update(probe);
        var verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(leaf);
        verifier.update(probe);
        return verifier.verify(signer.sign());
    }

    private static void refuseReadableByAll(Path key) throws IOException, GeneralSecurityException {
        if (Files.getFileStore(key).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(key).contains(PosixFilePermission.OTHERS_READ)) {
            throw new GeneralSecurityException("anybody may read the private key " + key);
        }
    }
}
