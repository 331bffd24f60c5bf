package org.almonry.gateway.admin;

import org.almonry.process.v1.CommissionRule;
import org.almonry.process.v1.Contract;
import org.almonry.process.v1.Limit;
import org.almonry.process.v1.Profile;

import java.time.LocalDate;
import java.util.List;

/// One price list with all that hangs on it.
///
/// @param today on which rules are judged to be over or still to come
/// @param moreContracts whether not all who have it are shown
public record ProfilePage(
        Profile profile,
        List<CommissionRule> rules,
        List<Limit> limits,
        List<Contract> contracts,
        boolean moreContracts,
        LocalDate today) {
    public ProfilePage {
        rules = List.copyOf(rules);
        limits = List.copyOf(limits);
        contracts = List.copyOf(contracts);
    }

    /// "off", "over", "later" or "now".
    public String standing(CommissionRule rule) {
        if (!rule.getActive()) {
            return "off";
        }
        String day = today.toString();
        if (!rule.getUntil().isEmpty() && rule.getUntil().compareTo(day) <= 0) {
            return "over";
        }
        return rule.getFrom().compareTo(day) > 0 ? "later" : "now";
    }

    /// The look of that.
    public String look(CommissionRule rule) {
        return switch (standing(rule)) {
            case "now" -> "good";
            case "later" -> "warn";
            default -> "closed";
        };
    }

    /// Whether there is still something to end.
    public boolean canEnd(CommissionRule rule) {
        String standing = standing(rule);
        return standing.equals("now") || standing.equals("later");
    }
}
