package org.almonry.giving;

import static java.util.Objects.requireNonNull;

import org.almonry.directory.CreditorReference;
import org.almonry.providers.Account;

/// How a pledge is paid by bank transfer.
///
/// @param code as printed, to write into the reason (C-037)
/// @param epcPayload text of the QR code, empty where there is none
public record Transfer(
        Account account, CreditorReference reference, String code, String epcPayload) {
    /// Refuses missing parts.
    public Transfer {
        requireNonNull(account, "account is null");
        requireNonNull(reference, "reference is null");
        requireNonNull(code, "code is null");
        requireNonNull(epcPayload, "epcPayload is null");
    }
}
