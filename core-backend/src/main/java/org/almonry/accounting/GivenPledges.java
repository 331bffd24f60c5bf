package org.almonry.accounting;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import org.almonry.directory.Codes;
import org.almonry.giving.Giving;
import org.almonry.giving.Pledge;
import org.almonry.money.Currency;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The pledges that people made in widgets, as matching sees them. Names of givers come
/// from the identity database for the eyes of admins; they go into no booking.
final class GivenPledges implements PledgeSource {
    private final Giving giving;
    private final Codes codes;
    private final ZoneId zone;

    GivenPledges(Giving giving, Codes codes, ZoneId zone) {
        this.giving = requireNonNull(giving, "giving is null");
        this.codes = requireNonNull(codes, "codes is null");
        this.zone = requireNonNull(zone, "zone is null");
    }

    @Override
    public Map<String, Target.Pledged> byId(Collection<String> ids) {
        return targets(giving.find(ids).values()).stream()
                .collect(toMap(Target.Pledged::id, Function.identity()));
    }

    @Override
    public List<Target.Pledged> waiting(Currency currency, int limit) {
        return targets(giving.waiting(currency, limit));
    }

    private List<Target.Pledged> targets(Collection<Pledge> pledges) {
        if (pledges.isEmpty()) {
            return List.of();
        }
        var names = giving.giverNames(pledges);
        return pledges.stream()
                .map(pledge -> target(pledge, names.getOrDefault(pledge.supporterRef(), "")))
                .toList();
    }

    private Target.Pledged target(Pledge pledge, String giver) {
        var total = pledge.basket().total();
        String label = "Pledge " + codes.printed(pledge.code()) + ", " + total
                + (giver.isBlank() ? "" : ", " + giver);
        return new Target.Pledged(
                pledge.id(),
                label,
                total.currency(),
                pledge.basket().items().stream()
                        .map(item -> new Part(item.projectId(), item.milestoneId(), item.amount()))
                        .toList(),
                giver,
                LocalDate.ofInstant(pledge.createdAt(), zone),
                true);
    }
}
