package org.almonry.ledger;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What must be known of the books to judge requests.
///
/// @param pasts ids of transactions to be corrected
public record Needs(
        Set<Long> coins,
        Set<Long> holds,
        Set<Long> pasts,
        Set<NewCoin> openings,
        Set<String> processes) {
    static Needs of(Collection<PostRequest> requests) {
        var needs = new Needs(
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>());
        for (var request : requests) {
            request.operations().forEach(needs::add);
            request.processes().forEach(change -> needs.processes.add(change.id()));
        }
        return needs;
    }

    /// The coins that an operation names; those of a hold are known once the hold is.
    static List<Long> coinsOf(Operation operation) {
        return switch (operation) {
            case Operation.Move it -> List.of(it.source(), it.destination());
            case Operation.Correction it -> coinsOf(it.of());
            case Operation.Split it -> List.of(it.source());
            case Operation.Merge it -> List.of(it.source(), it.destination());
            case Operation.Balance it -> List.of(it.source());
            case Operation.Authorize it -> List.of(it.source(), it.destination());
            case Operation.AuthorizeCommission it -> List.of(it.source(), it.destination());
            case Operation.Hold it -> List.of(it.source());
            case Operation.Capture it -> List.of(it.destination());
            case Operation.Reverse _ -> List.of();
        };
    }

    private void add(Operation operation) {
        coins.addAll(coinsOf(operation));
        switch (operation) {
            case Operation.Correction it -> pasts.add(it.corrects());
            case Operation.Split it -> openings.add(it.into());
            case Operation.Capture it -> holds.add(it.holdId());
            case Operation.Reverse it -> holds.add(it.holdId());
            default -> {}
        }
    }
}
