package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.process.v1.RequestKind;

import java.util.List;

/// The form for a request of a kind.
///
/// @param coins to choose from; others are found by writing part of their name
/// @param accounts our bank accounts
public record AskPage(RequestKind kind, FormState form, List<Choice> coins, List<Choice> accounts) {
    public AskPage {
        coins = List.copyOf(coins);
        accounts = List.copyOf(accounts);
    }

    /// The kind as texts and addresses name it.
    public String word() {
        return RequestsPage.word(kind);
    }

    /// The fields that name coins, in the order of the money.
    public List<String> coinFields() {
        return AskForm.coinFields(kind);
    }

    /// Whether a bank account has a part in it.
    public boolean hasAccount() {
        return AskForm.hasAccount(kind);
    }
}
