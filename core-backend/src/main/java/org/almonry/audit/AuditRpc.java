package org.almonry.audit;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Timestamp;

import io.grpc.stub.StreamObserver;

import org.almonry.audit.v1.AuditServiceGrpc.AuditServiceImplBase;
import org.almonry.audit.v1.ListAuditRequest;
import org.almonry.audit.v1.ListAuditResponse;
import org.almonry.audit.v1.ListMailRequest;
import org.almonry.audit.v1.ListMailResponse;
import org.almonry.audit.v1.Mail;
import org.almonry.error.v1.Reason;
import org.almonry.type.v1.PageInfo;
import org.almonry.type.v1.PageRequest;
import org.almonry.wire.Failure;

import java.time.Instant;

/// almonry.audit.v1.AuditService.
public final class AuditRpc extends AuditServiceImplBase {
    /// Rows of a page when the caller does not say.
    private static final int SIZE = 50;

    private final AuditLog audit;
    private final MailList mail;

    public AuditRpc(AuditLog audit, MailList mail) {
        this.audit = requireNonNull(audit, "audit is null");
        this.mail = requireNonNull(mail, "mail is null");
    }

    @Override
    public void listAudit(ListAuditRequest request, StreamObserver<ListAuditResponse> answer) {
        int size = size(request.getPage());
        var rows = audit.page(
                request.getSubject(), request.getPerformedBy(), before(request.getPage()), size);
        var response = ListAuditResponse.newBuilder();
        rows.forEach(each -> response.addEntries(encode(each)));
        if (rows.size() == size) {
            response.setPage(next(Long.toString(rows.getLast().sequence())));
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void listMail(ListMailRequest request, StreamObserver<ListMailResponse> answer) {
        int size = size(request.getPage());
        var rows = mail.page(request.getPage().getToken(), size);
        var response = ListMailResponse.newBuilder();
        rows.forEach(each -> response.addMail(encode(each)));
        if (rows.size() == size) {
            response.setPage(next(rows.getLast().id()));
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    private static int size(PageRequest page) {
        return page.getSize() == 0 ? SIZE : page.getSize();
    }

    private static PageInfo next(String token) {
        return PageInfo.newBuilder().setNextToken(token).build();
    }

    private static long before(PageRequest page) {
        if (page.getToken().isEmpty()) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(page.getToken());
        } catch (NumberFormatException e) {
            throw new Failure(Reason.INVALID_ARGUMENT, "This page does not exist.");
        }
    }

    private static org.almonry.audit.v1.AuditEntry encode(StoredAudit row) {
        var entry = row.entry();
        return org.almonry.audit.v1.AuditEntry.newBuilder()
                .setSequence(row.sequence())
                .setAt(encode(row.at()))
                .setActor(entry.actor())
                .setService(entry.service())
                .setAction(entry.action())
                .setSubject(entry.subject())
                .setOutcome(entry.outcome())
                .setDetail(entry.detail())
                .build();
    }

    private static Mail encode(MailList.Row row) {
        var mail = Mail.newBuilder()
                .setId(row.id())
                .setKind(row.kind())
                .setState(row.state())
                .setCreatedAt(encode(row.createdAt()));
        var sentAt = row.sentAt();
        if (sentAt != null) {
            mail.setSentAt(encode(sentAt));
        }
        return mail.build();
    }

    private static Timestamp encode(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
