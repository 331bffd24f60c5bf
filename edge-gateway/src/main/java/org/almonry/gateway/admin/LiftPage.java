package org.almonry.gateway.admin;

import org.almonry.gateway.FormState;
import org.almonry.ledger.v1.GetCheckStateResponse;

/// Asks for value to move again.
public record LiftPage(GetCheckStateResponse check, FormState form) {}
