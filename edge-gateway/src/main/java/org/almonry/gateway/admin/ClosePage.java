package org.almonry.gateway.admin;

import org.almonry.gateway.FormState;
import org.almonry.ledger.v1.Issuer;

/// Books before they are closed.
public record ClosePage(Issuer issuer, FormState form) {}
