package org.almonry.accounting;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.almonry.providers.StatementLine;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.UUID;

/// The keys under which an account's lines are looked up: what a line says, and what the
/// provider calls it. 128 bits of SHA-256. Not thread-safe; one per statement being read.
///
/// Texts count without case, blanks and punctuation, because the same line comes with other
/// blanks and other punctuation in another format, or from the same bank a year later.
final class LineKeys {
    private final MessageDigest sha;
    private final String accountId;

    LineKeys(String accountId) {
        this.accountId = accountId;
        try {
            this.sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Equal for lines of one day that nobody could tell apart by reading them.
    UUID content(StatementLine line) {
        return key(
                "content",
                line.bookingDate().toString(),
                Long.toString(line.amount().minor()),
                line.amount().currency().code(),
                plain(line.counterpartyAccount()),
                plain(line.counterpartyName()),
                plain(line.remittance()),
                plain(line.endToEndId()));
    }

    /// Equal for lines to which the provider gave one reference; null for a line without.
    /// Date and amount are part of it, because some banks use one reference for a whole
    /// batch.
    @Nullable
    UUID reference(StatementLine line) {
        String reference = line.entryReference().strip();
        if (reference.isEmpty() || isPlaceholder(reference)) {
            return null;
        }
        return key(
                "reference",
                line.bookingDate().toString(),
                Long.toString(line.amount().minor()),
                reference);
    }

    /// A key over any parts of this account.
    UUID key(String... parts) {
        sha.update(accountId.getBytes(UTF_8));
        for (String part : parts) {
            sha.update((byte) 0);
            sha.update(part.getBytes(UTF_8));
        }
        var hash = ByteBuffer.wrap(sha.digest());
        return new UUID(hash.getLong(), hash.getLong());
    }

    private static boolean isPlaceholder(String reference) {
        String plain = plain(reference);
        return plain.equals("NONREF")
                || plain.equals("NOTPROVIDED")
                || plain.equals("NOREF")
                || plain.chars().allMatch(c -> c == '0');
    }

    static String plain(String text) {
        boolean ascii = text.chars().allMatch(c -> c < 128);
        String whole = ascii ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
        var plain = new StringBuilder(whole.length());
        whole.codePoints().filter(Character::isLetterOrDigit).forEach(plain::appendCodePoint);
        return plain.toString().toUpperCase(Locale.ROOT);
    }
}
