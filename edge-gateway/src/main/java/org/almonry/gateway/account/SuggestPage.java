package org.almonry.gateway.account;

import org.almonry.accounting.v1.Gift;
import org.almonry.accounting.v1.MyProject;
import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;

import java.util.List;

/// The form that says where a gift belongs.
public record SuggestPage(MyProject project, Gift gift, FormState form, List<Choice> choices) {
    public SuggestPage {
        choices = List.copyOf(choices);
    }
}
