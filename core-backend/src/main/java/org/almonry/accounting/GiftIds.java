package org.almonry.accounting;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.almonry.wire.Secret;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// Names gifts towards members of a project (C-091). The transaction's number, enciphered:
/// the same gift always has the same id, yet neither the id nor any two of them tell when,
/// in what order or from which bank line the gifts came. Half of the block is zeros, so
/// made-up ids are recognised.
final class GiftIds {
    private static final String PREFIX = "gft_";
    private static final int BLOCK = 16;

    private final SecretKeySpec key;

    GiftIds(Secret secret) {
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest(("gift ids|" + secret.reveal()).getBytes(UTF_8));
            this.key = new SecretKeySpec(Arrays.copyOf(hash, BLOCK), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    String of(long transactionId) {
        var block = ByteBuffer.allocate(BLOCK).putLong(0).putLong(transactionId).array();
        return PREFIX + HexFormat.of().formatHex(apply(Cipher.ENCRYPT_MODE, block));
    }

    /// The transaction of an id; empty for text that is no id of ours.
    OptionalLong transaction(String id) {
        if (!id.matches("gft_[0-9a-f]{32}")) {
            return OptionalLong.empty();
        }
        var block = ByteBuffer.wrap(apply(
                Cipher.DECRYPT_MODE, HexFormat.of().parseHex(id, PREFIX.length(), id.length())));
        return block.getLong() == 0 ? OptionalLong.of(block.getLong()) : OptionalLong.empty();
    }

    /// One block, enciphered as it is: a number is not a message, and equal numbers shall
    /// look equal.
    private byte[] apply(int mode, byte[] block) {
        try {
            var cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, key);
            return cipher.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }
}
