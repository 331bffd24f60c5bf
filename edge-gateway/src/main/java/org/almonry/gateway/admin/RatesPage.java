package org.almonry.gateway.admin;

import org.almonry.accounting.v1.ExchangeRate;
import org.almonry.gateway.FormState;

import java.util.List;

/// Stored rates and the form for another.
public record RatesPage(List<ExchangeRate> rates, FormState form) {
    public RatesPage {
        rates = List.copyOf(rates);
    }
}
