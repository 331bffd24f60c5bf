package org.almonry.gateway.admin;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.error.v1.Reason;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.Visit;
import org.almonry.process.v1.ListContractsRequest;
import org.almonry.process.v1.PutContractRequest;

import java.time.Clock;
import java.util.Map;

/// Which price list an owner of coins has (K-054). A contract is never changed: a later one
/// takes its place from its day on.
public final class ContractPages {

    private static final Map<Reason, String> TOLD = Map.of(
            Reason.INVALID_ARGUMENT,
            "",
            Reason.NOT_FOUND,
            "profile_id",
            Reason.IDEMPOTENCY_CONFLICT,
            "");

    private final Clock clock;

    private ContractPages(Clock clock) {
        this.clock = clock;
    }

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes, Clock clock) {
        var pages = new ContractPages(clock);
        desk.get(routes, "/contracts", pages::contracts);
        desk.get(routes, "/contracts/new", pages::contracts);
        desk.post(routes, "/contracts/new", "contract", ContractPages::put);
    }

    private Answer contracts(Visit visit) {
        var form = new FormState()
                .with("key", visit.view().newKey())
                .with("owner", visit.query("of"))
                .with("profile_id", visit.query("profile"))
                .with("from", visit.view().today(clock).toString());
        return Answer.page("admin/contracts", page(visit, form));
    }

    private static ContractsPage page(Visit visit, FormState form) {
        var filter = FormState.of(visit::query, "of", "profile");
        var _ = Owners.meant(visit, filter, "of");
        var found = visit.core()
                .commissions()
                .listContracts(ListContractsRequest.newBuilder()
                        .setOwner(filter.value("of"))
                        .setProfileId(filter.value("profile"))
                        .setPage(visit.page())
                        .build());
        return new ContractsPage(
                filter,
                form,
                found.getContractsList(),
                Profiles.all(visit),
                Owners.known(visit),
                visit.next(found.getPage()),
                visit.first());
    }

    private static Answer put(Visit visit) {
        var view = visit.view();
        var form = FormState.of(visit.form(), "key", "owner", "profile_id", "from")
                .need(view, "owner", "profile_id", "from");
        var _ = Typed.day(view, form, "from");
        // A contract of nobody would be a slip of the pen that nobody ever notices.
        String owner = Owners.meant(visit, form, "owner");
        return Typed.submit(
                visit,
                form,
                TOLD,
                () -> {
                    var _ = visit.core()
                            .commissions()
                            .putContract(PutContractRequest.newBuilder()
                                    .setIdempotencyKey(form.value("key"))
                                    .setOwner(owner)
                                    .setProfileId(form.value("profile_id"))
                                    .setFrom(form.value("from"))
                                    .build());
                    return Answer.seeOther(
                            "/contracts?done=contract-put&of=" + Visit.encode(owner));
                },
                () -> Answer.refused("admin/contracts", page(visit, form)));
    }
}
