package org.almonry.ledger.rpc;

import static org.almonry.wire.Answers.send;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.StreamObserver;

import org.almonry.ledger.Ledger;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.ledger.v1.CloseBooksRequest;
import org.almonry.ledger.v1.CloseBooksResponse;
import org.almonry.ledger.v1.LedgerPeriodServiceGrpc.LedgerPeriodServiceImplBase;
import org.almonry.ledger.v1.ListPeriodsRequest;
import org.almonry.ledger.v1.ListPeriodsResponse;
import org.almonry.wire.Caller;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// almonry.ledger.v1.LedgerPeriodService.
///
/// Only days that are over can be closed: a slip of the finger to a later year would refuse
/// everything that is booked until then, and nobody could take it back.
public final class PeriodRpc extends LedgerPeriodServiceImplBase {
    private final Ledger ledger;
    private final LedgerReads reads;
    private final Lookup lookup;
    private final Clock clock;

    public PeriodRpc(Ledger ledger, LedgerReads reads, Clock clock) {
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.reads = requireNonNull(reads, "reads is null");
        this.lookup = new Lookup(reads);
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public void listPeriods(
            ListPeriodsRequest request, StreamObserver<ListPeriodsResponse> answer) {
        var response = ListPeriodsResponse.newBuilder();
        reads.issuers().forEach(each -> response.addIssuers(LedgerCodec.issuer(each)));
        send(answer, response.build());
    }

    @Override
    public void closeBooks(CloseBooksRequest request, StreamObserver<CloseBooksResponse> answer) {
        var issuer = lookup.issuer(request.getIssuerKey());
        var to = requireNonNull(LedgerCodec.day(request.getClosedTo(), "closed_to"));
        if (!to.isBefore(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))) {
            throw LedgerCodec.invalid("closed_to", "is not over yet", null);
        }
        if (issuer.closedTo() == null || issuer.closedTo().isBefore(to)) {
            ledger.closePeriod(issuer.id(), to, Caller.current().actor());
        }
        send(
                answer,
                CloseBooksResponse.newBuilder()
                        .setIssuer(LedgerCodec.issuer(lookup.issuer(issuer.key())))
                        .build());
    }
}
