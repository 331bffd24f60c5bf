package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;

import java.util.List;

/// The form that asks for the journal.
public record JournalPage(FormState form, List<Choice> formats) {
    public JournalPage {
        formats = List.copyOf(formats);
    }
}
