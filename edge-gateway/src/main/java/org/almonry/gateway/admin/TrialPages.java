package org.almonry.gateway.admin;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.gateway.Answer;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.Visit;
import org.almonry.ledger.v1.GetTrialBalanceRequest;

import java.util.List;

/// The trial balance, now or as of a day.
public final class TrialPages {

    private TrialPages() {}

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(routes, "/trial-balance", TrialPages::trial);
    }

    private static Answer trial(Visit visit) {
        var form = FormState.of(visit::query, "as_of", "basis");
        var _ = Typed.day(visit.view(), form, "as_of");
        var bases = CoinPages.bases(visit.view());
        return Typed.submit(
                visit,
                form,
                () -> {},
                () -> Answer.page(
                        "admin/trial",
                        new TrialPage(
                                form,
                                bases,
                                TrialPage.parts(visit.core()
                                        .ledger()
                                        .getTrialBalance(GetTrialBalanceRequest.newBuilder()
                                                .setAsOf(form.value("as_of"))
                                                .setBasis(CoinPages.basis(form))
                                                .build())))),
                () -> Answer.refused("admin/trial", new TrialPage(form, bases, List.of())));
    }
}
