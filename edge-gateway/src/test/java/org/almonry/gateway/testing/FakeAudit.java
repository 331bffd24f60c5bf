package org.almonry.gateway.testing;

import com.google.protobuf.Timestamp;

import io.grpc.stub.StreamObserver;

import org.almonry.audit.v1.AuditEntry;
import org.almonry.audit.v1.AuditServiceGrpc.AuditServiceImplBase;
import org.almonry.audit.v1.ListAuditRequest;
import org.almonry.audit.v1.ListAuditResponse;
import org.almonry.audit.v1.ListMailRequest;
import org.almonry.audit.v1.ListMailResponse;
import org.almonry.audit.v1.Mail;

/// A row and a mail.
final class FakeAudit extends AuditServiceImplBase {

    private static final Timestamp AT =
            Timestamp.newBuilder().setSeconds(1_795_000_000).build();

    @Override
    public void listAudit(ListAuditRequest request, StreamObserver<ListAuditResponse> out) {
        out.onNext(ListAuditResponse.newBuilder()
                .addEntries(AuditEntry.newBuilder()
                        .setSequence(12)
                        .setAt(AT)
                        .setActor("usr_1")
                        .setService("admin/admin")
                        .setAction("BookIncoming")
                        .setSubject("inc_01")
                        .setOutcome("ok"))
                .build());
        out.onCompleted();
    }

    @Override
    public void listMail(ListMailRequest request, StreamObserver<ListMailResponse> out) {
        out.onNext(ListMailResponse.newBuilder()
                .addMail(Mail.newBuilder()
                        .setId("mai_1")
                        .setKind("thank-you")
                        .setState("sent")
                        .setCreatedAt(AT)
                        .setSentAt(AT))
                .build());
        out.onCompleted();
    }
}
