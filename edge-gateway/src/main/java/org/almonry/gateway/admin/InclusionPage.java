package org.almonry.gateway.admin;

import org.almonry.ledger.v1.GetInclusionProofResponse;
import org.jspecify.annotations.Nullable;

/// The proof that a transaction is in the books that a checkpoint signed.
///
/// @param text to copy
/// @param proof null if there is none
/// @param missing why there is none
public record InclusionPage(
        String id, String text, @Nullable GetInclusionProofResponse proof, String missing) {}
