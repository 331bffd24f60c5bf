package org.almonry.gateway.admin;

import org.almonry.accounting.v1.Account;
import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.gateway.View;

import java.util.ArrayList;
import java.util.List;

/// The upload form.
public record ImportPage(
        FormState form,
        boolean csvOpen,
        List<Choice> accounts,
        List<Choice> decimalSigns,
        List<Choice> separators,
        List<Choice> charsets) {
    public ImportPage {
        accounts = List.copyOf(accounts);
        decimalSigns = List.copyOf(decimalSigns);
        separators = List.copyOf(separators);
        charsets = List.copyOf(charsets);
    }

    static ImportPage of(View view, List<Account> accounts, FormState form) {
        var known = new ArrayList<Choice>();
        known.add(new Choice("", view.t("choose")));
        accounts.forEach(each -> known.add(
                new Choice(each.getIdentification(), view.iban(each.getIdentification()))));
        boolean open = !form.value("booking_date").isEmpty()
                || !form.error("booking_date").isEmpty();
        return new ImportPage(
                form,
                open,
                known,
                List.of(new Choice(",", view.t("csv.comma")), new Choice(".", view.t("csv.point"))),
                List.of(
                        new Choice("", view.t("csv.find-out")),
                        new Choice(";", view.t("csv.semicolon")),
                        new Choice(",", view.t("csv.comma")),
                        new Choice("\t", view.t("csv.tab"))),
                List.of(
                        new Choice("", "UTF-8"),
                        new Choice("windows-1252", "Windows-1252"),
                        new Choice("iso-8859-1", "ISO 8859-1")));
    }
}
