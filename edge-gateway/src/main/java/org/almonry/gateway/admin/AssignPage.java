package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.type.v1.Money;

import java.util.List;

/// The form that says where one or several lines go.
///
/// @param rows how many parts the form has room for
public record AssignPage(
        List<Line> lines, Money sum, FormState form, List<Choice> targets, int rows) {

    /// As many parts as the core takes at once.
    static final int ROWS_MAX = 50;

    public AssignPage {
        lines = List.copyOf(lines);
        targets = List.copyOf(targets);
    }

    /// Room for more.
    public String moreRows() {
        return Integer.toString(Math.min(rows + 3, ROWS_MAX));
    }
}
