package org.almonry.process;

import static java.util.Objects.requireNonNull;

import org.almonry.commission.Calculation;
import org.almonry.money.Currency;
import org.almonry.money.Money;

import java.time.Instant;
import java.util.Optional;

/// A process with states on top (K-004): what was asked for, by whom, what it was promised to
/// cost, and where it stands.
///
/// @param id the process's id, prc_…
/// @param owner whose contract and limits apply
/// @param state empty until its first posting is in the books
public record BusinessRequest(
        String id,
        RequestDetails details,
        String owner,
        Currency currency,
        Plan plan,
        String askedBy,
        Instant askedAt,
        Optional<RequestState> state) {
    public BusinessRequest {
        requireNonNull(id, "id is null");
        requireNonNull(details, "details is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(currency, "currency is null");
        requireNonNull(plan, "plan is null");
        requireNonNull(askedBy, "askedBy is null");
        requireNonNull(askedAt, "askedAt is null");
        requireNonNull(state, "state is null");
    }

    public ProcessKind kind() {
        return details.kind();
    }

    /// What it moves; a reversal moves nothing of its own.
    public Optional<Calculation> calculation() {
        return kind() == ProcessKind.REVERSAL
                ? Optional.empty()
                : Optional.of(plan.calculation(currency));
    }

    Money amount() {
        return new Money(plan.minor(), currency);
    }
}
