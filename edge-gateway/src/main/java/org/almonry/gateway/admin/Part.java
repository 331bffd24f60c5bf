package org.almonry.gateway.admin;

import static java.util.Objects.requireNonNull;

import org.almonry.accounting.v1.Allocation;
import org.almonry.type.v1.Money;
import org.almonry.webkit.Problem;

import java.util.regex.Pattern;

/// A part of a line's money for one project or milestone.
///
/// @param milestone empty for the project as a whole
/// @param overhead what the overhead takes of it (C-069)
/// @param overheadBasisPoints the share that this is
public record Part(
        String project,
        String milestone,
        Money amount,
        String label,
        Money overhead,
        int overheadBasisPoints) {

    private static final Pattern VALUE = Pattern.compile(
            "([a-z0-9_]{1,60})\\|([a-z0-9_]{0,60})\\|([0-9]{1,18})\\|([A-Z0-9]{3,8})");

    public Part {
        requireNonNull(project, "project is null");
    }

    /// As a hidden field; only ids and the amount, the core checks them all.
    public String value() {
        return project + "|" + milestone + "|" + amount.getMinor() + "|" + amount.getCurrency();
    }

    /// Reads a hidden field back.
    static Allocation allocation(String value) {
        var matcher = VALUE.matcher(value);
        if (!matcher.matches()) {
            throw Problem.badRequest();
        }
        return Allocation.newBuilder()
                .setProjectId(matcher.group(1))
                .setMilestoneId(matcher.group(2))
                .setAmount(Money.newBuilder()
                        .setMinor(Long.parseLong(matcher.group(3)))
                        .setCurrency(matcher.group(4)))
                .build();
    }
}
