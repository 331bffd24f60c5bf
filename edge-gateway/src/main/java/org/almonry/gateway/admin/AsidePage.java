package org.almonry.gateway.admin;

import org.almonry.accounting.v1.Allocation;
import org.almonry.gateway.FormState;

import java.util.List;

/// Putting a line aside, or taking back what was done with it.
///
/// @param action "ignore" or "undo": the end of the address and the start of the texts
/// @param effect the text that says what will happen
public record AsidePage(
        String action, Line line, List<Allocation> allocations, String effect, FormState form) {
    public AsidePage {
        allocations = List.copyOf(allocations);
    }
}
