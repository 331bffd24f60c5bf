package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;

import java.util.List;

/// The inbox.
///
/// @param waiting how many lines wait in all
/// @param self this page's address, to come back to
public record InboxPage(
        FormState filter,
        List<Choice> states,
        List<Choice> accounts,
        List<Line> lines,
        long waiting,
        String self,
        String next,
        String first) {
    public InboxPage {
        states = List.copyOf(states);
        accounts = List.copyOf(accounts);
        lines = List.copyOf(lines);
    }

    /// Whether lines can be picked to be booked together.
    public boolean hasTickable() {
        return lines.stream().anyMatch(Line::tickable);
    }
}
