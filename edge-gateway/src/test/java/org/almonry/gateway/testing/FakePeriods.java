package org.almonry.gateway.testing;

import io.grpc.stub.StreamObserver;

import org.almonry.ledger.v1.CloseBooksRequest;
import org.almonry.ledger.v1.CloseBooksResponse;
import org.almonry.ledger.v1.Issuer;
import org.almonry.ledger.v1.LedgerPeriodServiceGrpc.LedgerPeriodServiceImplBase;
import org.almonry.ledger.v1.ListPeriodsRequest;
import org.almonry.ledger.v1.ListPeriodsResponse;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// One issuer, whose books are closed to the end of September.
public final class FakePeriods extends LedgerPeriodServiceImplBase {

    private static final Issuer HOSTER = Issuer.newBuilder()
            .setKey("hoster")
            .setName("Hoster")
            .setClosedTo("2026-09-30")
            .build();

    public final List<CloseBooksRequest> closings = new CopyOnWriteArrayList<>();

    @Override
    public void listPeriods(ListPeriodsRequest request, StreamObserver<ListPeriodsResponse> out) {
        out.onNext(ListPeriodsResponse.newBuilder().addIssuers(HOSTER).build());
        out.onCompleted();
    }

    @Override
    public void closeBooks(CloseBooksRequest request, StreamObserver<CloseBooksResponse> out) {
        closings.add(request);
        out.onNext(CloseBooksResponse.newBuilder().setIssuer(HOSTER).build());
        out.onCompleted();
    }
}
