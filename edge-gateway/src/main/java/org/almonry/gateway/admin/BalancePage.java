package org.almonry.gateway.admin;

import org.almonry.gateway.FormState;
import org.almonry.ledger.v1.Coin;
import org.almonry.ledger.v1.GetBalanceResponse;
import org.jspecify.annotations.Nullable;

/// The balance of a coin as of a day.
///
/// @param found null as long as the question is not complete
public record BalancePage(
        Coin coin, FormState form, @Nullable GetBalanceResponse found) {}
