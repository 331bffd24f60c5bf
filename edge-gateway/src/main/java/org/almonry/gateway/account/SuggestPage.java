package org.almonry.gateway.account;

import java.util.List;
import org.almonry.accounting.v1.Gift;
import org.almonry.accounting.v1.MyProject;
import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;

/// The form that says where a gift belongs.
public record SuggestPage(MyProject project, Gift gift, FormState form, List<Choice> choices) {
    public SuggestPage {
        choices = List.copyOf(choices);
    }
}
