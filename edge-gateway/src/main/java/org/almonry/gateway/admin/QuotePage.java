package org.almonry.gateway.admin;

import org.almonry.gateway.FormState;
import org.almonry.ledger.v1.Coin;
import org.almonry.process.v1.LimitConsequence;
import org.almonry.process.v1.LimitUse;
import org.almonry.process.v1.Profile;
import org.jspecify.annotations.Nullable;

import java.util.List;

/// A request before it is sent: what it comes to, what the limits say, and what was typed.
///
/// @param of the request as it would be, with the balances before and after
/// @param exceeded the limit that it is over, in the words of the core; empty if none
/// @param uses of the limits that hold for it
/// @param profiles by which it was calculated
public record QuotePage(
        RequestPage of,
        String exceeded,
        LimitConsequence consequence,
        List<LimitUse> uses,
        List<Profile> profiles) {
    public QuotePage {
        uses = List.copyOf(uses);
        profiles = List.copyOf(profiles);
    }

    /// What was typed.
    public FormState form() {
        return of.form();
    }

    /// The kind as texts and addresses name it.
    public String word() {
        return RequestsPage.word(of.request().getKind());
    }

    /// Whether it would be taken at all.
    public boolean canBeSent() {
        return consequence != LimitConsequence.LIMIT_CONSEQUENCE_REFUSAL;
    }

    /// The coin that pays, if less than it takes is available in it.
    public @Nullable Coin tooPoor() {
        return of.effects().stream()
                .filter(each -> each.role().equals("sender"))
                .filter(each -> {
                    var coin = each.coin();
                    return coin != null
                            && coin.hasAvailable()
                            && coin.getAvailable().getMinor() < -each.change().getMinor();
                })
                .map(RequestPage.Effect::coin)
                .findFirst()
                .orElse(null);
    }

    /// The fields that are sent on.
    public List<String> fields() {
        return AskForm.fields(of.request().getKind());
    }
}
