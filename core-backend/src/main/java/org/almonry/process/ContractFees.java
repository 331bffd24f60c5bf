package org.almonry.process;

import static java.util.Objects.requireNonNull;

import org.almonry.commission.Commissions;
import org.almonry.error.v1.Reason;
import org.almonry.ledger.Coin;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.almonry.wire.Ids;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What contracts cost per month (K-057): on the first day, from the owner's coin of each
/// currency that the price list names. Who has not enough is asked again every day; a person
/// may let it go by declining the request.
///
/// A month is asked for once: the ids follow from owner, currency and month. The month before is
/// looked at too, so an outage over the first day loses nothing.
public final class ContractFees {
    /// Owners, or failed requests, that are read at a time.
    private static final int PAGE = 200;

    private static final Logger LOG = LoggerFactory.getLogger(ContractFees.class);
    private static final Caller JOB = new Caller.System("contract-fees");

    private final Jdbi accounting;
    private final BusinessRequests requests;
    private final BusinessProcesses processes;
    private final Planner planner;
    private final Commissions commissions;
    private final Settling settling;
    private final BusinessRequests.Days days;

    ContractFees(
            Jdbi accounting,
            BusinessRequests requests,
            Planner planner,
            Commissions commissions,
            Settling settling,
            BusinessRequests.Days days) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.requests = requireNonNull(requests, "requests is null");
        this.processes = new BusinessProcesses(accounting);
        this.planner = requireNonNull(planner, "planner is null");
        this.commissions = requireNonNull(commissions, "commissions is null");
        this.settling = requireNonNull(settling, "settling is null");
        this.days = requireNonNull(days, "days is null");
    }

    /// Asks for what is due and was not asked for, and again for what failed.
    public void run() {
        repeatFailed();
        var month = YearMonth.from(days.today());
        charge(month.minusMonths(1));
        charge(month);
    }

    private void charge(YearMonth month) {
        var first = month.atDay(1);
        var after = "";
        List<String> owners;
        do {
            owners = commissions.owners(first, after, PAGE);
            for (var owner : owners) {
                for (var payer : planner.payers(owner)) {
                    charge(payer, month, first);
                }
                after = owner;
            }
        } while (owners.size() == PAGE);
    }

    private void charge(Coin payer, YearMonth month, LocalDate first) {
        var id = Ids.text("prc", id(payer, month, "process"));
        if (requests.find(id).isPresent()) {
            return;
        }
        var kind = ProcessKind.CONTRACT_FEE;
        var parts = commissions.monthly(kind.name(), payer.owner(), payer.currency(), first);
        if (parts.isEmpty()) {
            return;
        }
        var request = new BusinessRequest(
                id,
                new RequestDetails.ContractFee(payer.id(), month.toString(), ""),
                payer.owner(),
                payer.currency(),
                planner.fee(payer, parts),
                JOB.actor(),
                days.clock().instant(),
                Optional.empty());
        var attempt = new Attempt(
                id(payer, month, "posting"),
                id,
                Attempt.MAKE,
                JOB.actor(),
                "core/core",
                "for " + month,
                "",
                kind.course(false),
                List.of(),
                days.today(),
                days.clock().instant(),
                "",
                List.of());
        accounting.useTransaction(handle -> {
            if (RequestStore.insert(handle, request)) {
                RequestStore.insert(handle, attempt);
            }
        });
        settling.make(id, attempt.id());
    }

    private void repeatFailed() {
        var failed = new ProcessFilter(
                "",
                null,
                null,
                EnumSet.of(ProcessState.ERROR),
                EnumSet.of(ProcessKind.CONTRACT_FEE),
                0,
                "",
                null,
                null,
                ProcessFilter.Order.OLDEST);
        var cursor = "";
        do {
            var page = processes.history(failed, cursor, PAGE);
            page.rows().forEach(row -> repeat(row.process().id()));
            cursor = page.next();
        } while (!cursor.isEmpty());
    }

    private void repeat(String id) {
        var operation = Ids.text("fee", Ids.derive(id, "repeat on " + days.today()));
        var by = new BusinessRequests.By(JOB, operation, "");
        try {
            requests.act(by, id, Action.REPEAT, RequestState.ERROR);
        } catch (Failure e) {
            if (e.reason() != Reason.WRONG_STATE && e.reason() != Reason.STALE) {
                throw e;
            }
            LOG.info("{} cannot be charged yet: {}", id, e.safeText());
        }
    }

    /// An id that follows from what is charged, and sorts by the day for which it is.
    private UUID id(Coin payer, YearMonth month, String purpose) {
        long millis = month.atDay(1).atStartOfDay(days.zone()).toInstant().toEpochMilli();
        var start = new UUID(millis << 16, 0);
        var what = purpose + "|" + payer.owner() + "|" + payer.currency().code();
        return Ids.derive(Ids.text("fee", start), what);
    }
}
