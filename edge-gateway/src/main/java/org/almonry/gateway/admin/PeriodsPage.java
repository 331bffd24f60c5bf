package org.almonry.gateway.admin;

import org.almonry.gateway.FormState;
import org.almonry.ledger.v1.Issuer;

import java.util.List;

/// Up to which day the books of each issuer are closed.
public record PeriodsPage(List<Issuer> issuers, FormState form) {
    public PeriodsPage {
        issuers = List.copyOf(issuers);
    }
}
