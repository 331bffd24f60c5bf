package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.ledger.v1.Hold;

import java.util.List;

/// What is reserved, newest first.
public record HoldsPage(
        FormState filter, List<Choice> states, List<Hold> holds, String next, String first) {
    public HoldsPage {
        states = List.copyOf(states);
        holds = List.copyOf(holds);
    }
}
