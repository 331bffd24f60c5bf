package org.almonry.giving;

import static java.util.Objects.requireNonNull;

import org.almonry.directory.DonationCode;

import java.time.Instant;

/// Somebody's wish to give, with the code that leads the money to it.
///
/// @param supporterRef opaque id of the giver, empty when nothing was told
public record Pledge(
        String id,
        String nonprofitId,
        String accountId,
        Basket basket,
        DonationCode code,
        String supporterRef,
        Instant createdAt) {
    /// Refuses missing parts.
    public Pledge {
        requireNonNull(id, "id is null");
        requireNonNull(nonprofitId, "nonprofitId is null");
        requireNonNull(accountId, "accountId is null");
        requireNonNull(basket, "basket is null");
        requireNonNull(code, "code is null");
        requireNonNull(supporterRef, "supporterRef is null");
        requireNonNull(createdAt, "createdAt is null");
    }
}
