package org.almonry.certs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// PEM files. They appear whole or not at all, and private ones are never readable by
/// anybody else, not even for the moment of writing.
final class Pem {
    private static final Base64.Encoder ENCODER = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static List<X509Certificate> certificates(Path file) {
        try (var in = Files.newInputStream(file)) {
            var result = new ArrayList<X509Certificate>();
            for (var each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                result.add((X509Certificate) each);
            }
            if (result.isEmpty()) {
                throw new IllegalStateException("no certificate in " + file);
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no certificates: " + file, e);
        }
    }

    static PrivateKey key(Path file) {
        try {
            var text = Files.readString(file, US_ASCII).replaceAll("-----[A-Z ]+-----", "");
            var bytes = Base64.getMimeDecoder().decode(text);
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no private key: " + file, e);
        }
    }

    static void writeKey(Path file, PrivateKey key) {
        write(file, block("PRIVATE KEY", key.getEncoded()), "rw-------");
    }

    static void writeCertificates(Path file, List<X509Certificate> certificates) {
        var text = new StringBuilder();
        try {
            for (var certificate : certificates) {
                text.append(block("CERTIFICATE", certificate.getEncoded()));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate has an encoding", e);
        }
        write(file, text.toString(), "rw-r--r--");
    }

    static void writeText(Path file, String text) {
        write(file, text, "rw-r--r--");
    }

    private static String block(String name, byte[] bytes) {
        return "-----BEGIN " + name + "-----\n" + ENCODER.encodeToString(bytes) + "\n-----END "
                + name + "-----\n";
    }

    private static void write(Path file, String text, String permissions) {
        var directory = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(directory);
            // The temporary file is private from its first moment; it gets its final rights
            // before its final name.
            var temporary = Files.createTempFile(directory, ".new", ".pem", owner("rw-------"));
            Files.writeString(temporary, text, US_ASCII);
            if (isPosix()) {
                Files.setPosixFilePermissions(
                        temporary, PosixFilePermissions.fromString(permissions));
            }
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileAttribute<?>[] owner(String permissions) {
        return isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
