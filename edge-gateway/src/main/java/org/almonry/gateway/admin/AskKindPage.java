package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.Visit;

import java.util.List;

/// The kinds of requests to choose from.
///
/// @param coin that it is about, may be empty
public record AskKindPage(String coin, List<Choice> kinds) {
    public AskKindPage {
        kinds = List.copyOf(kinds);
    }

    /// The address of the form of a kind.
    public String form(Choice kind) {
        String query = coin.isEmpty() ? "" : "?coin=" + Visit.encode(coin);
        return "/requests/new/" + kind.value() + query;
    }
}
