package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;

import java.util.List;

/// The form that proposes a project.
public record ProposePage(List<Choice> nonprofits, FormState form, String currency) {
    public ProposePage {
        nonprofits = List.copyOf(nonprofits);
    }
}
