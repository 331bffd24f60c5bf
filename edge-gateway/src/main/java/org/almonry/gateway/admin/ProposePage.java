package org.almonry.gateway.admin;

import java.util.List;
import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;

/// The form that proposes a project.
public record ProposePage(List<Choice> nonprofits, FormState form, String currency) {
    public ProposePage {
        nonprofits = List.copyOf(nonprofits);
    }
}
