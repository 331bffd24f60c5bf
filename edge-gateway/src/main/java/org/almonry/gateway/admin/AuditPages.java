package org.almonry.gateway.admin;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.audit.v1.ListAuditRequest;
import org.almonry.audit.v1.ListMailRequest;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.Visit;

/// Who did what, and which mail left. Neither shows what was in a mail or to whom it went.
public final class AuditPages {

    private AuditPages() {}

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(routes, "/audit", AuditPages::audit);
        desk.get(routes, "/mail", AuditPages::mail);
    }

    private static Answer audit(Visit visit) {
        var filter = FormState.of(visit::query, "subject", "actor");
        var found = visit.core()
                .audit()
                .listAudit(ListAuditRequest.newBuilder()
                        .setSubject(filter.value("subject"))
                        .setPerformedBy(filter.value("actor"))
                        .setPage(visit.page())
                        .build());
        return Answer.page(
                "admin/audit",
                new AuditPage(
                        filter,
                        found.getEntriesList(),
                        visit.next(found.getPage()),
                        visit.first()));
    }

    private static Answer mail(Visit visit) {
        var found = visit.core()
                .audit()
                .listMail(ListMailRequest.newBuilder().setPage(visit.page()).build());
        return Answer.page(
                "admin/mail",
                new MailPage(found.getMailList(), visit.next(found.getPage()), visit.first()));
    }
}
