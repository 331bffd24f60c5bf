package org.almonry.ledger.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import org.almonry.wire.ConfigRefused;
import org.almonry.wire.Secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// The Ed25519 key that signs checkpoints, with the name that it signs under. It signs
/// notes in the form of C2SP signed-note, so any tool that knows the form can check them.
///
/// The file is PEM with a private and its public key:
/// `openssl genpkey -algorithm ed25519 -out F && openssl pkey -in F -pubout >> F`.
public final class CheckpointKey {
    private static final String ALGORITHM = "Ed25519";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    /// What signed-note calls the type of an Ed25519 key.
    private static final byte NOTE_TYPE = 1;

    private static final int PUBLIC_BYTES = 32;
    private static final int KEY_ID_BYTES = 4;
    private static final int SIGNATURE_BYTES = 64;
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final String name;
    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final byte[] typedPublicKey;
    private final byte[] keyId;

    private CheckpointKey(String name, PrivateKey privateKey, PublicKey publicKey) {
        this.name = requireNonNull(name, "name is null");
        this.privateKey = requireNonNull(privateKey, "privateKey is null");
        this.publicKey = requireNonNull(publicKey, "publicKey is null");
        var encoded = publicKey.getEncoded();
        typedPublicKey =
                Arrays.copyOfRange(encoded, encoded.length - PUBLIC_BYTES - 1, encoded.length);
        typedPublicKey[0] = NOTE_TYPE;
        var sha = Merkle.sha256();
        sha.update(name.getBytes(UTF_8));
        sha.update((byte) '\n');
        keyId = Arrays.copyOf(sha.digest(typedPublicKey), KEY_ID_BYTES);
    }

    /// Reads the key in a file.
    ///
    /// @param name of the log; neither spaces nor a plus sign
    public static CheckpointKey read(Path file, String name) {
        if (!name.matches("[!-*,-~]{1,200}")) {
            throw new ConfigRefused("a checkpoint cannot be signed as \"" + name + "\"");
        }
        var pem = Secret.read(file).reveal();
        try {
            var factory = KeyFactory.getInstance(ALGORITHM);
            var key = new CheckpointKey(
                    name,
                    factory.generatePrivate(new PKCS8EncodedKeySpec(block(file, pem, PRIVATE))),
                    factory.generatePublic(new X509EncodedKeySpec(block(file, pem, PUBLIC))));
            key.requirePair(file);
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ConfigRefused("no Ed25519 key pair: " + file, e);
        }
    }

    /// Makes a new key in a file that nobody else can read. An existing file stays.
    public static void create(Path file) {
        try {
            var pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            Files.createDirectories(requireNonNull(file.toAbsolutePath().getParent()));
            Files.createFile(file, ownerOnly());
            Files.writeString(
                    file,
                    pem(PRIVATE, pair.getPrivate().getEncoded())
                            + pem(PUBLIC, pair.getPublic().getEncoded()),
                    US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    /// The name that it signs under.
    public String name() {
        return name;
    }

    /// What a verifier needs: name, key id and public key in the vkey form of signed-note.
    public String verifierKey() {
        return name + "+" + HexFormat.of().formatHex(keyId) + "+"
                + Base64.getEncoder().encodeToString(typedPublicKey);
    }

    /// The text, which ends with a line end, as a signed note.
    String sign(String text) {
        var signed = Arrays.copyOf(keyId, KEY_ID_BYTES + SIGNATURE_BYTES);
        System.arraycopy(signature(text), 0, signed, KEY_ID_BYTES, SIGNATURE_BYTES);
        return text + "\n\u2014 " + name + " " + Base64.getEncoder().encodeToString(signed) + "\n";
    }

    private byte[] signature(String text) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(text.getBytes(UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key signed before", e);
        }
    }

    private void requirePair(Path file) throws GeneralSecurityException {
        var probe = "whether the two keys belong together";
        var signature = Signature.getInstance(ALGORITHM);
        signature.initVerify(publicKey);
        signature.update(probe.getBytes(UTF_8));
        if (!signature.verify(signature(probe))) {
            throw new ConfigRefused("the two keys do not belong together: " + file);
        }
    }

    private static byte[] block(Path file, String pem, String name) {
        var begin = "-----BEGIN " + name + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END " + name + "-----");
        if (from < 0 || to < from) {
            throw new ConfigRefused("no " + name + " in " + file);
        }
        return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
    }

    private static String pem(String name, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(name, PEM.encodeToString(bytes), name);
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
