package org.almonry.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A public key that signs notes, in the vkey form of C2SP signed-note:
/// `name+hash+base64`.
public final class NoteKey {
    private static final String ALGORITHM = "Ed25519";
    private static final byte TYPE = 1;
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 4;
    private static final int SIGNATURE_BYTES = 64;

    /// What stands before the bytes of an Ed25519 key in X.509.
    private static final byte[] DER_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final byte[] id;
    private final PublicKey key;

    private NoteKey(String name, byte[] id, PublicKey key) {
        this.name = name;
        this.id = id;
        this.key = key;
    }

    /// Reads the text form; what is no key is [Unusable].
    public static NoteKey parse(String text) {
        var parts = text.strip().split("\\+", 3);
        if (parts.length != 3 || parts[0].isEmpty()) {
            throw new Unusable("is no key of the form name+hash+base64: " + text);
        }
        try {
            var typed = Base64.getDecoder().decode(parts[2]);
            if (typed.length != KEY_BYTES + 1 || typed[0] != TYPE) {
                throw new Unusable("is no Ed25519 key: " + text);
            }
            var sha = Sha.digest();
            sha.update(parts[0].getBytes(UTF_8));
            sha.update((byte) '\n');
            var id = Arrays.copyOf(sha.digest(typed), ID_BYTES);
            if (!HexFormat.of().formatHex(id).equals(parts[1])) {
                throw new Unusable("the parts of the key do not belong together: " + text);
            }
            var der = Arrays.copyOf(DER_HEAD, DER_HEAD.length + KEY_BYTES);
            System.arraycopy(typed, 1, der, DER_HEAD.length, KEY_BYTES);
            return new NoteKey(
                    parts[0],
                    id,
                    KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der)));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new Unusable("is no key of the form name+hash+base64: " + text, e);
        }
    }

    String name() {
        return name;
    }

    /// Whether these are an id and a signature that claim to be of this key.
    boolean isOf(String signer, byte[] signed) {
        return name.equals(signer)
                && signed.length == ID_BYTES + SIGNATURE_BYTES
                && Arrays.equals(id, Arrays.copyOf(signed, ID_BYTES));
    }

    boolean verifies(String text, byte[] signed) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(text.getBytes(UTF_8));
            return signature.verify(signed, ID_BYTES, SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            // Bytes that are no signature at all.
            return false;
        }
    }
}
